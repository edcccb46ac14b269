package web

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/live"
)

// A path that leads nowhere costs next to nothing, however many of them somebody makes up: the page that says so is the same for all of them,
// and only a few a second get the names of pages that are like theirs, which takes milliseconds to find.

// The pace of the search for near pages: so many a second, and so many at once after a pause.
const (
	nearPerSecond = 10
	nearAtOnce    = 20
)

// lostPages are the pages for what is not there, rendered, by edition.
type lostPages struct {
	mu     sync.Mutex
	snap   *catalog.Snapshot
	pages  map[int][]byte
	tokens float64
	filled time.Time
}

// take says whether a search for near pages may begin now.
func (l *lostPages) take(now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tokens = min(nearAtOnce, l.tokens+nearPerSecond*now.Sub(l.filled).Seconds())
	l.filled = now
	if l.tokens < 1 {
		return false
	}
	l.tokens--
	return true
}

// of an edition, as make makes it once for a snapshot.
func (l *lostPages) of(snap *catalog.Snapshot, e *market.Edition, make func() ([]byte, error)) ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.snap != snap {
		l.snap, l.pages = snap, map[int][]byte{}
	}
	if page := l.pages[e.Index]; page != nil {
		return page, nil
	}
	page, err := make()
	if err == nil {
		l.pages[e.Index] = page
	}
	return page, err
}

// lost answers with the page for a path that is not there, where nothing is known that is like it; false leaves it to errorPage.
func (s *Server) lost(c *fiber.Ctx) (done bool, err error) {
	snap := s.Catalogue.Snapshot()
	e, path, ok := s.edition(c.Hostname(), c.Path())
	if !ok || snap == nil {
		return false, nil
	}
	site := s.site(&visit{Ctx: c, snap: snap, edition: e})
	if near := s.near(snap.Routes, e, path); len(near) > 0 || site != s.Site { // with a destination the page belongs to one visitor
		return true, s.render(c, site.NotFound(snap, e, near))
	}
	page, err := s.nowhere.of(snap, e, func() ([]byte, error) {
		var b bytes.Buffer
		err := s.Site.NotFound(snap, e, nil).Render(live.With(context.Background(), live.Sample{At: time.Now()}), &b)
		return b.Bytes(), err
	})
	if err != nil {
		return true, fmt.Errorf("make the page for what is not there: %w", err)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Response().SetBodyRaw(page)
	return true, nil
}

// near looks for pages like the one that is not there, unless somebody is looking already or many have: a flood of
// misses must not keep the processors from the shoppers.
func (s *Server) near(routes *route.Table, e *market.Edition, path string) []*route.Node {
	if !s.nowhere.take(time.Now()) {
		return nil
	}
	select {
	case s.misses <- struct{}{}:
		defer func() { <-s.misses }()
		return routes.Near(e.Locale.Language(), path, 5)
	default:
		return nil
	}
}
