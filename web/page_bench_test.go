package web_test

import (
	"testing"

	"github.com/valyala/fasthttp"

	"caveau/web"
	"caveau/web/piece"
)

// BenchmarkVintagePage is what a processor does for a page that is pressed: everything but the network
// and the wait for the stock.
func BenchmarkVintagePage(b *testing.B) {
	handler := newShop(b).Handler()
	var c fasthttp.RequestCtx
	c.Request.SetRequestURI("/vin/chateau-margaux/1990")
	c.Request.Header.SetHost("fr.localhost:8080")
	c.Request.Header.Set("Accept-Encoding", "gzip")
	handler(&c)
	if c.Response.StatusCode() != fasthttp.StatusOK {
		b.Fatalf("status %d", c.Response.StatusCode())
	}
	b.SetBytes(int64(len(c.Response.Body())))
	b.ReportAllocs()
	c.Response.KeepBodyBuffer = true // as the server does for a connection
	for b.Loop() {
		c.Response.Reset()
		c.Response.KeepBodyBuffer = true
		handler(&c)
	}
}

// BenchmarkPageAtTheDoor is a vintage page for a visitor with a destination, against a public one that the cache does not have.
func BenchmarkPageAtTheDoor(b *testing.B) {
	for name, cookie := range map[string]string{"public miss": "", "door": web.PlaceCookie + "=DE..."} {
		b.Run(name, func(b *testing.B) {
			s := newShop(b, func(c *web.Config) { c.Cache = piece.NewCache(64) }) // nothing fits
			handler := s.Handler()
			var c fasthttp.RequestCtx
			c.Request.SetRequestURI("/vin/chateau-margaux/1990")
			c.Request.Header.SetHost("fr.localhost:8080")
			c.Request.Header.Set("Accept-Encoding", "gzip")
			if cookie != "" {
				c.Request.Header.Set("Cookie", cookie)
			}
			b.ReportAllocs()
			for b.Loop() {
				c.Response.Reset()
				handler(&c)
				if c.Response.StatusCode() != fasthttp.StatusOK {
					b.Fatalf("status %d", c.Response.StatusCode())
				}
			}
		})
	}
}
