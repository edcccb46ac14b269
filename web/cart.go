package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"caveau/store/cart"
	"caveau/store/catalog"
	"caveau/templates/live"
	"caveau/web/piece"
	"caveau/web/view"
)

// CartCookie holds the visitor's cart: its id and a signed mirror. It is set by the first add and by
// nothing else, and is what the privacy page says is kept, for as long as it says.
const (
	CartCookie = view.CookieCart
	cartAge    = view.CookieLife
)

// visitorsOwn is the Cache-Control of what belongs to one visitor.
const visitorsOwn = "private, no-store"

// cartActions are what lies below the cart's path; the path itself takes the add.
var cartActions = []string{
	view.CartSet, view.CartRemove, view.CartConfirm, view.CartWish, view.CartCheckout, view.CartOrder, view.CartOrderData, view.CartDocument, view.CartCopy,
}

// holder is a visitor with a cart.
type holder struct {
	id     cart.ID
	mirror cart.Cart
	known  bool // came with a cookie of ours
}

// holder reads the cookie. A forged, foreign or malformed one is none.
func (s *Server) holder(v *visit) holder {
	empty := holder{mirror: cart.Cart{Market: v.edition.Market.Code}}
	value := v.Cookies(CartCookie)
	if value == "" {
		return empty
	}
	id, mirror, err := s.Mirror.Open(value)
	if err != nil || mirror.Market != v.edition.Market.Code {
		return empty
	}
	return holder{id: id, mirror: mirror, known: true}
}

// badge is how many units the visitor's cart holds; -1 for a visitor without one.
func (s *Server) badge(v *visit) int {
	if v.Cookies(CartCookie) == "" {
		return -1
	}
	return s.holder(v).mirror.Count()
}

// private sends a page with the visitor's badge in it, public or made for a door. No shared cache may keep it.
func (s *Server) private(v *visit, a *answer, r reading, badge int) error {
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	f := r.of(s.Board, v.edition.Market.Warehouse)
	f.Badge = badge
	return s.send(v.Ctx, a, f)
}

// cart answers for the cart page and its edits.
func (s *Server) cart(v *visit, action string) error {
	switch {
	case action == view.CartCheckout:
		return s.checkout(v)
	case action == view.CartOrder:
		return s.order(v)
	case action == view.CartDocument:
		return s.document(v)
	case action == view.CartOrderData:
		return s.orderData(v)
	case v.Method() == fiber.MethodPost && action == view.CartConfirm:
		return s.confirmCart(v)
	case v.Method() == fiber.MethodPost && action == view.CartWish:
		return s.wishInCart(v)
	case v.Method() == fiber.MethodPost && action == view.CartCopy:
		return s.copyCart(v)
	case v.Method() == fiber.MethodPost:
		return s.editCart(v, action)
	case action != "":
		return notAllowed(v.Ctx, writeOnly)
	case isRead(v.Ctx):
		return s.showCart(v)
	default:
		return notAllowed(v.Ctx, readAndWrite)
	}
}

// showCart is the cart page. It takes over the newer of what the cookie and Redis hold, and writes nothing
// into the cookie: no GET sets one.
func (s *Server) showCart(v *visit) error {
	c := s.newest(s.holder(v))
	brought, problem := s.brought(v, c, v.Query(view.CopyField))
	return s.renderCartWith(v, c, brought, problem...)
}

// newest is the visitor's cart: the newer of store and mirror, the mirror alone when the store is away.
func (s *Server) newest(h holder) cart.Cart {
	if !h.known {
		return h.mirror
	}
	ctx, cancel := context.WithTimeout(context.Background(), cartBudget)
	defer cancel()
	c, err := s.Carts.Restore(ctx, h.id, h.mirror)
	if err != nil {
		s.Logger.Warn("cart: the store is away; the cookie stands in", "err", err)
		return h.mirror
	}
	return c
}

// cartBudget is what Redis may take for one request.
const cartBudget = 100 * time.Millisecond

// edit is one edit of a cart, as the form says it.
type edit struct {
	action   string // "" adds, "set", "remove"
	sku      *catalog.SKU
	code     string
	quantity int
	typed    string // the quantity, as it came
}

// editCart adds, changes or removes a line. A refusal changes nothing and shows the cart with the reason.
func (s *Server) editCart(v *visit, action string) error {
	if !sameOrigin(v.Ctx) {
		return errForeign
	}
	h := s.holder(v)
	e, problem := s.readEdit(v, action, h)
	if problem != nil {
		return s.refuse(v, h, e, problem)
	}
	if e.action == "" {
		h = s.beginsOwn(v, h)
	}
	next, err := begun(h, e)
	if err != nil {
		return err
	}
	c, err := s.apply(v, next, e)
	if err != nil {
		return s.refuse(v, h, e, err)
	}
	if next.known {
		if err := s.keep(v, next.id, c); err != nil {
			return err
		}
		s.noteEdit(v, next.id, c)
	}
	s.seen.carts.Add(1)
	if wantsFragment(v) {
		return s.added(v, c, e, "")
	}
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	return v.Redirect(s.Site.Path(v.snap, v.edition, v.node.Page), fiber.StatusSeeOther)
}

