package web

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"caveau/store/market"
	"caveau/templates/live"
	"caveau/web/piece"
	"caveau/web/view"
)

// page answers with a page of the URL table.
func (s *Server) page(v *visit) error {
	start := time.Now()
	s.seen.pages.Add(1)
	number := pageNumber(v.Request().URI().QueryArgs())
	if number < 1 {
		return errNotFound
	}
	a := s.answers.Get().(*answer)
	defer s.answers.Put(a)
	door := s.door(v)
	var before reading
	ordered := view.Ordered(v.node.Page.Kind)
	if ordered { // its order hangs on the stock: that is read first, and once
		before.asOf, before.stale = s.Stock.Read()
	}
	if err := s.pageFor(v, number, door, &a.page); err != nil {
		return err
	}
	made := time.Now()
	now := before
	if !ordered {
		now = s.read(&a.page, made)
	}
	timing(&v.Response().Header, made.Sub(start), time.Since(made))
	if badge := s.badge(v); badge >= 0 || v.member || door != nil {
		return s.private(v, a, now, max(badge, 0))
	}
	return s.public(v.Ctx, a, now.of(s.Board, v.edition.Market.Warehouse))
}

// answer is room for a page on its way out.
type answer struct {
	page   piece.Page
	filled piece.Filled
}

// pageFor is the public page, or that of a visitor whose deliveries go to a door: it is made for this answer and kept nowhere.
func (s *Server) pageFor(v *visit, number int, door *view.Door, into *piece.Page) error {
	if door == nil {
		return s.pressed(v, number, into)
	}
	component, err := s.site(v).PageAt(v.snap, v.edition, v.node, number, door, s.shelves(v.edition.Market))
	if errors.Is(err, view.ErrNoPage) {
		return errNotFound
	}
	if err != nil {
		return fmt.Errorf("make page %s of %s at a door: %w", v.node.Page, v.edition.Locale, err)
	}
	pressed, err := s.Press.Press(context.Background(), component)
	if err != nil {
		return fmt.Errorf("make page %s of %s at a door: %w", v.node.Page, v.edition.Locale, err)
	}
	*into = *pressed
	return nil
}

// pressed is the page, from the cache or made now.
func (s *Server) pressed(v *visit, number int, into *piece.Page) error {
	snap, edition, node, site := v.snap, v.edition, v.node, s.Site
	key := v.key(number)
	if v.member {
		site, key.Number = s.Site.Member(), key.Number|memberPage
	}
	err := s.Cache.Get(into, key, s.rev(v), func() (*piece.Page, error) {
		component, err := site.PageAt(snap, edition, node, number, nil, s.shelves(edition.Market))
		if err != nil {
			return nil, err
		}
		return s.Press.Press(context.Background(), component)
	})
	if errors.Is(err, view.ErrNoPage) {
		return errNotFound
	}
	if err != nil {
		return fmt.Errorf("make page %s of %s: %w", node.Page, edition.Locale, err)
	}
	return nil
}

// rev is what the public page hangs on: the catalogue, and of a list its order, which the stock of the last reading gives. A change of
// stock that leaves the order as it is leaves the page where it is.
func (s *Server) rev(v *visit) uint64 {
	return s.Site.Rev(v.snap, v.node) + s.Site.Standing(v.snap, v.edition, v.node, s.shelves(v.edition.Market))
}

// shelves are what the last reading found in the warehouse of a market.
func (s *Server) shelves(m *market.Market) view.Left {
	place := s.Board.Warehouse(m.Warehouse)
	return func(slots live.Stock) int { return s.Board.Available(slots, place) }
}

// key of the page in the cache.
func (v *visit) key(number int) piece.Key {
	return piece.Key{Node: v.node.ID, Edition: uint8(v.edition.Index), Number: uint16(number)}
}

// maxNumber bounds the pages of a list: what is beyond is not asked of the view.
const maxNumber = 2000

// memberPage is the bit of a number that makes it the page that customers see.
const memberPage = 1 << 15

// numberKey is the one query key that pages know.
const numberKey = "page"

// pageNumber of a request, 1 without one; 0 where it is no page number.
func pageNumber(query *fasthttp.Args) int {
	if query.Len() == 0 || !query.Has(numberKey) {
		return 1
	}
	n, err := strconv.Atoi(string(query.Peek(numberKey)))
	if err != nil || n < 2 || n > maxNumber {
		return 0
	}
	return n
}

