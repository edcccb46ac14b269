package web

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"caveau/store/redirect"
)

// Redirects are the old addresses that people gave a new one, and count what leads nowhere. They are in memory: a request asks nobody.
type Redirects interface {
	// Find the rule for a path of a market's host.
	Find(market, path, query string, now time.Time) (redirect.Rule, bool)
	// Miss notes a path that leads nowhere.
	Miss(market, path string, now time.Time)
}

// ledOn leads on from a path that has no page of today, or says so and counts it.
func (s *Server) ledOn(v *visit, none error) error {
	if s.Redirects == nil || !isRead(v.Ctx) {
		return none
	}
	code, path := v.edition.Market.Code, v.Path()
	rule, led := s.Redirects.Find(code, path, string(v.Request().URI().QueryString()), time.Now())
	switch {
	case led && rule.Status == fiber.StatusGone:
		return errGone
	case led: // to a path of this host: the importer lets no other in
		v.Set(fiber.HeaderCacheControl, "public, max-age=300")
		return v.Redirect(rule.New, rule.Status)
	case errors.Is(none, errNotFound) && !unasked(v.Ctx) && (v.node == nil || !v.node.Page.Kind.OfVisitor()): // what is below a visitor's pages is nobody's business
		s.Redirects.Miss(code, path, time.Now())
	}
	return none
}
