package component

import "slices"

// Shapes are the silhouettes of some bottles, each once: what Paint draws for a page.
func Shapes(bottles ...Bottle) []string {
	var shapes []string
	for _, b := range bottles {
		if b.usual() && !slices.Contains(shapes, b.shape()) {
			shapes = append(shapes, b.shape())
		}
	}
	slices.Sort(shapes)
	return shapes
}

// Bottles of some rows.
func Bottles(rows []Row) []Bottle {
	bottles := make([]Bottle, len(rows))
	for i, r := range rows {
		bottles[i] = r.Bottle
	}
	return bottles
}

// BottlesOf groups of rows.
func BottlesOf(groups []Group) []Bottle {
	var bottles []Bottle
	for _, g := range groups {
		bottles = append(bottles, Bottles(g.Rows)...)
	}
	return bottles
}

// BottlesOn some shelves.
func BottlesOn(shelves []Shelf) []Bottle {
	var bottles []Bottle
	for _, s := range shelves {
		bottles = append(bottles, Bottles(s.Rows)...)
	}
	return bottles
}

// usual says that the bottle has the size in which outlines are drawn.
func (b Bottle) usual() bool { return b.Volume == 0 || b.Volume == 750 }

// shape is the name of a silhouette that there is.
func (b Bottle) shape() string {
	if _, ok := shapes[b.Shape]; ok {
		return b.Shape
	}
	return "bordeaux"
}

// An outline is the glass and the foil of a bottle of 75 cl.
type outline struct{ glass, foil string }

func outlineOf(name string) outline {
	d := Bottle{Shape: name, Volume: 750}.draw()
	return outline{d.body, d.foil}
}
