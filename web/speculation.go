package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// speculationPath is where browsers read what they may fetch before a click. A header names it: the policy of the shop has no
// inline script.
const speculationPath = "/speculation-rules.json"

// speculationRules let a browser fetch a wine's page when the pointer rests on its row in a list, or on its year in a ribbon: both
// are public pages, read by GET, and nothing else is fetched unasked. Nothing is run ahead of time.
const speculationRules = `{"prefetch":[{"where":{"selector_matches":"a.row__n, .ribbon a"},"eagerness":"moderate"}]}`

// speculative is the header of public pages.
const speculative = "Speculation-Rules"

func (s *Server) speculation(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "application/speculationrules+json")
	c.Set(fiber.HeaderCacheControl, "public, max-age=86400")
	return c.SendString(speculationRules)
}

// unasked says that a browser fetches ahead of a click that may never come: that counts as nobody's visit.
func unasked(c *fiber.Ctx) bool { return strings.Contains(c.Get("Sec-Purpose"), "prefetch") }
