package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"caveau/static"
	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/web/view"
)

// visit is a request whose shop and page are known.
type visit struct {
	*fiber.Ctx
	snap    *catalog.Snapshot
	edition *market.Edition
	path    string // within the edition
	node    *route.Node
}

// routes are the paths that are not in the URL table.
func (s *Server) routes() {
	s.fixed = map[string]fiber.Handler{
		"/healthz": s.healthz,
		"/readyz":  s.readyz,
	}
}

// The paths below an edition that no language changes.
const (
	stockPath  = "/live/stock"
	robotsPath = "/robots.txt"
)

// route sends a request where it belongs.
func (s *Server) route(c *fiber.Ctx) error {
	path := c.Path()
	if handler := s.fixed[path]; handler != nil {
		return handler(c)
	}
	e, rest, ok := s.edition(c.Hostname(), path)
	if !ok {
		return errUnknownHost
	}
	if strings.HasPrefix(path, static.Prefix) {
		return s.asset(c, path)
	}
	v := &visit{Ctx: c, snap: s.Catalogue.Snapshot(), edition: e, path: rest}
	if v.snap == nil {
		return errNotReady
	}
	switch rest {
	case stockPath:
		return s.liveStock(v)
	case robotsPath:
		return s.robots(v)
	case view.ShopsPath:
		c.Set(fiber.HeaderCacheControl, "public, max-age=300")
		return s.render(c, s.Site.Shops(e))
	case "":
		return c.Redirect(e.Prefix+"/", fiber.StatusMovedPermanently)
	}
	return s.find(v)
}

// find asks the URL table.
func (s *Server) find(v *visit) error {
	path, action := v.path, ""
	node, moved, ok := v.snap.Routes.Find(v.edition.Locale.Language(), path)
	if !ok {
		if at := strings.LastIndexByte(path, '/'); at > 0 {
			if node, moved, ok = v.snap.Routes.Find(v.edition.Locale.Language(), path[:at]); ok {
				path, action = path[:at], path[at+1:]
			}
		}
	}
	switch {
	case ok && path != "/" && action == "" && strings.HasSuffix(v.path, "/"), ok && moved && action == "":
		return s.redirect(v, node)
	case ok && node.Page.Kind == route.Cart && (action == "" || cartActions[action]):
		v.node = node
		return s.cart(v, action)
	case !ok || action != "":
		return errNotFound
	case node.Gone:
		v.node = node
		return errGone
	}
	v.node = node
	if v.Method() != fiber.MethodGet && v.Method() != fiber.MethodHead {
		return errMethod
	}
	return s.page(v)
}

// redirect leads to the node's own path in the edition, without the query.
func (s *Server) redirect(v *visit, node *route.Node) error {
	v.Set(fiber.HeaderCacheControl, "public, max-age=300")
	return v.Redirect(v.edition.Prefix+node.Path(v.edition.Locale.Language()), fiber.StatusMovedPermanently)
}

// asset sends a hashed file: it never changes under its name.
func (s *Server) asset(c *fiber.Ctx, path string) error {
	a, ok := s.Assets.Get(path)
	if !ok {
		return errNotFound
	}
	c.Set(fiber.HeaderContentType, a.ContentType)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	c.Set(fiber.HeaderETag, a.ETag)
	if c.Get(fiber.HeaderIfNoneMatch) == a.ETag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	body := a.Body
	switch accepts := c.Get(fiber.HeaderAcceptEncoding); {
	case a.Brotli != nil && accepted(accepts, "br"):
		c.Set(fiber.HeaderContentEncoding, "br")
		body = a.Brotli
	case a.Gzip != nil && accepted(accepts, "gzip"):
		c.Set(fiber.HeaderContentEncoding, "gzip")
		body = a.Gzip
	}
	c.Response().SetBodyRaw(body)
	return nil
}

// robots lets crawlers in. What they are not to list says so itself (noindex); nothing is hidden here.
func (s *Server) robots(v *visit) error {
	v.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	v.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	return v.SendString("User-agent: *\nDisallow: /live/\n")
}
