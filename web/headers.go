package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// security are the headers of every answer. Styles, scripts, fonts and pictures come from the shop itself.
var security = [][2]string{
	{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "strict-origin-when-cross-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
}

func (s *Server) headers(c *fiber.Ctx) {
	h := &c.Response().Header
	for _, header := range security {
		h.Set(header[0], header[1])
	}
	if s.Secure {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
}

// accepted says that an Accept-Encoding header allows a coding: named, and not with q=0.
func accepted(header, coding string) bool {
	for entry := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(strings.TrimSpace(entry), ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			q := strings.ReplaceAll(parameters, " ", "")
			return q != "q=0" && !strings.HasPrefix(q, "q=0.0") || strings.Trim(q, "q=0.") != ""
		}
	}
	return false
}
