package web

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/web/piece"
	"caveau/web/view"
)

// Warmer presses pages before somebody asks for them: after the start and after every change, those
// that sell first. While there are visitors it takes at most a third of one processor. It stops where the
// cache is full.
type Warmer struct {
	server  *Server
	wake    chan struct{}
	learned bool // what pages have in common hardly changes
}

// Warmer of the server.
func (s *Server) Warmer() *Warmer { return &Warmer{server: s, wake: make(chan struct{}, 1)} }

// Wake says that there is a new snapshot.
func (w *Warmer) Wake() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// Run warms after every Wake until ctx ends.
func (w *Warmer) Run(ctx context.Context) {
	w.Wake()
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.wake:
			w.pass(ctx)
		}
	}
}

// full is the share of the cache at which warming more would only evict what was warmed before.
const full = 0.95

// pass presses every page that is not there, until the cache is full or a newer snapshot comes.
func (w *Warmer) pass(ctx context.Context) {
	snap := w.server.Catalogue.Snapshot()
	if snap == nil {
		return
	}
	if !w.learned {
		w.server.learn(ctx, snap)
		w.learned = true
	}
	for _, node := range inOrder(snap) {
		if w.server.Cache.Fill() > full {
			return
		}
		for _, e := range w.server.Markets.Editions {
			start, visits := time.Now(), w.server.seen.pages.Load()
			if ctx.Err() != nil || w.server.Catalogue.Snapshot() != snap {
				return
			}
			if !w.server.warm(snap, e, node) {
				continue
			}
			pause := time.Since(start) // a processor has other things to do too
			if w.server.seen.pages.Load() != visits {
				pause *= 3
			}
			rest(ctx, pause)
		}
	}
}

// models is how many pages of a kind show what its other ones have in common with them.
const models = 8

// learn shows the press what the pages of each edition have in common. Without it they are the same and take
// more memory.
func (s *Server) learn(ctx context.Context, snap *catalog.Snapshot) {
	for _, kind := range view.Kinds {
		nodes := some(snap, kind)
		for _, e := range s.Markets.Editions {
			if err := s.learnOf(ctx, snap, e, kind, nodes); err != nil {
				s.Logger.Warn("pages are kept whole", "kind", kind, "edition", e.Locale, "err", err)
			}
		}
	}
}

func (s *Server) learnOf(ctx context.Context, snap *catalog.Snapshot, e *market.Edition, kind route.Kind, nodes []*route.Node) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = stacked(p)
		}
	}()
	var pages []templ.Component
	for _, node := range nodes {
		page, err := s.Site.Page(snap, e, node, 1)
		if err != nil {
			return err
		}
		pages = append(pages, page)
	}
	return s.Press.Learn(ctx, s.Site.Kin(e, kind), pages)
}

// some pages of a kind, spread over the catalogue, the same on every instance.
func some(snap *catalog.Snapshot, kind route.Kind) []*route.Node {
	var out []*route.Node
	for i := range models {
		w := snap.Wines[i*len(snap.Wines)/models]
		page := route.Page{Kind: kind, Code: w.Code}
		if kind == route.Vintage && len(w.Vintages) > 0 {
			page.Year = w.Vintages[len(w.Vintages)/2].Year
		}
		if node, ok := snap.Routes.Node(page); ok && !node.Gone {
			out = append(out, node)
		}
	}
	return out
}

func rest(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// inOrder is the nodes that are worth warming: the fronts and lists, then wines and their vintages by popularity.
func inOrder(snap *catalog.Snapshot) []*route.Node {
	var out []*route.Node
	for _, page := range route.Static() {
		if node, ok := snap.Routes.Node(page); ok && !page.Kind.PerAnswer() {
			out = append(out, node)
		}
	}
	for _, w := range snap.Wines {
		if node, ok := snap.Routes.Node(route.Page{Kind: route.Wine, Code: w.Code}); ok {
			out = append(out, node)
		}
		for _, v := range w.Vintages {
			if node, ok := snap.Routes.Node(route.Page{Kind: route.Vintage, Code: w.Code, Year: v.Year}); ok {
				out = append(out, node)
			}
		}
	}
	return out
}

// warm presses a page unless it is there; true when it was pressed. A page that panics is left to the visitor who
// asks for it, who gets an error page: here it would end the process.
func (s *Server) warm(snap *catalog.Snapshot, e *market.Edition, node *route.Node) (warmed bool) {
	defer func() {
		if p := recover(); p != nil {
			s.Logger.Error("page not warmed", "page", node.Page, "edition", e.Locale, "err", stacked(p))
		}
	}()
	v := &visit{snap: snap, edition: e, node: node}
	if node.Gone || s.Cache.Has(v.key(1), s.rev(v)) {
		return false
	}
	return s.pressed(v, 1, new(piece.Page)) == nil
}
