package web

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"caveau/store/order"
	"caveau/store/payment"
	"caveau/web/view"
)

// Payments takes money on the page of a payment provider.
type Payments interface {
	// Begin is the address where an order is paid. order.ErrState: it waits for no card; payment.ErrLate: it is held no longer for
	// one; any other: there is no such address just now, and the order stays.
	Begin(ctx context.Context, number order.Number, words payment.Words) (string, error)
	// Notice takes a message of the provider's. payment.ErrForged; any other error wants it to come again.
	Notice(ctx context.Context, body []byte, signature string) error
	// Wake lets what was written down be done soon.
	Wake()
}

// Waiting is what can be done with an order that waits for money.
type Waiting interface {
	GiveUp(ctx context.Context, number order.Number) (order.Change, error)
	ByTransfer(ctx context.Context, number order.Number) (order.Change, error)
	ByCard(ctx context.Context, number order.Number) (order.Change, error)
}

// Cards is payment by redirect. nil: only bank transfer is offered.
type Cards struct {
	Payments
	Orders    Waiting
	Signature string   // header that a message's signature is in
	Pages     []string // origins that a form may lead to: "https://checkout.stripe.com"
}

// noticePath is where the provider sends its messages, on any host.
const noticePath = "/payment/notice"

// payBudget is what the provider may take while a shopper waits to be sent there.
const payBudget = 8 * time.Second

// takesCards says whether payment by redirect is offered for orders of a total.
func (s *Server) takesCards(minor int64) bool { return s.Cards != nil && minor <= payment.Most }

// pay sends the shopper of an order to the page where it is paid, or to the order, which says why not.
func (s *Server) pay(v *visit, number order.Number, access url.Values) error {
	if s.Cards == nil {
		return s.toOrder(v, access, view.CameBack(""))
	}
	ctx, cancel := context.WithTimeout(context.Background(), payBudget)
	defer cancel()
	address, err := s.Cards.Begin(ctx, number, s.payWords(v, number, access))
	switch {
	case err == nil:
		v.Set(fiber.HeaderCacheControl, visitorsOwn)
		v.Set("Referrer-Policy", "no-referrer")
		return v.Redirect(address, fiber.StatusSeeOther)
	case errors.Is(err, order.ErrState):
		return s.toOrder(v, access, view.CameBack(""))
	case errors.Is(err, payment.ErrLate):
		return s.toOrder(v, access, view.TooLate)
	}
	s.Logger.Error("payment: the shopper could not be sent to pay", "order", number, "err", err)
	return s.toOrder(v, access, view.ProviderAway)
}

// payWords are what the provider's page shows, and where it leads afterwards.
func (s *Server) payWords(v *visit, number order.Number, access url.Values) payment.Words {
	base := s.Site.URL(v.snap, v.edition, v.node.Page)
	return payment.Words{
		Title: s.Site.Words(v.edition, "status.title", "number", number),
		Paid:  base + orderQuery(access, view.CamePaid), Back: base + orderQuery(access, view.CameUnpaid),
	}
}

// byKeyOf is the query that opens an order by its key.
func byKeyOf(number order.Number, key order.Key) url.Values {
	return url.Values{"number": {string(number)}, "key": {key.String()}}
}

// orderQuery is what lies below the cart's address for an order.
func orderQuery(access url.Values, back view.CameBack) string {
	query := "/" + view.CartOrder + "?" + access.Encode()
	if back != "" {
		query += "&back=" + string(back)
	}
	return query
}

// changeOrder does what the shopper of an order that waits for money asks for.
func (s *Server) changeOrder(v *visit) error {
	if !sameOrigin(v.Ctx) {
		return errForeign
	}
	ctx, cancel := context.WithTimeout(context.Background(), orderBudget)
	defer cancel()
	found, access, err := s.opened(ctx, v)
	if err != nil {
		return err
	}
	do := v.FormValue("do")
	if do == view.PayNow {
		return s.pay(v, found.Number, access)
	}
	change := s.changes()[do]
	if change == nil {
		return errNotFound
	}
	if _, err := change(ctx, found.Number); err != nil && !errors.Is(err, order.ErrState) { // in another state the page says which
		return fmt.Errorf("change an order: %w", err)
	}
	if do == view.PayByCard {
		return s.pay(v, found.Number, access)
	}
	s.Cards.Wake()
	return s.toOrder(v, access, view.CameBack(""))
}

// changes by what the buttons ask for; none where only bank transfer is offered.
func (s *Server) changes() map[string]func(context.Context, order.Number) (order.Change, error) {
	if s.Cards == nil {
		return nil
	}
	return map[string]func(context.Context, order.Number) (order.Change, error){
		view.PayByTransfer: s.Cards.Orders.ByTransfer, view.PayByCard: s.Cards.Orders.ByCard, view.GiveUp: s.Cards.Orders.GiveUp,
	}
}

// mayPay lets the forms of a page lead to the provider's.
func (s *Server) mayPay(c *fiber.Ctx) {
	if s.Cards == nil {
		return
	}
	const own = "form-action 'self'"
	policy := string(security[0][1])
	c.Response().Header.Set(string(security[0][0]), strings.Replace(policy, own, own+" "+strings.Join(s.Cards.Pages, " "), 1))
}

// notice takes a message of the provider's. It is acknowledged when all that it means is committed; a failure lets it come again. What
// it says reaches no log.
func (s *Server) notice(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	switch {
	case s.Cards == nil:
		return c.SendStatus(fiber.StatusNotFound)
	case c.Method() != fiber.MethodPost:
		c.Set(fiber.HeaderAllow, writeOnly)
		return c.SendStatus(fiber.StatusMethodNotAllowed)
	}
	ctx, cancel := context.WithTimeout(context.Background(), orderBudget)
	defer cancel()
	err := s.Cards.Notice(ctx, c.Body(), c.Get(s.Cards.Signature))
	switch {
	case err == nil:
		return c.SendString("ok\n")
	case errors.Is(err, payment.ErrForged):
		s.Logger.Warn("payment: a message was refused", "err", err)
		return c.Status(fiber.StatusBadRequest).SendString("refused\n")
	}
	s.Logger.Warn("payment: a message has to come again", "err", err)
	return c.Status(fiber.StatusServiceUnavailable).SendString("later\n")
}
