package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// security are the headers of every answer, their names as HTTP writes them. Styles, scripts, fonts and
// pictures come from the shop itself.
var security = [][2][]byte{
	{[]byte("Content-Security-Policy"), []byte("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'")},
	{[]byte("X-Content-Type-Options"), []byte("nosniff")},
	{[]byte("Referrer-Policy"), []byte("strict-origin-when-cross-origin")},
	{[]byte("Permissions-Policy"), []byte("camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()")},
	{[]byte("Cross-Origin-Opener-Policy"), []byte("same-origin")},
}

func (s *Server) headers(c *fiber.Ctx) {
	h := &c.Response().Header
	for _, header := range security {
		h.SetCanonical(header[0], header[1])
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
