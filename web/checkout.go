package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bojanz/address"
	"github.com/gofiber/fiber/v2"

	"caveau/store/checkout"
	"caveau/store/customer"
	"caveau/store/law"
	"caveau/store/order"
	"caveau/web/view"
)

// Orders places orders and shows them. Place is one transaction: the same request again gets the same order. Its errors are
// those of package order; any other means that nothing is known of the database.
type Orders interface {
	Place(ctx context.Context, r order.Request) (order.Placed, error)
	Outcome(ctx context.Context, key order.Key) (order.Placed, error)
	Status(ctx context.Context, number order.Number, key order.Key, position string) (order.Order, error)
	Show(ctx context.Context, number order.Number) (order.Order, error)
}

// Rules are the rules of law that hold now; nil before they were read for the first time.
type Rules interface{ Rules() *law.Rules }

// orderBudget is what placing or reading an order may take: a few tries of one second.
const orderBudget = 5 * time.Second

// checkout answers for the page on which a cart becomes an order.
func (s *Server) checkout(v *visit) error {
	switch {
	case v.Method() == fiber.MethodPost:
		return s.placeOrder(v)
	case isRead(v.Ctx):
		return s.showCheckout(v)
	default:
		return notAllowed(v.Ctx, readAndWrite)
	}
}

// showCheckout is the empty form, with a key of its own. Without a cart there is nothing to check out.
func (s *Server) showCheckout(v *visit) error {
	items := s.Site.Items(v.snap, v.edition, s.newest(s.holder(v)))
	if len(items) == 0 {
		return s.toCart(v, "")
	}
	f, err := s.newForm(v)
	if err != nil {
		return err
	}
	f.Method = order.Redirect
	buyer, _ := s.buyer(v) // where nobody can say, the form is a guest's
	s.bookOf(buyer, &f)
	s.prefill(buyer, &f)
	q, problems := s.quote(v, f, items)
	return s.renderCheckout(v, f, items, q, problems)
}

// prefill puts in what the account of who is logged in knows; 0 is nobody. A shopper whose account is away fills the form in by hand.
func (s *Server) prefill(buyer customer.ID, f *view.Form) {
	if buyer == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	a, err := s.Folders.Account(ctx, buyer)
	if err != nil {
		return
	}
	f.Email, f.Phone, f.Address.Recipient = string(a.Email), a.Phone, a.Name
	for _, kept := range f.Book {
		if kept.Country == f.Address.Country {
			f.Address, f.Saved = kept.Address, strconv.FormatUint(kept.ID, 10)
			return
		}
	}
}

// buyer is the account that an order belongs to; none for a guest. Where nobody can say who is logged in the order waits: it would
// belong to nobody.
func (s *Server) buyer(v *visit) (customer.ID, error) {
	if !v.member {
		return 0, nil
	}
	found, err := s.session(v)
	if errors.Is(err, customer.ErrNoSession) {
		return 0, nil
	}
	return found.Customer, err
}

func (s *Server) newForm(v *visit) (view.Form, error) {
	key, err := order.NewKey(rand.Reader)
	home := order.Address{Country: v.edition.Market.Country}
	f := view.Form{Key: key, Address: home, Invoice: home}
	if door := s.door(v); door != nil { // what was chosen for the prices on all pages
		f.Address.Country, f.Address.Region, f.Address.Postcode, f.InBond = door.To.Country, door.To.State, door.To.Postcode, door.InBond
	}
	return f, err
}

// toCart leads to the cart, or to what lies below it.
func (s *Server) toCart(v *visit, below string) error {
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	return v.Redirect(s.Site.Path(v.snap, v.edition, v.node.Page)+below, fiber.StatusSeeOther)
}

