package web

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"caveau/static"
	"caveau/store/cart"
	"caveau/store/catalog"
	"caveau/store/facet"
	"caveau/store/market"
	"caveau/store/order"
	"caveau/store/route"
	"caveau/store/search"
	"caveau/templates/live"
	"caveau/web/piece"
	"caveau/web/view"
)

// Catalogue is where the newest snapshot comes from; nil before there is one.
type Catalogue interface{ Snapshot() *catalog.Snapshot }

// Stock makes the board as fresh as the moment of the call, and says when it was read; stale means that no
// replica answered and the board holds what was last known.
type Stock interface {
	Read() (asOf time.Time, stale bool)
}

// Board is what was last read.
type Board interface {
	Available(slots []uint32, warehouse int) int
	Left(slots []uint32, warehouse int, left []bool)
	Turns(warehouse int) uint64
	Warehouse(code string) int
}

// Carts keeps carts. Every edit is atomic. The errors of package cart mean that the edit is not allowed;
// any other error means that the store is away and the visitor's mirror is to be edited instead.
type Carts interface {
	Add(ctx context.Context, id cart.ID, mirror cart.Cart, sku string, n int, seen cart.Seen) (cart.Cart, error)
	Set(ctx context.Context, id cart.ID, mirror cart.Cart, sku string, n int) (cart.Cart, error)
	Prefer(ctx context.Context, id cart.ID, mirror cart.Cart, sku string, wish cart.Wish) (cart.Cart, error)
	Confirm(ctx context.Context, id cart.ID, mirror cart.Cart, all []cart.Shown) (cart.Cart, error)
	Restore(ctx context.Context, id cart.ID, mirror cart.Cart) (cart.Cart, error)
}

// Searcher has the index of the newest snapshot, or of one a moment older; nil before there is one.
type Searcher interface{ Index() *search.Index }

// Facets has the columns of the newest snapshot, or of one a moment older; nil before there is one.
type Facets interface{ Facets() *facet.Index }

// Misses takes note of searches that found nothing of what was asked for. It never waits.
type Misses interface{ Note(language, query string) }

// Config is what the server is handed.
type Config struct {
	Markets   *market.Table
	Hosts     map[string]string // host without port → market code
	Site      *view.Site
	Assets    *static.Assets
	Catalogue Catalogue
	Search    Searcher
	Facets    Facets
	Misses    Misses // nil: nobody wants to know
	Stock     Stock
	Board     Board
	Press     *piece.Press
	Cache     *piece.Cache
	Carts     Carts
	Mirror    *cart.Mirror
	Orders    Orders
	Papers    Papers
	Passes    *order.Passes // open orders from mails
	Leaving   Withdrawals
	Ledger    Ledger
	Alerts    Alerts
	Rules     Rules
	Cards     *Cards // payment by redirect; nil: not offered
	Sessions  Sessions
	Doors     Doors
	Folders   Folders
	Passwords Passwords
	Limits    Limits
	Proxies   []netip.Prefix                     // whose X-Forwarded-For is believed
	Elsewhere map[string]fasthttp.RequestHandler // hosts that are no shops, and who answers for them; may be nil
	Secure    bool                               // shops are served by https: HSTS
	Ready     func() []string                    // what is not ready yet, in words for an operator; empty when all is
	Redirects Redirects                          // old addresses; nil: none
	Files     Files                              // what crawlers fetch; nil: nothing
	Logger    *slog.Logger
}

// Server answers for all shops.
type Server struct {
	Config
	app      *fiber.App
	editions map[string][]*market.Edition // by host
	fixed    map[string]fiber.Handler
	areas    map[route.Kind]area
	misses   chan struct{} // places for the search for near matches
	nowhere  lostPages
	streams  chan struct{} // places for files on their way
	clock    *live.Stamp   // of the header that says when stock was read
	answers  sync.Pool     // *answer
	found    *foundPages
	seen     counters
}

// The limits of a connection.
const (
	readTimeout  = 10 * time.Second
	writeTimeout = 20 * time.Second
	idleTimeout  = 75 * time.Second
	bodyLimit    = 64 << 10
	headerLimit  = 16 << 10
)

// New makes a server. Nothing is listened to yet.
func New(c Config) *Server {
	s := &Server{Config: c, editions: map[string][]*market.Edition{}, misses: make(chan struct{}, 1), streams: make(chan struct{}, mostStreams), clock: live.NewClock(), found: newFoundPages()}
	s.answers.New = func() any { return new(answer) }
	for host, code := range c.Hosts {
		if m, ok := c.Markets.Market(code); ok {
			s.editions[host] = c.Markets.Of(m)
		}
	}
	s.app = fiber.New(fiber.Config{
		DisableStartupMessage: true, Immutable: true, BodyLimit: bodyLimit, ReadBufferSize: headerLimit,
		ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		EnableTrustedProxyCheck: true, DisableDefaultContentType: true, ErrorHandler: s.lastResort,
	})
	s.routes()
	s.app.Use(s.serve)
	return s
}

// Serve answers on a listener until Shutdown.
func (s *Server) Serve(l net.Listener) error { return s.app.Listener(l) }

// Shutdown finishes the requests under way.
func (s *Server) Shutdown(ctx context.Context) error { return s.app.ShutdownWithContext(ctx) }

// Handler is the bare handler, for tests and benchmarks in process.
func (s *Server) Handler() fasthttp.RequestHandler { return s.app.Handler() }

// App is the Fiber app, for tests.
func (s *Server) App() *fiber.App { return s.app }

// serve is every request: it turns errors and panics into pages.
func (s *Server) serve(c *fiber.Ctx) (err error) {
	start := time.Now()
	defer func() {
		if p := recover(); p != nil {
			err = s.panicked(c, p)
		}
		timed(&c.Response().Header, start)
	}()
	if other := s.elsewhere(c); other != nil {
		other(c.Context())
		return nil
	}
	s.headers(c)
	if err = s.route(c); err == nil {
		return nil
	}
	return s.fail(c, err)
}

// elsewhere is who answers for a host that is no shop's; nil for all others.
func (s *Server) elsewhere(c *fiber.Ctx) fasthttp.RequestHandler {
	if len(s.Elsewhere) == 0 {
		return nil
	}
	return s.Elsewhere[hostname(c.Hostname())]
}

// lastResort is for what is refused before our handler runs (a body or a head too large, a malformed request): a page in the words
// of the shop where its host was understood. A failure in the page for a failure gets a line.
func (s *Server) lastResort(c *fiber.Ctx, err error) error {
	status := fiber.StatusInternalServerError
	var known *fiber.Error
	if errors.As(err, &known) {
		status = known.Code
	}
	s.headers(c)
	c.Response().Header.Del(fiber.HeaderContentEncoding)
	c.Set(fiber.HeaderCacheControl, "no-store")
	if status < fiber.StatusInternalServerError {
		return s.render(c.Status(status), s.refusedPage(c, status))
	}
	s.Logger.Error("request failed", "host", c.Hostname(), "path", c.Path(), "err", err)
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return c.Status(status).SendString(fasthttp.StatusMessage(status))
}