// begun is the holder with a cart of his own, where the edit begins one: only an add does.
func begun(h holder, e edit) (holder, error) {
	if h.known || e.action != "" {
		return h, nil
	}
	id, err := cart.NewID(rand.Reader)
	if err != nil {
		return h, fmt.Errorf("begin a cart: %w", err)
	}
	h.id, h.known = id, true
	return h, nil
}

// apply makes the edit in the store; on the mirror when the store is away, and where there is no cart in which
// the store could find anything.
func (s *Server) apply(v *visit, h holder, e edit) (cart.Cart, error) {
	if !h.known {
		return h.mirror.Set(e.code, e.quantity)
	}
	ctx, cancel := context.WithTimeout(context.Background(), cartBudget)
	defer cancel()
	var c cart.Cart
	var err error
	var seen cart.Seen
	if e.action == "" {
		seen = s.seenNow(v, e)
		c, err = s.Carts.Add(ctx, h.id, h.mirror, e.code, e.quantity, seen)
	} else {
		c, err = s.Carts.Set(ctx, h.id, h.mirror, e.code, e.quantity)
	}
	if _, refused := refusals[rootOf(err)]; err == nil || refused {
		return c, err
	}
	s.Logger.Warn("cart: the store is away; the cookie stands in", "err", err)
	if e.action == "" {
		return h.mirror.AddSeen(e.code, e.quantity, seen)
	}
	return h.mirror.Set(e.code, e.quantity)
}

// The refusals of the shop, beside those of package cart.
var (
	errNoSKU     = errors.New("not sold in this shop")
	errNotChosen = errors.New("no format chosen")
	errNotAsMany = errors.New("not as many left")
	errAllotted  = errors.New("over a customer's allocation")
	errBadNumber = errors.New("not a number of units")
)

// readEdit reads the form and checks it against the catalogue and the live stock.
func (s *Server) readEdit(v *visit, action string, h holder) (edit, error) {
	e := edit{action: action, code: strings.TrimSpace(v.FormValue("sku")), quantity: 1}
	if e.code == "" {
		return e, errNotChosen
	}
	if len(e.code) > cart.MaxSKU {
		return e, errNoSKU
	}
	e.sku = v.snap.SKU(e.code)
	if action == "remove" {
		e.quantity = 0
		return e, nil
	}
	if text := strings.TrimSpace(v.FormValue("quantity")); text != "" || action != "" {
		e.typed = text
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > cart.MaxQuantity || action == "" && n == 0 {
			return e, errBadNumber
		}
		e.quantity = n
	}
	if e.sku == nil {
		return e, errNoSKU
	}
	want := e.quantity
	if action == "" {
		want += s.newest(h).Quantity(e.code)
	}
	return e, s.sells(v, e.sku, want)
}

// sells says why the shop does not sell so many of a SKU to one customer; nil where it does. To want none is always possible.
func (s *Server) sells(v *visit, sku *catalog.SKU, want int) error {
	if _, priced := sku.Price(v.edition.Market); !priced {
		return errNoSKU
	}
	if most, allotted := sku.Allocation(v.edition.Market); allotted && want > most {
		return errAllotted
	}
	if s.left(v, sku) < want && want > 0 {
		return errNotAsMany
	}
	return nil
}

// left is what the market's warehouse has now.
func (s *Server) left(v *visit, sku *catalog.SKU) int {
	s.Stock.Read()
	return s.Board.Available(live.Stock{sku.Slot}, s.Board.Warehouse(v.edition.Market.Warehouse))
}

// keep puts the cart into the cookie.
func (s *Server) keep(v *visit, id cart.ID, c cart.Cart) error {
	value, err := s.Mirror.Seal(id, c)
	if err != nil {
		return fmt.Errorf("seal the cart: %w", err)
	}
	setCookie(v, CartCookie, value, cartAge)
	return nil
}

// forget the cart that became an order.
func forget(v *visit) { clearCookie(v, CartCookie) }

// refuse says why an edit was not made.
func (s *Server) refuse(v *visit, h holder, e edit, reason error) error {
	refusal, ok := refusals[rootOf(reason)]
	if !ok {
		return reason
	}
	words := s.words(v, e.sku, reason)
	v.Status(refusal.status)
	if wantsFragment(v) {
		return s.added(v, s.newest(h), e, words)
	}
	return s.renderCart(v, s.newest(h), view.Message{Level: "bad", Text: words, Again: e.again()})
}