// quote is the cart's price at the door, or why there is none.
func (s *Server) quote(v *visit, f view.Form, items []checkout.Item) (checkout.Quote, []view.Problem) {
	rules := s.Rules.Rules()
	if rules == nil {
		return checkout.Quote{}, s.problem(v, "checkout.busy")
	}
	to := view.Written(f.Address)
	q, err := checkout.Question{
		Market: v.edition.Market, Destination: law.Destination{Country: to.Country, State: to.Region, Postcode: strings.ToUpper(to.Postcode)},
		On: time.Now(), Items: items, Delivery: s.Site.Delivery(v.edition), Together: f.Together, InBond: f.InBond,
	}.Quote(rules)
	_, refused := law.Refused(err)
	switch {
	case refused:
		return checkout.Quote{}, s.Site.Unquoted(v.snap, v.edition, f, err)
	case err != nil:
		s.Logger.Error("checkout: no price at the door", "market", v.edition.Market.Code, "err", err)
		return checkout.Quote{}, s.problem(v, "checkout.busy")
	case len(q.Block) > 0:
		return q, s.Site.Blocked(v.snap, v.edition, f, q.Block)
	}
	return q, s.Site.OverAllotted(v.snap, v.edition, items)
}

// problem of no field, in words.
func (s *Server) problem(v *visit, key string) []view.Problem {
	return []view.Problem{{Text: s.Site.Words(v.edition, key)}}
}

func (s *Server) renderCheckout(v *visit, f view.Form, items []checkout.Item, q checkout.Quote, problems []view.Problem) error {
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	s.mayPay(v.Ctx)
	f.Cards = s.takesCards(q.Sums.Total.Minor)
	return s.render(v.Ctx, s.site(v).Checkout(v.snap, v.edition, f, s.countries(v), items, q, problems))
}

// countries that an address of delivery can be chosen in: all that the rules speak of, so that whoever lives where nothing is
// delivered is told why.
func (s *Server) countries(v *visit) []string {
	rules := s.Rules.Rules()
	if rules == nil {
		return nil
	}
	return rules.Known(law.DayOf(time.Now(), v.edition.Market.Zone))
}

// placeOrder reads the form and places the order, or shows the form again with what is wrong and all that was entered. A key
// that has placed its order leads there, also when the cart is gone since: the shopper went back, or sent it twice.
func (s *Server) placeOrder(v *visit) error {
	if !sameOrigin(v.Ctx) {
		return errForeign
	}
	f, err := s.readForm(v)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), orderBudget)
	defer cancel()
	items := s.Site.Items(v.snap, v.edition, s.newest(s.holder(v)))
	if len(items) == 0 {
		return s.earlier(ctx, v, f.Key)
	}
	member, _ := s.buyer(v) // likewise; who the order belongs to is asked when it is placed
	s.bookOf(member, &f)
	if v.FormValue("change") == view.SavedField {
		useSaved(&f)
	}
	q, problems := s.quote(v, f, items)
	if v.FormValue("change") != "" { // a choice that the rest of the form hangs on: it is shown anew, and nothing is said of what is missing
		f.Total = ""
		return s.renderCheckout(v, f, items, q, problems)
	}
	if f.Stale {
		problems = append(problems, s.problem(v, "checkout.stale")...)
	}
	problems = append(problems, s.check(v, f)...)
	if len(q.Lines) > 0 && f.Total != "" { // what has to be declared was shown with the total
		problems = append(problems, s.Site.Unconfirmed(v.edition, f, q)...)
	}
	seen := f.Total == strconv.FormatInt(q.Sums.Total.Minor, 10) && len(q.Lines) > 0
	if len(problems) == 0 && !seen && f.Total != "" {
		problems = s.problem(v, "checkout.changed")
	}
	if len(problems) > 0 {
		v.Status(fiber.StatusUnprocessableEntity)
	}
	if len(problems) > 0 || !seen {
		return s.renderCheckout(v, f, items, q, problems)
	}
	r := s.request(v, f, q)
	buyer, err := s.buyer(v)
	if err != nil {
		return s.notPlaced(v, f, items, q, err)
	}
	if buyer != 0 {
		r.Customer = buyer.String()
	}
	if wait := s.buys(v, r); wait > 0 {
		return s.renderCheckout(v, f, items, q, []view.Problem{s.later(v, wait)})
	}
	placed, err := s.Orders.Place(ctx, r)
	if err != nil {
		return s.notPlaced(v, f, items, q, err)
	}
	s.keepOrdered(ctx, buyer, f)
	if buyer != 0 {
		s.emptyOwn(buyer, s.holder(v))
	}
	forget(v)
	return s.pay(v, placed.Number, byKeyOf(placed.Number, f.Key))
}

