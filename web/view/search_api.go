package view

import (
	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/store/search"
)

// SearchAnswer is the answer of /api/v1/search. Results and understood are the contract.
type SearchAnswer struct {
	Results    []SearchHit      `json:"results"`
	Understood SearchUnderstood `json:"understood"`
	Nearest    []SearchHit      `json:"nearest,omitempty"` // where a wine is absent
}

// SearchHit is a vintage, with the SKUs that were asked for.
type SearchHit struct {
	URL     string   `json:"url"` // absolute
	Name    string   `json:"name"`
	Vintage int      `json:"vintage"` // 0: without a year
	SKUs    []string `json:"skus"`
	InStock bool     `json:"in_stock"`
	Full    bool     `json:"full"` // everything that was asked for holds of it
}

// SearchUnderstood says what was read in the query and what became of it.
type SearchUnderstood struct {
	Query     string       `json:"query"`
	Parts     []SearchPart `json:"parts"`
	Corrected string       `json:"corrected,omitempty"`
	Relaxed   []string     `json:"relaxed,omitempty"` // what no result holds
	Absent    string       `json:"absent,omitempty"`  // a wine that the shop does not have
	Places    []SearchLink `json:"places,omitempty"`
}

// SearchPart is one thing that the query says. Low and high are years, prices of a bottle in the shop's currency, or marks.
type SearchPart struct {
	Kind    string  `json:"kind"`
	Text    string  `json:"text"`
	Code    string  `json:"code,omitempty"`
	Volumes []int   `json:"millilitres,omitempty"`
	Bottles int     `json:"bottles,omitempty"`
	Low     float64 `json:"low,omitempty"`
	High    float64 `json:"high,omitempty"`
}

// SearchLink is a page of a place or a producer.
type SearchLink struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
	URL  string `json:"url"`
}

// SearchResults writes an answer for machines.
func (s *Site) SearchResults(snap *catalog.Snapshot, e *market.Edition, a search.Answer) SearchAnswer {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Search})
	d := s.desk(snap, e, node)
	out := SearchAnswer{Results: d.machineHits(a.Hits), Nearest: d.machineHits(a.Near)}
	u := SearchUnderstood{Query: a.Query.Text, Parts: []SearchPart{}, Corrected: a.Corrected, Absent: a.Absent}
	for _, p := range a.Query.Parts {
		u.Parts = append(u.Parts, SearchPart{Kind: p.Kind.String(), Text: p.Text, Code: p.Code, Volumes: p.Volumes, Bottles: p.Pack, Low: p.Low, High: p.High})
	}
	for _, i := range a.Relaxed {
		u.Relaxed = append(u.Relaxed, a.Query.Parts[i].Text)
	}
	for _, entity := range a.Entities {
		if l := d.entity(entity); l.Href != "" {
			u.Places = append(u.Places, SearchLink{Kind: string(entity.Page.Kind), Name: l.Text, URL: d.root() + l.Href})
		}
	}
	out.Understood = u
	return out
}

func (d *desk) machineHits(hits []search.Hit) []SearchHit {
	out := make([]SearchHit, 0, len(hits))
	for _, h := range hits {
		hit := SearchHit{
			URL: d.root() + d.vintagePath(h.Vintage), Name: d.fullName(h.Vintage.Wine), Vintage: h.Vintage.Year, SKUs: []string{}, InStock: h.InStock, Full: h.Full,
		}
		for _, s := range h.SKUs {
			hit.SKUs = append(hit.SKUs, s.Code)
		}
		out = append(out, hit)
	}
	return out
}

// root is the shop's origin: paths of a desk have the edition's prefix already.
func (d *desk) root() string { return d.base[:len(d.base)-len(d.Prefix)] }

// SearchLimit says that a limit is none.
func (s *Site) SearchLimit(e *market.Edition, most int) string {
	return s.printer(e).T("search.limit", "most", most)
}
