package web

import (
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// client is the address that a request comes from. What X-Forwarded-For says counts as far as our own proxies wrote it: from the
// right, up to the first that is none of them. Without proxies it is the other end of the connection, whatever the header says.
func (s *Server) client(c *fiber.Ctx) netip.Addr {
	at, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	at = at.Unmap()
	hops := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
	for i := len(hops) - 1; i >= 0 && s.ours(at); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = hop.Unmap()
	}
	return at
}

// ours says that an address is that of one of our proxies.
func (s *Server) ours(at netip.Addr) bool {
	for _, p := range s.Proxies {
		if p.Contains(at) {
			return true
		}
	}
	return false
}
