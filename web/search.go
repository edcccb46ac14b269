package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"caveau/store/catalog"
	"caveau/store/facet"
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
	shownOthers   = 48
	maxFound      = 1000 // vintages of a query that are narrowed and paged
	maxFoundPages = 2048
)

// briefly is the Cache-Control of what follows from the stock of this moment.
const briefly = "public, max-age=0, s-maxage=5, stale-while-revalidate=30"

// search answers for the search page and its suggestions. It writes nothing.
func (s *Server) search(v *visit, action string) error {
	if !isRead(v.Ctx) {
		return notAllowed(v.Ctx, readOnly)
	}
	facets := s.Facets.Facets()
	if facets == nil {
		return errNotReady
	}
	if action == view.SearchSuggest {
		return s.suggest(v, facets.Words(), search.Clean(v.Query(queryKey)))
	}
	uri := v.Request().URI()
	args := uri.QueryArgs()
	chosen, err := s.selection(facets, args)
	switch {
	case errors.Is(err, facet.ErrTooMany):
		return errTooManyValues
	case err != nil || chosen.Page > maxNumber || !facets.Knows(chosen):
		return errNotFound
	case !isAddress(args, chosen), args.Len() == 0 && len(uri.QueryString()) > 0:
		return s.canonicalSearch(v, chosen)
	}
	if page, ok := facet.Page(facets.Snapshot(), chosen); ok {
		if path, ok := facets.Snapshot().Routes.Path(page, v.edition.Locale.Language()); ok {
			return s.redirect(v, path)
		}
	}
	return s.showSearch(v, facets, chosen)
}

// pairsOf a query string, in its order.
func pairsOf(args *fasthttp.Args) iter.Seq2[string, string] {
	return func(yield func(key, value string) bool) {
		for key, value := range args.All() {
			if !yield(string(key), string(value)) {
				return
			}
		}
	}
}

// selection that a query string asks for. What a chip's button takes out of the query is taken out here: only the words know its parts.
func (s *Server) selection(facets *facet.Index, args *fasthttp.Args) (facet.Selection, error) {
	chosen, err := facet.Read(pairsOf(args), search.Clean)
	if err != nil {
		return facet.Selection{}, err
	}
	part, found := strings.CutPrefix(string(args.Peek(facet.WithoutKey)), view.SearchPartPrefix)
	if i, err := strconv.Atoi(part); found && err == nil {
		chosen.Query = search.Clean(facets.Words().Parse(chosen.Query, s.Site.Year()).Without(i))
		chosen.Page = 1
	}
	return chosen, nil
}

// isAddress says that a query string is the one address of a selection.
func isAddress(args *fasthttp.Args, chosen facet.Selection) bool {
	next, stop := iter.Pull2(chosen.Pairs())
	defer stop()
	for key, value := range pairsOf(args) {
		wantKey, wantValue, more := next()
		if !more || key != wantKey || value != wantValue {
			return false
		}
	}
	_, _, more := next()
	return !more
}