// earlier leads to where the order that a key placed is paid, or stands; to the cart where it placed none.
func (s *Server) earlier(ctx context.Context, v *visit, key order.Key) error {
	placed, err := s.Orders.Outcome(ctx, key)
	if err != nil {
		return s.toCart(v, "")
	}
	return s.pay(v, placed.Number, byKeyOf(placed.Number, key))
}

func (s *Server) toOrder(v *visit, access url.Values, back view.CameBack) error {
	return s.toCart(v, orderQuery(access, back))
}

// notPlaced shows the form again, and why.
func (s *Server) notPlaced(v *visit, f view.Form, items []checkout.Item, q checkout.Quote, err error) error {
	var refusal *order.Refusal
	var problems []view.Problem
	status := fiber.StatusServiceUnavailable
	switch {
	case errors.As(err, &refusal):
		problems, status = s.Site.Refused(v.snap, v.edition, f, refusal), fiber.StatusConflict
	case errors.Is(err, order.ErrKeyReused):
		fresh, failed := s.newForm(v)
		if failed != nil {
			return failed
		}
		f.Key = fresh.Key
		problems, status = s.problem(v, "checkout.again"), fiber.StatusConflict
	case errors.Is(err, order.ErrInDoubt):
		s.Logger.Error("checkout: outcome unknown", "market", v.edition.Market.Code, "err", err)
		problems = s.problem(v, "checkout.doubt")
	default:
		s.Logger.Error("checkout: not placed", "market", v.edition.Market.Code, "err", err)
		problems = s.problem(v, "checkout.busy")
	}
	v.Status(status)
	return s.renderCheckout(v, f, items, q, problems)
}

// request is the order that form and quote make.
func (s *Server) request(v *visit, f view.Form, q checkout.Quote) order.Request {
	to := view.Written(f.Address)
	return order.Request{
		Key: f.Key, Market: v.edition.Market.Code, Locale: v.edition.Locale.Tag(), Warehouse: v.edition.Market.Warehouse,
		Contact:  order.Contact{Name: to.Recipient, Email: f.Email, Phone: f.Phone},
		Delivery: to, Invoice: f.InvoiceTo(), Method: s.method(f, q), Lines: q.Lines, Total: q.Sums.Total, Parcels: q.Parcels, Bond: f.Bond, Declared: declared(f, q),
	}
}

// method is how the shopper pays: as chosen, where that is offered.
func (s *Server) method(f view.Form, q checkout.Quote) order.Method {
	if f.Method == order.Redirect && s.takesCards(q.Sums.Total.Minor) {
		return order.Redirect
	}
	return order.Transfer
}

// declared are the declarations of a quote that were made, and the terms of sale.
func declared(f view.Form, q checkout.Quote) []string {
	var out []string
	for _, asked := range q.Ask {
		if slices.Contains(f.Agreed, asked.ID) {
			out = append(out, asked.ID)
		}
	}
	if slices.Contains(f.Agreed, view.TermsOfSale) {
		out = append(out, view.TermsOfSale)
	}
	return out
}

// readForm takes the fields as they are; a key that is none gives way to a new one, and nothing is ordered by it.
func (s *Server) readForm(v *visit) (view.Form, error) {
	f, err := s.newForm(v)
	if err != nil {
		return f, fmt.Errorf("read the checkout's form: %w", err)
	}
	if key, err := order.ParseKey(v.FormValue("key")); err == nil {
		f.Key = key
	} else {
		f.Stale = true
	}
	value := func(name string) string { return strings.TrimSpace(v.FormValue(name)) }
	f.Total, f.Email, f.Phone, f.Method = value("total"), value("email"), value("phone"), order.Method(value("method"))
	f.Saved = value(view.SavedField)
	f.Together = value("parcels") == string(order.Together)
	f.Agreed = ticked(v)
	f.Apart = value(view.InvoiceField) == view.InvoiceApart
	readAddress(&f.Address, "", value)
	readAddress(&f.Invoice, view.InvoicePrefix, value)
	if f.InBond = f.InBond && f.Address.Country == v.edition.Market.Country; f.InBond {
		f.Bond = value(order.BondField)
	}
	return f, nil
}

