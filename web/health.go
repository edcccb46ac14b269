package web

import (
	"strings"
	"sync/atomic"

	"github.com/gofiber/fiber/v2"
)

// counters of answers since the start.
type counters struct {
	pages, errors, carts atomic.Uint64
}

// ErrorPages counts the answers that were the page of an error, pages not found among them.
func (s *Server) ErrorPages() uint64 { return s.seen.errors.Load() }

// CartEdits counts the edits of carts that were made.
func (s *Server) CartEdits() uint64 { return s.seen.carts.Load() }

// healthz says that the process lives.
func (s *Server) healthz(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return c.SendString("ok\n")
}

// readyz says whether the balancer may send visitors here, and what is missing where it may not.
func (s *Server) readyz(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	if missing := s.Ready(); len(missing) > 0 {
		return c.Status(fiber.StatusServiceUnavailable).SendString("not ready: " + strings.Join(missing, "; ") + "\n")
	}
	return c.SendString("ready\n")
}
