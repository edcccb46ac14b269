package preview

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
	"golang.org/x/text/language"

	"caveau/i18n"
	"caveau/static"
	"caveau/store/catalog"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/preview"
	"caveau/web"
	"caveau/web/view"
)

// Catalogue has the newest snapshot (nil before there is one), and reads that of any moment.
type Catalogue interface {
	Snapshot() *catalog.Snapshot
	At(ctx context.Context, at time.Time) (snap *catalog.Snapshot, began time.Time, err error)
	Changes(ctx context.Context, from, to time.Time) ([]preview.Change, error)
}

// Config is what the server is handed.
type Config struct {
	Markets   *market.Table
	Messages  *i18n.Catalogue
	Site      *view.Site
	Assets    *static.Assets
	Catalogue Catalogue
	Stock     web.Stock
	Board     web.Board
	Rules     func() *law.Rules
	Seals     *preview.Seals
	Base      func(marketCode string) string // of the shops: what in a page leads to them
	Now       func() time.Time
	Logger    *slog.Logger
}

// Server answers for previews.
type Server struct {
	Config
	app     *fiber.App
	moments moments
	readers language.Matcher // of Accept-Language
}

// Prefix is where all previews live.
const Prefix = "/preview/"

// The limits of a connection: there are no bodies.
const (
	readTimeout = 10 * time.Second
	bodyLimit   = 1 << 10
	headerLimit = 16 << 10
)

// New makes a server.
func New(c Config) *Server {
	s := &Server{Config: c}
	var tags []language.Tag
	for _, l := range words {
		tags = append(tags, language.Make(l.Tag()))
	}
	s.readers = language.NewMatcher(tags)
	s.app = fiber.New(fiber.Config{
		DisableStartupMessage: true, Immutable: true, BodyLimit: bodyLimit, ReadBufferSize: headerLimit, ReadTimeout: readTimeout,
		EnableTrustedProxyCheck: true, DisableDefaultContentType: true, GETOnly: true,
	})
	s.app.Use(s.serve)
	return s
}

// Handler is the bare handler: the back office's own server, or one that has more hosts, serves it.
func (s *Server) Handler() fasthttp.RequestHandler { return s.app.Handler() }

// headers of every answer. A sheet frames pages of this host; no one else may.
var headers = [][2]string{
	{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Robots-Tag", "noindex, nofollow"},
	{"Referrer-Policy", "no-referrer"},
	{"Cache-Control", "private, no-store"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
}

// serve is every request. What fails is told in a few words, in the language of whoever asks.
func (s *Server) serve(c *fiber.Ctx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.Logger.Error("preview panicked", "panic", p)
			err = s.say(c, fiber.StatusInternalServerError, "preview.trouble")
		}
	}()
	for _, h := range headers {
		c.Set(h[0], h[1])
	}
	if a, ok := s.Assets.Get(c.Path()); ok {
		return web.SendAsset(c, a)
	}
	token, path, _ := strings.Cut(strings.TrimPrefix(c.Path(), Prefix), "/")
	link, err := s.Seals.Open(token, s.Now())
	switch {
	case !strings.HasPrefix(c.Path(), Prefix):
		return c.Status(fiber.StatusNotFound).SendString("")
	case errors.Is(err, preview.ErrExpired):
		return s.say(c, fiber.StatusGone, "preview.expired")
	case err != nil:
		return s.say(c, fiber.StatusForbidden, "preview.forged")
	}
	v := &visit{Ctx: c, server: s, link: link, token: token, path: "/" + path, p: s.printer(c)}
	if err = v.answer(); err != nil {
		s.Logger.Error("preview failed", "path", v.path, "err", err)
		return s.say(c, fiber.StatusServiceUnavailable, "preview.trouble")
	}
	return nil
}

// words are the languages that the office speaks; the first one is for everybody else.
var words = []i18n.Locale{"en-GB", "fr-FR", "de-DE", "it-IT", "es-ES", "pt-PT", "nl-NL", "zh-Hant-HK"}

// printer in the language of whoever asks.
func (s *Server) printer(c *fiber.Ctx) *i18n.Printer {
	tags, _, err := language.ParseAcceptLanguage(c.Get(fiber.HeaderAcceptLanguage))
	if err != nil {
		return s.Messages.Printer(words[0])
	}
	_, i, _ := s.readers.Match(tags...)
	return s.Messages.Printer(words[i])
}
