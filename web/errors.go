package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"caveau/store/market"
	"caveau/templates/live"
)

// The ways in which a request can end other than with its page.
var (
	errUnknownHost   = errors.New("no shop has this host")
	errNotReady      = errors.New("the catalogue is not loaded yet")
	errNotFound      = errors.New("no such page")
	errGone          = errors.New("the page is gone for good")
	errMethod        = errors.New("method not allowed")
	errTooManyValues = errors.New("too many values are chosen")
	errTooMany       = errors.New("too many SKUs asked for")
	errForeign       = errors.New("the request was made by another site")
	errAway          = errors.New("what it takes is away: the database, or Redis")
)

// statuses of the errors; any other is 500.
var statuses = []struct {
	err    error
	status int
}{
	{errUnknownHost, fiber.StatusMisdirectedRequest},
	{errNotReady, fiber.StatusServiceUnavailable},
	{errNotFound, fiber.StatusNotFound},
	{errGone, fiber.StatusGone},
	{errMethod, fiber.StatusMethodNotAllowed},
	{errTooMany, fiber.StatusBadRequest},
	{errTooManyValues, fiber.StatusBadRequest},
	{errForeign, fiber.StatusForbidden},
	{errAway, fiber.StatusServiceUnavailable},
}

func statusOf(err error) int {
	for _, known := range statuses {
		if errors.Is(err, known.err) {
			return known.status
		}
	}
	return fiber.StatusInternalServerError
}

// retryAfter is what a visitor of a shop that is not ready is told, in seconds.
const retryAfter = "5"

// fail answers with the error's page in the shop's language.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	status := statusOf(err)
	c.Response().ResetBody()
	c.Status(status)
	for _, name := range ofThePage {
		c.Response().Header.Del(name)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	s.seen.errors.Add(1)
	request := ""
	switch status {
	case fiber.StatusInternalServerError:
		request = requestID()
		s.Logger.Error("request failed", "request", request, "host", c.Hostname(), "path", c.Path(), "err", err)
	case fiber.StatusServiceUnavailable:
		c.Set(fiber.HeaderRetryAfter, retryAfter)
	}
	if status == fiber.StatusNotFound {
		if done, err := s.lost(c); done {
			return err
		}
	}
	return s.render(c, s.errorPage(c, status, request))
}

// ofThePage are headers that an answer may already have when its page fails, and that are wrong of any other.
var ofThePage = []string{fiber.HeaderContentEncoding, fiber.HeaderETag, fiber.HeaderVary, stockAsOf, speculative}

// panicked answers a request that panicked; the stack goes to the log. What panics again, in the making of the
// error's page, is left to lastResort: nothing below us recovers, and one visitor must not end the process.
func (s *Server) panicked(c *fiber.Ctx, p any) (err error) {
	defer func() {
		if again := recover(); again != nil {
			err = stacked(again)
		}
	}()
	return s.fail(c, stacked(p))
}

// stacked is a panic as an error, with the stack of who panicked.
func stacked(p any) error { return fmt.Errorf("panic: %v\n%s", p, debug.Stack()) }

func requestID() string {
	var b [8]byte
	rand.Read(b[:]) //nolint:errcheck // never fails
	return hex.EncodeToString(b[:])
}

// errorPage is the page for a status, on the host that was asked.
func (s *Server) errorPage(c *fiber.Ctx, status int, request string) templ.Component {
	snap := s.Catalogue.Snapshot()
	e, path, ok := s.edition(c.Hostname(), c.Path())
	if !ok {
		return s.Site.UnknownHost(s.preferred(c))
	}
	if snap == nil {
		return s.Site.Trouble(e, status, request, retryAfter)
	}
	node, _, found := snap.Routes.Find(e.Locale.Language(), path)
	site := s.site(&visit{Ctx: c, snap: snap, edition: e})
	switch {
	case status == fiber.StatusNotFound:
		return site.NotFound(snap, e, nil)
	case status == fiber.StatusGone && found:
		return site.Gone(snap, e, node)
	}
	return s.Site.Trouble(e, status, request, "")
}

// refusedPage is the page for a request that was not read to its end.
func (s *Server) refusedPage(c *fiber.Ctx, status int) templ.Component {
	e, _, ok := s.edition(c.Hostname(), c.Path())
	if !ok {
		e = s.preferred(c)
	}
	return s.Site.Trouble(e, status, "", "")
}

// preferred is the edition whose words an unknown host is answered with: English, the trade's second
// language everywhere.
func (s *Server) preferred(*fiber.Ctx) *market.Edition {
	for _, e := range s.Markets.Editions {
		if e.Market.Code == "uk" {
			return e
		}
	}
	return s.Markets.Editions[0]
}

// render sends a page that is made for this one answer: errors and the checkout.
func (s *Server) render(c *fiber.Ctx, page templ.Component) error {
	return s.renderWith(c, page, live.Sample{At: time.Now()})
}

// renderWith fills the page's holes with a sample: the badge, where the page has no others.
func (s *Server) renderWith(c *fiber.Ctx, page templ.Component, sample live.Sample) error {
	var b bytes.Buffer
	if err := page.Render(live.With(context.Background(), sample), &b); err != nil {
		return fmt.Errorf("render: %w", err)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Response().SetBody(b.Bytes())
	return nil
}
