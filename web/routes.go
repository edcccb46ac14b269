package web

import (
	"slices"
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
	member  bool // comes with a session's cookie
}

// area is a page of the URL table that belongs to a visitor, with the paths right below it.
type area struct {
	actions []string
	answer  func(v *visit, action string) error
}

// routes are the paths that are not in the URL table, and the areas.
func (s *Server) routes() {
	s.fixed = map[string]fiber.Handler{
		"/healthz": s.healthz,
		"/readyz":  s.readyz,

		speculationPath: s.speculation,
	}
	s.areas = map[route.Kind]area{
		route.Cart:        {cartActions, s.cart},
		route.Account:     s.account(s.deeds()),
		route.Destination: {placeActions, s.destination},
		route.Alerts:      {alertActions, s.alerts},
		route.Wish:        {wishActions, s.wish},
		route.Withdrawal:  {withdrawalActions, s.withdrawal},
		route.Search:      {searchActions, s.search},
		route.Compare:     {nil, s.compare},
		route.Birth:       {nil, s.birth},
	}
}

// The paths below an edition that no language changes.
const (
	stockPath  = "/live/stock"
	searchPath = "/api/v1/search"
	robotsPath = "/robots.txt"
)

// route sends a request where it belongs.
func (s *Server) route(c *fiber.Ctx) error {
	path := c.Path()
	if path == noticePath {
		return s.notice(c)
	}
	if handler := s.fixed[path]; handler != nil {
		return forReaders(c, handler)
	}
	if a, ok := s.Assets.Get(path); ok { // on any host: the page for an unknown one has styles too
		return forReaders(c, func(c *fiber.Ctx) error { return SendAsset(c, a) })
	}
	e, rest, ok := s.edition(c.Hostname(), path)
	switch {
	case !ok:
		return errUnknownHost
	case strings.HasPrefix(path, static.Prefix):
		return errNotFound
	}
	v := &visit{Ctx: c, snap: s.Catalogue.Snapshot(), edition: e, path: rest, member: c.Cookies(SessionCookie) != ""}
	if v.snap == nil {
		return errNotReady
	}
	if answer := s.unlisted(v); answer != nil {
		return forReaders(c, answer)
	}
	return s.find(v)
}

// unlisted is what answers for the paths below an edition that are not in the URL table; nil for others.
func (s *Server) unlisted(v *visit) fiber.Handler {
	switch v.path {
	case stockPath:
		return func(*fiber.Ctx) error { return s.liveStock(v) }
	case searchPath:
		return func(*fiber.Ctx) error { return s.searchAPI(v) }
	case robotsPath:
		return func(*fiber.Ctx) error { return s.robots(v) }
	case view.ShopsPath:
		return func(*fiber.Ctx) error { return s.shops(v) }
	case view.ShopsPath + "/":
		return func(*fiber.Ctx) error { return s.redirect(v, view.ShopsPath) }
	case "":
		return func(*fiber.Ctx) error { return s.redirect(v, "/") }
	default:
		return s.crawled(v)
	}
}

// The methods of an Allow header.
const (
	readOnly     = "GET, HEAD"
	readAndWrite = "GET, HEAD, POST"
	writeOnly    = "POST"
)

func isRead(c *fiber.Ctx) bool {
	return c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead
}

// forReaders lets a handler answer GET and HEAD, and nothing else.
func forReaders(c *fiber.Ctx, handler fiber.Handler) error {
	if !isRead(c) {
		return notAllowed(c, readOnly)
	}
	return handler(c)
}

// notAllowed refuses a method and says which ones would do.
func notAllowed(c *fiber.Ctx, allow string) error {
	c.Set(fiber.HeaderAllow, allow)
	return errMethod
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
	v.node = node
	own, private := "", area{}
	if ok {
		own, private = node.Path(v.edition.Locale.Language()), s.areas[node.Page.Kind]
	}
	switch {
	case ok && action == "" && (moved || path != v.path) && own != "":
		return s.redirect(v, own)
	case private.answer != nil && (action == "" || slices.Contains(private.actions, action)):
		return private.answer(v, action)
	case !ok || action != "":
		return s.ledOn(v, errNotFound)
	case node.Gone:
		return s.ledOn(v, errGone)
	}
	return forReaders(v.Ctx, func(*fiber.Ctx) error { return s.page(v) })
}

// redirect leads to another path of the edition for good, without the query.
func (s *Server) redirect(v *visit, path string) error {
	v.Set(fiber.HeaderCacheControl, "public, max-age=300")
	return v.Redirect(v.edition.Prefix+path, fiber.StatusMovedPermanently)
}

// shops lists all shops.
func (s *Server) shops(v *visit) error {
	v.Set(fiber.HeaderCacheControl, "public, max-age=300")
	return s.render(v.Ctx, s.Site.Shops(v.edition))
}

// SendAsset sends a hashed file: it never changes under its name.
func SendAsset(c *fiber.Ctx, a static.Asset) error {
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
	return v.SendString("User-agent: *\nDisallow: /live/\n\nSitemap: " + s.Site.Base(v.edition.Market) + sitemapPath + "\n")
}