// words of a refusal that a visitor can be told.
func (s *Server) words(v *visit, sku *catalog.SKU, reason error) string {
	left := 0
	if sku != nil {
		left = s.left(v, sku)
	}
	return s.Site.Refusal(v.snap, v.edition, refusals[rootOf(reason)].why, sku, left)
}

// keptDigits is how much of what was typed as a number is worth showing again.
const keptDigits = 20

// again is the quantity that was refused, for the visitor to mend; nil where none was typed that a keyboard can type, or where the wine
// is not known.
func (e edit) again() *view.Again {
	strange := func(r rune) bool { return !unicode.IsPrint(r) }
	if e.sku == nil || e.typed == "" || len(e.typed) > keptDigits || strings.ContainsFunc(e.typed, strange) {
		return nil
	}
	return &view.Again{SKU: e.code, Quantity: e.typed, Sets: e.action != ""}
}

// refusals are the reasons that a visitor can be told.
var refusals = map[error]struct {
	why    view.Why
	status int
}{
	errNoSKU:            {view.NotSold, fiber.StatusUnprocessableEntity},
	errNotChosen:        {view.NotChosen, fiber.StatusUnprocessableEntity},
	errNotAsMany:        {view.NotAsMany, fiber.StatusConflict},
	errAllotted:         {view.NotAllotted, fiber.StatusConflict},
	errBadNumber:        {view.BadQuantity, fiber.StatusUnprocessableEntity},
	cart.ErrQuantity:    {view.BadQuantity, fiber.StatusUnprocessableEntity},
	cart.ErrFull:        {view.CartFull, fiber.StatusConflict},
	cart.ErrSKU:         {view.NotSold, fiber.StatusUnprocessableEntity},
	cart.ErrUnknownLine: {view.NotInCart, fiber.StatusConflict},
	cart.ErrFormat:      {view.BadWish, fiber.StatusUnprocessableEntity},
}

func rootOf(err error) error {
	for reason := range refusals {
		if errors.Is(err, reason) {
			return reason
		}
	}
	return err
}

// renderCart sends the cart page with what is left of everything in it.
func (s *Server) renderCart(v *visit, c cart.Cart, messages ...view.Message) error {
	return s.renderCartWith(v, c, nil, messages...)
}

// renderCartWith sends it with what was brought from another shop's cart; nil without.
func (s *Server) renderCartWith(v *visit, c cart.Cart, brought *view.Brought, messages ...view.Message) error {
	s.Stock.Read()
	place := s.Board.Warehouse(v.edition.Market.Warehouse)
	available := func(sku *catalog.SKU) int { return s.Board.Available(live.Stock{sku.Slot}, place) }
	return s.sendOwn(v, s.site(v).Cart(v.snap, v.edition, s.door(v), c, view.Along{Lines: s.copyOf(c), Brought: brought}, available, messages...), c.Count())
}

// sendOwn sends a page that is made for one visitor, with live stock in it and the badge of his cart.
func (s *Server) sendOwn(v *visit, own templ.Component, badge int) error {
	pressed, err := s.Press.Press(context.Background(), own)
	if err != nil {
		return fmt.Errorf("make the page %s: %w", v.node.Page.Kind, err)
	}
	asOf, stale := s.Stock.Read()
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	r := reading{asOf, stale}.of(s.Board, v.edition.Market.Warehouse)
	r.Badge = badge
	var filled piece.Filled
	filled.Fill(pressed, r)
	return s.write(v.Ctx, &filled, accepted(v.Get(fiber.HeaderAcceptEncoding), "gzip"))
}

// The header by which the script of the buy form asks for a fragment, and by which it knows that it got one and
// not a page: without it the script would send the form anew, and the wine would be added twice.
const (
	fragmentHeader = "X-Fragment"
	addedFragment  = "added"
)

func wantsFragment(v *visit) bool { return v.Get(fragmentHeader) == addedFragment }

// added answers the script of the buy form with a fragment.
func (s *Server) added(v *visit, c cart.Cart, e edit, problem string) error {
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	v.Set(fragmentHeader, addedFragment)
	return s.render(v.Ctx, s.Site.Added(v.snap, v.edition, c, e.sku, e.quantity, problem))
}

// sameOrigin says that a post was made by a page of this host. Sister shops are same-site in production,
// so same-site is not enough. A browser without Sec-Fetch-Site is judged by Origin; a client that sends
// neither is no browser and carries no cookies that it was not given.
func sameOrigin(c *fiber.Ctx) bool {
	switch site := c.Get("Sec-Fetch-Site"); site {
	case "same-origin":
		return true
	case "", "none":
		origin := c.Get(fiber.HeaderOrigin)
		if origin == "" {
			return true
		}
		_, host, _ := strings.Cut(origin, "://")
		return strings.EqualFold(host, string(c.Request().Host()))
	default:
		return false
	}
}