// reading is what is known of the stock for one answer.
type reading struct {
	asOf  time.Time
	stale bool
}

// read makes the board fresh where the page shows stock.
func (s *Server) read(p *piece.Page, now time.Time) reading {
	if !p.Live() {
		return reading{asOf: now}
	}
	asOf, stale := s.Stock.Read()
	return reading{asOf, stale}
}

// of a warehouse: ready to fill holes.
func (r reading) of(board Board, warehouse string) live.Reading {
	place := board.Warehouse(warehouse)
	return live.Reading{Count: func(slots live.Stock) int { return board.Available(slots, place) }, At: r.asOf, Stale: r.stale}
}

// public sends a page that is the same for everybody. It has no way to a visitor.
func (s *Server) public(c *fiber.Ctx, a *answer, r live.Reading) error {
	c.Response().Header.Set(fiber.HeaderCacheControl, "public, max-age=0, s-maxage=5, stale-while-revalidate=30, stale-if-error=86400")
	c.Response().Header.Set(speculative, `"`+speculationPath+`"`)
	return s.send(c, a, r)
}

// stockAsOf is the header that says when the stock of a page was read.
const stockAsOf = "X-Stock-As-Of"

// send answers with the page, or with 304 where the visitor has it.
func (s *Server) send(c *fiber.Ctx, a *answer, r live.Reading) error {
	h := &c.Response().Header
	zip := accepted(c.Get(fiber.HeaderAcceptEncoding), "gzip")
	a.filled.Fill(&a.page, r)
	tag := entityTag(a.filled.Tag(), zip)
	h.Set(fiber.HeaderETag, tag)
	h.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if a.page.Live() {
		h.SetBytesV(stockAsOf, s.clock.Words(r.At, false).Text)
	}
	if matches(c.Get(fiber.HeaderIfNoneMatch), tag) {
		c.Status(fiber.StatusNotModified)
		return nil
	}
	return s.write(c, &a.filled, zip)
}

// write puts the page into the answer.
func (s *Server) write(c *fiber.Ctx, f *piece.Filled, zip bool) error {
	h := &c.Response().Header
	h.SetContentType(fiber.MIMETextHTMLCharsetUTF8)
	if zip {
		h.Set(fiber.HeaderContentEncoding, "gzip")
		c.Response().SwapBody(f.AppendGzip(room(c)))
		return nil
	}
	body, err := f.AppendPlain(room(c))
	if err != nil {
		return fmt.Errorf("unpack a page: %w", err)
	}
	c.Response().SwapBody(body)
	return nil
}

// usual is what a page takes, compressed: room for it is made at once.
const usual = 10 << 10

// room for a body in the answer's own buffer, so that a page is copied once.
func room(c *fiber.Ctx) []byte { return slices.Grow(c.Response().SwapBody(nil)[:0], usual) }

// entityTag is weak: the time of the reading differs under the same tag. One for each coding.
func entityTag(tag uint64, zip bool) string {
	b := append(make([]byte, 0, 24), `W/"`...)
	b = strconv.AppendUint(b, tag, 36)
	if zip {
		b = append(b, "-g"...)
	}
	return string(append(b, '"'))
}

// matches is the weak comparison of If-None-Match.
func matches(header, tag string) bool {
	if header == "" {
		return false
	}
	for entry := range strings.SplitSeq(header, ",") {
		if entry = strings.TrimSpace(entry); entry == "*" || strings.TrimPrefix(entry, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

const serverTiming = "Server-Timing"

// timing says where the time of a page went: Server-Timing, in milliseconds.
func timing(h *fasthttp.ResponseHeader, page, stock time.Duration) {
	b := append(make([]byte, 0, 48), "page;dur="...)
	b = appendMillis(b, page)
	b = append(b, ", stock;dur="...)
	b = appendMillis(b, stock)
	h.SetBytesV(serverTiming, b)
}

// timed says how long an answer took that does not say so itself.
func timed(h *fasthttp.ResponseHeader, start time.Time) {
	if len(h.Peek(serverTiming)) == 0 {
		h.SetBytesV(serverTiming, appendMillis(append(make([]byte, 0, 32), "total;dur="...), time.Since(start)))
	}
}

func appendMillis(b []byte, d time.Duration) []byte {
	return strconv.AppendFloat(b, float64(d.Microseconds())/1000, 'f', -1, 64)
}
