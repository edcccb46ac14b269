package preview

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"caveau/i18n"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/preview"
	"caveau/store/route"
	"caveau/templates/live"
	"caveau/web/piece"
	"caveau/web/view"
)

// visit is a request whose link is good.
type visit struct {
	*fiber.Ctx
	server  *Server
	link    preview.Link
	token   string
	path    string // below the token: of a page within its edition, or of what is in own
	p       *i18n.Printer
	edition *market.Edition
	moment  *moment
}

// The paths below a token that are no pages: no path of a page begins with a hyphen.
const (
	turnPath    = "/-/turn"
	sheetPath   = "/-/sheet"
	widthsPath  = "/-/widths"
	changesPath = "/-/changes"
)

// The keys of a query.
const (
	pageKey  = "page" // the path of a page in the edition; of a page itself: the number in its list
	shopKey  = "shop"
	atKey    = "at"
	sheetKey = "sheet"
)

func (v *visit) answer() (err error) {
	if v.edition = v.server.edition(v.link.Locale); v.edition == nil {
		return v.server.say(v.Ctx, fiber.StatusForbidden, "preview.forged")
	}
	if v.moment, err = v.server.moment(v.Context(), v.link.At); err != nil || v.moment == nil {
		return errors.Join(err, v.server.say(v.Ctx, fiber.StatusServiceUnavailable, "preview.trouble"))
	}
	switch v.path {
	case turnPath:
		return v.turn()
	case sheetPath:
		return v.sheet(v.server.Markets.Editions, "360", "1280")
	case widthsPath:
		return v.sheet([]*market.Edition{v.edition}, "360", "768", "1280")
	case changesPath:
		return v.changes()
	case view.StockPath: // a page that grows old asks: a preview stays as it is
		return v.SendStatus(fiber.StatusNoContent)
	}
	return v.page()
}

// edition of a locale; nil where there is none.
func (s *Server) edition(locale string) *market.Edition {
	for _, e := range s.Markets.Editions {
		if e.Locale.Tag() == locale {
			return e
		}
	}
	return nil
}

// page answers with a page of the URL table.
func (v *visit) page() error {
	node, _, found := v.moment.snap.Routes.Find(v.edition.Locale.Language(), v.path)
	switch {
	case !found || node.Gone:
		return v.say(fiber.StatusNotFound, "preview.missing")
	case node.Page.Kind.OfVisitor() || node.Page.Kind.PerAnswer() && node.Page.Kind != route.Withdrawal:
		return v.say(fiber.StatusNotFound, "preview.visitor")
	}
	number, err := strconv.Atoi(v.Query(pageKey, "1"))
	if err != nil {
		number = 0
	}
	body, err := v.render(node, number)
	if errors.Is(err, view.ErrNoPage) {
		return v.say(fiber.StatusNotFound, "preview.missing")
	}
	if err != nil {
		return err
	}
	shown, err := v.rewrite(body)
	if err != nil {
		return err
	}
	v.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return v.Send(shown)
}

// render makes the page as the shop does, with the stock of this moment.
func (v *visit) render(node *route.Node, number int) ([]byte, error) {
	s, reading := v.server, live.Reading{At: v.server.Now()}
	asOf, stale := s.Stock.Read() // before the page is made: lists begin with what is left
	place := s.Board.Warehouse(v.edition.Market.Warehouse)
	reading.Count = func(slots live.Stock) int { return s.Board.Available(slots, place) }
	component, err := v.moment.site.PageAt(v.moment.snap, v.edition, node, number, v.door(), reading.Count)
	if err != nil {
		return nil, err
	}
	pressed, err := v.moment.press.Press(context.Background(), component)
	if err != nil {
		return nil, err
	}
	if pressed.Live() {
		reading.At, reading.Stale = asOf, stale
	}
	var filled piece.Filled
	filled.Fill(pressed, reading)
	return filled.AppendPlain(nil)
}

// door is where the link's deliveries go; nil shows list prices.
func (v *visit) door() *view.Door {
	rules := v.server.Rules()
	if v.link.Country == "" || rules == nil {
		return nil
	}
	return &view.Door{To: law.Destination{Country: v.link.Country, State: v.link.State}, Rules: rules}
}

// turn leads to the same page in another edition, or at another moment. A date that is none leads back, and says so.
func (v *visit) turn() error {
	to := v.link
	if e := v.server.edition(v.Query(shopKey)); e != nil {
		to.Locale = string(e.Locale)
	}
	other := v.server.edition(to.Locale)
	typed := strings.TrimSpace(v.Query(atKey))
	to.At = time.Time{}
	if typed != "" {
		at, err := market.Clock(typed, other.Market.Zone)
		if err != nil {
			return v.refuseDate(typed, err, other)
		}
		to.At = at.UTC()
	}
	path := v.pathIn(v.Query(pageKey), other)
	if v.Query(sheetKey) != "" {
		path = sheetPath + "?" + pageKey + "=" + url.QueryEscape(path)
	}
	return v.Redirect(v.server.href(to, path), fiber.StatusSeeOther)
}

// refuseDate says what is wrong with a date, and leads back. i18n:prefix preview.
func (v *visit) refuseDate(typed string, err error, e *market.Edition) error {
	key := "preview.no_date"
	switch {
	case errors.Is(err, market.ErrFar):
		key = "preview.far"
	case errors.Is(err, market.ErrSkipped):
		key = "preview.skipped"
	case errors.Is(err, market.ErrTwice):
		key = "preview.twice"
	}
	if len(typed) > maxTyped {
		typed = typed[:maxTyped] + "…"
	}
	return v.say(fiber.StatusBadRequest, key, "typed", strings.ToValidUTF8(typed, ""), "zone", e.Market.Zone.String())
}

// maxTyped is how much of a wrong date is repeated.
const maxTyped = 40

// pathIn is the page of a path of this edition in another one; its front where it has none.
func (v *visit) pathIn(path string, other *market.Edition) string {
	node, _, found := v.moment.snap.Routes.Find(v.edition.Locale.Language(), path)
	if !found || node.Path(other.Locale.Language()) == "" {
		return "/"
	}
	return node.Path(other.Locale.Language())
}

// href of a path below a link.
func (s *Server) href(link preview.Link, path string) string {
	return Prefix + s.Seals.Seal(link) + path
}

// say answers in a few words, with the way to the front of the edition.
func (v *visit) say(status int, key string, args ...any) error {
	return v.server.sayWith(v.Ctx, status, v.server.href(v.link, "/"), key, args...)
}

func (s *Server) say(c *fiber.Ctx, status int, key string) error {
	return s.sayWith(c, status, "", key)
}

func (s *Server) sayWith(c *fiber.Ctx, status int, back, key string, args ...any) error {
	return s.send(c.Status(status), s.message(s.printer(c), back, key, args...))
}

func (s *Server) send(c *fiber.Ctx, page templ.Component) error {
	var b bytes.Buffer
	if err := page.Render(context.Background(), &b); err != nil {
		return fmt.Errorf("render: %w", err)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(b.Bytes())
}