// canonicalSearch leads to the one address of a selection.
func (s *Server) canonicalSearch(v *visit, chosen facet.Selection) error {
	path := v.path
	if query := chosen.String(); query != "" {
		path += "?" + query
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

// showSearch sends the page of a selection, with live stock. What was found is kept (foundPages), its stock is not; what costs what at
// a visitor's door is made for the visitor.
func (s *Server) showSearch(v *visit, facets *facet.Index, chosen facet.Selection) error {
	start := time.Now()
	s.seen.pages.Add(1)
	a := s.answers.Get().(*answer)
	defer s.answers.Put(a)
	door := s.door(v)
	found, err := s.foundPage(v, facets, chosen, door)
	if err != nil {
		return err
	}
	a.page = *found.page
	made := time.Now()
	now := s.read(&a.page, made)
	timing(&v.Response().Header, made.Sub(start), time.Since(made))
	v.Status(found.status)
	if badge := s.badge(v); badge >= 0 || door != nil {
		return s.private(v, a, now, max(badge, 0))
	}
	return s.public(v.Ctx, a, now.of(s.Board, v.edition.Market.Warehouse))
}

func (s *Server) foundPage(v *visit, facets *facet.Index, chosen facet.Selection, door *view.Door) (foundPage, error) {
	key := foundKey{v.edition.Index, s.Site.Year(), chosen.String()}
	turns := s.Board.Turns(s.Board.Warehouse(v.edition.Market.Warehouse))
	if page, ok := s.found.get(key, facets, turns); ok && door == nil {
		return page, nil
	}
	found := s.narrowed(v, facets, chosen)
	s.noteMiss(v, found)
	if chosen.Page > found.Pages() {
		return foundPage{}, errNotFound
	}
	page, err := s.Press.Press(context.Background(), s.Site.Search(facets.Snapshot(), v.edition, found, door))
	if err != nil {
		return foundPage{}, fmt.Errorf("make the search page of %s: %w", v.edition.Locale, err)
	}
	out := foundPage{facets: facets, turns: turns, page: page, status: fiber.StatusOK}
	if found.Total == 0 && chosen.Narrowed() { // nothing is all of it: a page to go on from, and none to keep
		out.status = fiber.StatusNotFound
	}
	if door == nil {
		s.found.put(key, out)
	}
	return out, nil
}

// noteMiss takes note of a search that found nothing of all that was asked for; what facets leave nothing of is no miss.
func (s *Server) noteMiss(v *visit, found view.Found) {
	if s.Misses != nil && found.Selection.Query != "" && !found.Narrowed() && found.Total == 0 {
		s.Misses.Note(v.edition.Locale.Language(), found.Selection.Query)
	}
}

// narrowed finds what a selection comes to.
func (s *Server) narrowed(v *visit, facets *facet.Index, chosen facet.Selection) view.Found {
	place := s.Board.Warehouse(v.edition.Market.Warehouse)
	shop := facet.Shop{
		Market: v.edition.Market, Year: s.Site.Year(),
		Stock: func(slots []uint32, left []bool) { s.Board.Left(slots, place, left) },
	}
	if chosen.Query == "" {
		return view.Found{Result: facets.Choose(chosen, shop, nil)}
	}
	found := view.Found{Answer: s.answer(v, facets.Words(), chosen.Query, maxFound)}
	full := []*catalog.Vintage{}
	for _, h := range found.Hits {
		switch {
		case h.Full:
			full = append(full, h.Vintage)
		case len(found.Others) < shownOthers:
			found.Others = append(found.Others, h)
		}
	}
	found.Near = found.Near[:min(len(found.Near), shownOthers)]
	if chosen.Page > 1 || chosen.Narrowed() {
		found.Others, found.Near = nil, nil
	}
	found.Result = facets.Choose(chosen, shop, full)
	return found
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

// foundPages keeps pressed search pages: what many ask is answered once for as long as the catalogue stays as it is and nothing runs out or
// comes back in the shop's warehouse. How many are left is a hole of the page. Queries that nobody asks twice cost their own work and, the
// number of pages being bounded, no memory.
type foundPages struct {
	mu   sync.Mutex
	kept map[foundKey]foundPage
}

type foundKey struct {
	edition   int
	year      int // in which drinking windows are read
	selection string
}

type foundPage struct {
	facets *facet.Index
	turns  uint64 // of the warehouse, read before the page was made
	page   *piece.Page
	status int
}

func newFoundPages() *foundPages { return &foundPages{kept: map[foundKey]foundPage{}} }

func (f *foundPages) get(key foundKey, facets *facet.Index, turns uint64) (foundPage, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.kept[key]
	return p, p.facets == facets && p.turns == turns
}

func (f *foundPages) put(key foundKey, page foundPage) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.kept) >= maxFoundPages {
		f.drop(maxFoundPages / 8)
	}
	f.kept[key] = page
}

// drop n pages, whichever come: those that are asked for often are soon back.
func (f *foundPages) drop(n int) {
	for key := range f.kept {
		if n--; n < 0 {
			return
		}
		delete(f.kept, key)
	}
}
