package web

import (
	"context"
	"time"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
)

// Warmer presses pages before somebody asks for them: after the start and after every change, those
// that sell first. It takes at most a third of one processor, and stops where the cache is full.
type Warmer struct {
	server *Server
	wake   chan struct{}
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
	for _, node := range inOrder(snap) {
		if w.server.Cache.Fill() > full {
			return
		}
		for _, e := range w.server.Markets.Editions {
			start := time.Now()
			if ctx.Err() != nil || w.server.Catalogue.Snapshot() != snap {
				return
			}
			if w.server.warm(snap, e, node) {
				rest(ctx, 2*time.Since(start))
			}
		}
	}
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
		if node, ok := snap.Routes.Node(page); ok && page.Kind != route.Cart {
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
	if node.Gone || s.Cache.Has(v.key(1), s.Site.Rev(snap, node)) {
		return false
	}
	_, err := s.pressed(v, 1)
	return err == nil
}