// nowhere is the code of a country that no rule knows and that is none.
const nowhere = "ZZ"

// readAddress takes all parts, those too that its country does not write: the shopper may go back to another one. Where no country
// was chosen it stays what it was.
func readAddress(a *order.Address, prefix string, value func(name string) string) {
	if country := value(prefix + view.CountryField); country != "" {
		a.Country = nowhere
		if address.CheckCountryCode(country) {
			a.Country = country
		}
	}
	for _, field := range view.AllAddressFields() {
		*field.Of(a) = value(prefix + field.Name())
	}
}

// maxTicks bounds the boxes of a form: more than the law will ever ask.
const maxTicks = 40

// ticked are the names of all boxes that are. What they mean is told by the quote: a declaration is a row of the rules' data, and a
// new one needs no code.
func ticked(v *visit) []string {
	var out []string
	for name, value := range v.Request().PostArgs().All() {
		if string(value) == "yes" && len(out) < maxTicks {
			out = append(out, string(name))
		}
	}
	return out
}

// check what was entered, field by field.
func (s *Server) check(v *visit, f view.Form) []view.Problem {
	var out []view.Problem
	wrong := func(field, key string) {
		out = append(out, view.Problem{Field: field, Text: s.Site.Words(v.edition, key, "field", s.Site.Label(v.edition, f, field))})
	}
	switch {
	case f.Email == "":
		wrong("email", "checkout.missing")
	case !isMail(f.Email):
		wrong("email", "checkout.bad_email")
	}
	if f.InBond && f.Bond == "" {
		wrong(order.BondField, "checkout.missing")
	}
	checkAddress(view.Written(f.Address), "", wrong)
	if f.Apart {
		checkAddress(view.Written(f.Invoice), view.InvoicePrefix, wrong)
	}
	return append(out, s.unusable(v, f, out)...)
}

// checkEntry of an account's book of addresses, by the rules of the checkout's.
func (s *Server) checkEntry(v *visit, f view.Form) []view.Problem {
	var out []view.Problem
	checkAddress(f.Address, "", func(field, key string) { out = append(out, s.about(v, field, key)) })
	f.Email = "x@example.com"
	return append(out, s.unusable(v, f, out)...)
}

// checkAddress by the rules of its country.
func checkAddress(a order.Address, prefix string, wrong func(field, key string)) {
	format := address.GetFormat(a.Country)
	for _, field := range view.AddressFields(a.Country) {
		value := *field.Of(&a)
		switch name := prefix + field.Name(); {
		case field.Required && value == "":
			wrong(name, "checkout.missing")
		case value == "":
		case field.Name() == "postcode" && !format.CheckPostalCode(strings.ToUpper(value)):
			wrong(name, "checkout.bad_postcode")
		case field.Name() == "region" && !format.CheckRegion(value):
			wrong(name, "checkout.missing")
		}
	}
}

// unusable are fields that no label takes, unless something is wrong with them already.
func (s *Server) unusable(v *visit, f view.Form, known []view.Problem) []view.Problem {
	var refusal *order.Refusal
	if !errors.As(s.request(v, f, checkout.Quote{}).Check(), &refusal) {
		return nil
	}
	var persons order.Refusal
	for _, p := range refusal.Problems {
		if strings.HasPrefix(p.Field, "contact.") || strings.HasPrefix(p.Field, "delivery.") || f.Apart && strings.HasPrefix(p.Field, "invoice.") {
			persons.Problems = append(persons.Problems, p)
		}
	}
	var out []view.Problem
	for _, p := range s.Site.Refused(v.snap, v.edition, f, &persons) {
		same := func(other view.Problem) bool { return other.Field == p.Field }
		if !slices.ContainsFunc(known, same) && !slices.ContainsFunc(out, same) {
			out = append(out, p)
		}
	}
	return out
}

// isMail says that an address looks like one that mail can be sent to.
func isMail(s string) bool {
	_, err := customer.ParseEmail(s)
	return err == nil
}
