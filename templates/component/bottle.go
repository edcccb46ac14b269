package component

import "strconv"

// Bottle is a drawn bottle. It is drawn to scale: half a bottle is 25 cm tall, a bottle 30, a magnum 36.
type Bottle struct {
	Shape       string // catalog.Shape: "bordeaux", "burgundy", "champagne", "rhone", "flute", "port", "bocksbeutel"
	Colour      string // what is inside: "red", "white", "rose", "orange", "sparkling", "sweet" or "fortified"
	Name        string // as on the label
	Appellation string
	Year        string // empty for a wine without a year
	Volume      int    // millilitres
	Seed        string // chooses label and capsule: the wine's code
	Neighbour   int    // its place in a row of bottles, from 1: no two neighbours get the same label; lists set it
	Height      int    // CSS pixels that a bottle of 75 cl takes; other volumes follow in scale; 0 is 300
	Decorative  bool   // beside its own words: hidden from a screen reader
	Plain       bool   // small: no label text (offers, heads of the matrix)
	Ref         string // where the page's Art has drawn it; empty draws it in place. Art sets it
}

// key names everything that the drawing hangs on.
func (b Bottle) key() string {
	key := make([]byte, 0, 160)
	for _, word := range [...]string{"bottle", b.Shape, b.Colour, b.Name, b.Appellation, b.Year, b.Seed} {
		key = append(append(key, word...), '|')
	}
	for _, n := range [...]int{b.Volume, b.Neighbour, b.Height} {
		key = append(strconv.AppendInt(key, int64(n), 10), '|')
	}
	return string(strconv.AppendBool(strconv.AppendBool(key, b.Decorative), b.Plain))
}
