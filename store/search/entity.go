package search

import (
	"slices"
	"sort"
	"strings"

	"caveau/store/route"
)

// Entity is something that has a page and the name that was asked for.
type Entity struct {
	Page  route.Page
	Wines int // of a place or a producer
}

// listEntities names the wines, producers, appellations and regions of the snapshot.
func (x *Index) listEntities() {
	x.entities = map[string][]Entity{}
	add := func(e Entity, names ...string) {
		for _, n := range names {
			key := x.entityKey(n)
			if key != "" && !slices.Contains(x.entities[key], e) {
				x.entities[key] = append(x.entities[key], e)
			}
		}
	}
	for _, a := range x.snap.Appellations {
		if len(a.Wines) > 0 {
			add(Entity{route.Page{Kind: route.Appellation, Code: a.Code}, len(a.Wines)}, append(namesOf(a.Name, a.Names), x.lexicon.aliases["appellation/"+a.Code]...)...)
		}
	}
	for _, r := range x.snap.Regions {
		if len(r.Wines) > 0 {
			add(Entity{route.Page{Kind: route.Region, Code: r.Code}, len(r.Wines)}, namesOf(r.Name, r.Names)...)
		}
	}
	for _, p := range x.snap.Producers {
		if len(p.Wines) > 0 {
			add(Entity{route.Page{Kind: route.Producer, Code: p.Code}, len(p.Wines)}, slices.Concat(namesOf(p.Name, p.Names), x.lexicon.aliases["producer/"+p.Code], x.lexicon.nicks(x.lexicon.names(p.Name), nil))...)
		}
	}
	x.names = make([]string, 0, len(x.entities))
	for n := range x.entities {
		x.names = append(x.names, n)
	}
	slices.Sort(x.names)
}

// entityKey is a name without the words that tell nothing.
func (x *Index) entityKey(name string) string {
	var kept []string
	for _, w := range x.lexicon.names(name) {
		if !generic[w] {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// Entities whose whole name is asked for, or with it begins; the best known first.
func (x *Index) beginning(key string, most int) []Entity {
	var out []Entity
	from := sort.SearchStrings(x.names, key)
	for i := from; i < len(x.names) && i < from+200 && strings.HasPrefix(x.names[i], key); i++ {
		for _, e := range x.entities[x.names[i]] {
			if !slices.ContainsFunc(out, func(o Entity) bool { return o.Page == e.Page }) {
				out = append(out, e)
			}
		}
	}
	whole := len(x.entities[key])
	slices.SortStableFunc(out[min(whole, len(out)):], func(a, b Entity) int { return b.Wines - a.Wines })
	return out[:min(len(out), most)]
}
