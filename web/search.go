package web

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"caveau/store/search"
	"caveau/templates/live"
	"caveau/web/piece"
	"caveau/web/view"
)

// searchActions are what lies below the search page: suggestions for the box of every page.
var searchActions = []string{view.SearchSuggest}

const (
	queryKey      = "q"
	limitKey      = "limit"
	defaultLimit  = 10
	maxLimit      = 50
	shownHits     = 48
	shownFoundFor = 2 * time.Second
	maxFoundPages = 512
)

// briefly is the Cache-Control of what follows from the stock of this moment.
const briefly = "public, max-age=0, s-maxage=5, stale-while-revalidate=30"

// search answers for the search page and its suggestions. It writes nothing.
func (s *Server) search(v *visit, action string) error {
	if !isRead(v.Ctx) {
		return notAllowed(v.Ctx, readOnly)
	}
	index := s.Search.Index()
	if index == nil {
		return errNotReady
	}
	asked := v.Query(queryKey)
	clean := search.Clean(asked)
	if action == view.SearchSuggest {
		return s.suggest(v, index, clean)
	}
	args := v.Request().URI().QueryArgs()
	if clean != asked || args.Len() > 1 || args.Len() == 1 && clean == "" {
		return s.canonicalSearch(v, clean)
	}
	return s.showSearch(v, index, clean)
}

// canonicalSearch leads to the one address of a query.
func (s *Server) canonicalSearch(v *visit, clean string) error {
	path := v.path
	if clean != "" {
		path += "?" + queryKey + "=" + url.QueryEscape(clean)
	}
	return s.redirect(v, path)
}

// shopOf a visit, with the stock of its warehouse as it was last read: at most a second old.
func (s *Server) shopOf(v *visit) search.Shop {
	place := s.Board.Warehouse(v.edition.Market.Warehouse)
	return search.Shop{Market: v.edition.Market, Free: func(slot uint32) int { return s.Board.Available([]uint32{slot}, place) }}
}

// find answers a query.
func (s *Server) answer(v *visit, index *search.Index, clean string, limit int) search.Answer {
	return index.Find(index.Parse(clean, s.Site.Year()), s.shopOf(v), limit)
}

// showSearch sends the page of what was found, with live stock. What was found is kept for a moment, its stock is not.
func (s *Server) showSearch(v *visit, index *search.Index, clean string) error {
	start := time.Now()
	s.seen.pages.Add(1)
	a := s.answers.Get().(*answer)
	defer s.answers.Put(a)
	page, err := s.foundPage(v, index, clean)
	if err != nil {
		return err
	}
	a.page = *page
	made := time.Now()
	now := s.read(&a.page, made)
	timing(&v.Response().Header, made.Sub(start), time.Since(made))
	if badge := s.badge(v); badge >= 0 {
		return s.private(v, a, now, badge)
	}
	return s.public(v.Ctx, a, now.of(s.Board, v.edition.Market.Warehouse))
}

func (s *Server) foundPage(v *visit, index *search.Index, clean string) (*piece.Page, error) {
	key := foundKey{v.edition.Index, clean}
	if page := s.found.get(key, index); page != nil {
		return page, nil
	}
	component := s.Site.Search(index.Snapshot(), v.edition, s.answer(v, index, clean, shownHits))
	page, err := s.Press.Press(context.Background(), component)
	if err != nil {
		return nil, fmt.Errorf("make the search page of %s: %w", v.edition.Locale, err)
	}
	s.found.put(key, index, page)
	return page, nil
}

// suggest answers the script of the box with a fragment.
func (s *Server) suggest(v *visit, index *search.Index, clean string) error {
	q := index.Parse(clean, s.Site.Year())
	a := index.Find(q, s.shopOf(v), view.SuggestedWines*4)
	var b bytes.Buffer
	fragment := s.Site.Suggest(index.Snapshot(), v.edition, a, index.Places(q, 2), s.shopOf(v))
	if err := fragment.Render(live.With(context.Background(), live.Sample{At: time.Now()}), &b); err != nil {
		return fmt.Errorf("render suggestions: %w", err)
	}
	v.Set(fiber.HeaderCacheControl, briefly)
	v.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	v.Response().SetBody(b.Bytes())
	return nil
}

// searchAPI answers GET /api/v1/search?q=…&limit=10 in JSON: architecture's contract, with keys of our own beside it.
func (s *Server) searchAPI(v *visit) error {
	index := s.Search.Index()
	if index == nil {
		return errNotReady
	}
	limit := defaultLimit
	if asked := v.Query(limitKey); asked != "" || v.Request().URI().QueryArgs().Has(limitKey) {
		n, err := strconv.Atoi(asked)
		if err != nil || n < 1 || n > maxLimit {
			v.Set(fiber.HeaderCacheControl, "no-store")
			return v.Status(fiber.StatusBadRequest).JSON(fiber.Map{"error": s.Site.SearchLimit(v.edition, maxLimit)})
		}
		limit = n
	}
	v.Set(fiber.HeaderCacheControl, briefly)
	return v.JSON(s.Site.SearchResults(index.Snapshot(), v.edition, s.answer(v, index, search.Clean(v.Query(queryKey)), limit)))
}

// foundPages keeps pressed search pages for a moment: a query that many ask at once is answered once. It is bounded, so that queries
// nobody asks twice cost their own work and no memory.
type foundPages struct {
	mu   sync.Mutex
	kept map[foundKey]foundPage
}

type foundKey struct {
	edition int
	query   string
}

type foundPage struct {
	index *search.Index
	page  *piece.Page
	until time.Time
}

func newFoundPages() *foundPages { return &foundPages{kept: map[foundKey]foundPage{}} }

func (f *foundPages) get(key foundKey, index *search.Index) *piece.Page {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.kept[key]
	if p.index != index || time.Now().After(p.until) {
		return nil
	}
	return p.page
}

func (f *foundPages) put(key foundKey, index *search.Index, page *piece.Page) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.kept) >= maxFoundPages {
		clear(f.kept)
	}
	f.kept[key] = foundPage{index, page, time.Now().Add(shownFoundFor)}
}
