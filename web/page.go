package web

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"caveau/templates/live"
	"caveau/web/piece"
	"caveau/web/view"
)

// page answers with a page of the URL table.
func (s *Server) page(v *visit) error {
	start := time.Now()
	number := pageNumber(v.Request().URI().QueryArgs())
	if number < 1 {
		return errNotFound
	}
	pressed, err := s.pressed(v, number)
	if err != nil {
		return err
	}
	made := time.Now()
	now := s.read(pressed, made)
	timing(&v.Response().Header, made.Sub(start), time.Since(made))
	if badge := s.badge(v); badge >= 0 {
		return s.private(v, pressed, now, badge)
	}
	return s.public(v.Ctx, pressed, now.of(s.Board, v.edition.Market.Warehouse))
}

// pressed is the page, from the cache or made now.
func (s *Server) pressed(v *visit, number int) (*piece.Page, error) {
	snap, edition, node := v.snap, v.edition, v.node
	page, err := s.Cache.Get(v.key(number), s.Site.Rev(snap, node), func() (*piece.Page, error) {
		component, err := s.Site.Page(snap, edition, node, number)
		if err != nil {
			return nil, err
		}
		return s.Press.Press(context.Background(), component)
	})
	if errors.Is(err, view.ErrNoPage) {
		return nil, errNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("make page %s of %s: %w", node.Page, edition.Locale, err)
	}
	return page, nil
}

// key of the page in the cache.
func (v *visit) key(number int) piece.Key {
	return piece.Key{Node: v.node.ID, Edition: uint8(v.edition.Index), Number: uint16(number)}
}

// maxNumber bounds the pages of a list: what is beyond is not asked of the view.
const maxNumber = 2000

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

// filled is a reading in one warehouse, ready to fill holes.
type filled struct {
	live.Reading
	reading
}

func (r reading) of(board Board, warehouse string) filled {
	place := board.Warehouse(warehouse)
	return filled{live.Reading{
		Count: func(slots live.Stock) int { return board.Available(slots, place) },
		Clock: r.asOf.UTC().AppendFormat(make([]byte, 0, 20), "2006-01-02T15:04:05Z"),
		Stamp: func(b []byte, stamp *live.Stamp) []byte { return stamp.Append(b, r.asOf, r.stale) },
	}, r}
}

// public sends a page that is the same for everybody. It has no way to a visitor.
func (s *Server) public(c *fiber.Ctx, p *piece.Page, r filled) error {
	c.Response().Header.Set(fiber.HeaderCacheControl, "public, max-age=0, s-maxage=5, stale-while-revalidate=30, stale-if-error=86400")
	return s.send(c, p, r)
}

// stockAsOf is the header that says when the stock of a page was read.
const stockAsOf = "X-Stock-As-Of"

// send answers with the page, or with 304 where the visitor has it.
func (s *Server) send(c *fiber.Ctx, p *piece.Page, r filled) error {
	h := &c.Response().Header
	zip := accepted(c.Get(fiber.HeaderAcceptEncoding), "gzip")
	tag := entityTag(p.Tag(r.Reading, r.stale), zip)
	h.Set(fiber.HeaderETag, tag)
	h.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if p.Live() {
		h.SetBytesV(stockAsOf, r.Clock)
	}
	if matches(c.Get(fiber.HeaderIfNoneMatch), tag) {
		c.Status(fiber.StatusNotModified)
		return nil
	}
	return s.write(c, p, r, zip)
}

// write puts the page into the answer.
func (s *Server) write(c *fiber.Ctx, p *piece.Page, r filled, zip bool) error {
	h := &c.Response().Header
	h.SetContentType(fiber.MIMETextHTMLCharsetUTF8)
	scratch := buffers.Get().(*[]byte)
	defer buffers.Put(scratch)
	if zip {
		h.Set(fiber.HeaderContentEncoding, "gzip")
		*scratch = p.AppendGzip((*scratch)[:0], r.Reading)
	} else {
		var err error
		if *scratch, err = p.AppendPlain((*scratch)[:0], r.Reading); err != nil {
			return fmt.Errorf("unpack a page: %w", err)
		}
	}
	c.Response().SetBody(*scratch)
	return nil
}

var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 32<<10); return &b }}

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
