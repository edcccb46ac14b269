package checkout

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"caveau/store/cart"
	"caveau/store/catalog"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/order"
)

// Item is a line of a cart that the market sells.
type Item struct {
	SKU      *catalog.SKU
	Price    catalog.Price
	Quantity int
	Title    string // what it is, in the shopper's language
	Wish     cart.Wish
}

// Question is a cart on its way to a place, on a day.
type Question struct {
	Market      *market.Market
	Destination law.Destination
	On          time.Time
	Items       []Item
	Delivery    string // what the line of the parcel is called
	Together    bool   // what is in stock waits for what is sold en primeur; means nothing where there are not both
	InBond      bool   // to an account in a bonded warehouse; every item has to be one that law.Rules.MayBond allows
}

// Mixed says that some wine can leave now and some later, so that there is a choice.
func (q Question) Mixed() bool {
	some := map[bool]bool{}
	for _, item := range q.Items {
		some[item.SKU.SaleType == catalog.Primeur] = true
	}
	return len(some) == 2 && !q.InBond
}

// Quote is what the order would say.
type Quote struct {
	Lines  []order.Line
	Sums   order.Sums
	Door   law.Door
	Other  law.Door    // of a mixed order: what the other choice of parcels would be
	Ask    []law.Asked // what the buyer has to declare, each once
	Block  []law.Block // why it may not be sold; then there are no lines
	Button string      // the message key of the order button
	Exempt string      // the message key of why a primeur cannot be withdrawn from, said beside each line whose Promise says that it was told

	Parcels order.Parcels // the choice that it is made for, where there is one
}

// ItemError says which item has no answer.
type ItemError struct {
	Item Item
	Err  error // a *law.Refusal
}

func (e *ItemError) Error() string { return e.Item.SKU.Code + ": " + e.Err.Error() }

// Unwrap gives the refusal.
func (e *ItemError) Unwrap() error { return e.Err }

// ItemErrors are all items that have no answer, so that a shopper mends them in one go.
type ItemErrors []*ItemError

func (e ItemErrors) Error() string {
	var list []string
	for _, item := range e {
		list = append(list, item.Error())
	}
	return strings.Join(list, "; ")
}

// Unwrap gives each of them.
func (e ItemErrors) Unwrap() []error {
	var list []error
	for _, item := range e {
		list = append(list, item)
	}
	return list
}

// ErrEmpty says that there is nothing to order.
var ErrEmpty = errors.New("nothing to order")

// Quote asks the rules. A *law.Refusal is about the place; ItemErrors are about items.
func (q Question) Quote(rules *law.Rules) (Quote, error) {
	if len(q.Items) == 0 {
		return Quote{}, ErrEmpty
	}
	var out Quote
	promises := make([]order.Promise, len(q.Items))
	var unanswered ItemErrors
	for i, item := range q.Items {
		answer, err := rules.Ask(law.Question{Market: q.Market, SKU: Facts(item.SKU, item.Price), Destination: q.Destination, On: q.On, InBond: q.InBond})
		if code, refused := law.Refused(err); refused && !placeless[code] {
			unanswered = append(unanswered, &ItemError{item, err})
			continue
		}
		if err != nil {
			return Quote{}, err
		}
		out.note(answer)
		promises[i] = item.promise(answer)
	}
	if len(unanswered) > 0 {
		return out, unanswered
	}
	if len(out.Block) > 0 {
		return out, nil
	}
	if err := out.price(q, rules); err != nil {
		return out, err
	}
	for i := range promises {
		out.Lines[i].Promise = promises[i]
	}
	return out, nil
}

// placeless are the refusals that say nothing of an item.
var placeless = map[law.Code]bool{
	law.UnknownCountry: true, law.StateNeeded: true, law.UnknownState: true, law.NoDate: true, law.NotDelivered: true, law.TooMuch: true,
}

// note keeps each declaration and each block once.
func (out *Quote) note(a law.Answer) {
	out.Button = a.Button
	if a.Withdrawal.Exempt {
		out.Exempt = a.Withdrawal.Message()
	}
	for _, asked := range a.Ask {
		if !out.asks(asked.ID) {
			out.Ask = append(out.Ask, asked)
		}
	}
	if len(out.Block) == 0 {
		out.Block = a.Block
	}
}

func (out *Quote) asks(id string) bool {
	for _, asked := range out.Ask {
		if asked.ID == id {
			return true
		}
	}
	return false
}

// price turns the price at the door into the order's lines.
func (out *Quote) price(q Question, rules *law.Rules) (err error) {
	o := law.Order{Market: q.Market, Destination: q.Destination, On: q.On, InBond: q.InBond, Together: q.Together && q.Mixed()}
	for _, item := range q.Items {
		o.Lines = append(o.Lines, law.Line{SKU: Facts(item.SKU, item.Price), Quantity: item.Quantity})
	}
	if out.Door, err = rules.Door(o); err != nil {
		return err
	}
	if err = out.choose(o, q, rules); err != nil {
		return err
	}
	net, tax := out.Door.Net, out.Door.Tax
	for i, item := range q.Items {
		line := item.line(out.Door.Lines[i], q.Destination.Country == q.Market.Country)
		out.Lines = append(out.Lines, line)
		net.Minor -= line.Net.Minor
		tax.Minor -= line.Tax.Minor
	}
	parcel := order.Line{Kind: order.Delivery, Title: q.Delivery, Quantity: 1, Unit: net, Net: net, Tax: tax}
	if out.Door.Delivery.Zone != "" || parcel.Gross().Minor != 0 {
		out.Lines = append(out.Lines, parcel)
	}
	if out.Sums, err = order.Sum(out.Lines, q.Market.Currency); err != nil {
		return fmt.Errorf("add up an order: %w", err)
	}
	if out.Sums.Total != out.Door.Gross {
		return fmt.Errorf("an order of %s for a price at the door of %s", out.Sums.Total, out.Door.Gross)
	}
	return nil
}

// choose prices the other choice of parcels too, where there is one.
func (out *Quote) choose(o law.Order, q Question, rules *law.Rules) (err error) {
	if !q.Mixed() {
		return nil
	}
	out.Parcels = order.Split
	if o.Together {
		out.Parcels = order.Together
	}
	o.Together = !o.Together
	out.Other, err = rules.Door(o)
	return err
}

// line of an item, of which the price at the door is known. What it leaves of net and tax is the parcel's.
func (i Item) line(c law.Charged, home bool) order.Line {
	sum := i.Price.Times(int64(i.Quantity))
	line := order.Line{
		Kind: order.Wine, SKU: i.SKU.Code, SaleType: string(i.SKU.SaleType), Title: i.Title, Quantity: i.Quantity,
		Unit: i.Price.Amount, Net: sum, Tax: money.Of(0, sum.Currency), Wish: i.Wish, Rest: rest(c.Due),
	}
	switch {
	case c.Terms == law.Later:
		line.Terms = order.Later
	case c.Terms == law.OnArrival:
		line.Terms, line.Net = order.OnArrival, amount(c, law.PartGoods, law.PartRounding)
	case c.Terms == law.Bonded:
		line.Terms, line.Net = order.InBond, amount(c, law.PartGoods, law.PartRounding)
	case !home:
		line.Terms, line.Net = order.Abroad, amount(c, law.PartGoods, law.PartRounding)
		line.Tax.Minor = c.Tax.Minor - carriageTax(c)
	case i.Price.Basis == market.Incl:
		line.Net = amount(c, law.PartGoods)
		line.Tax.Minor = sum.Minor - line.Net.Minor
	default:
		line.Tax = amount(c, law.PartSalesTax)
	}
	return line
}

// promise is what the order keeps of a primeur. That nothing can be withdrawn from it is told where it is so: the page of the checkout
// says it beside the line.
func (i Item) promise(a law.Answer) order.Promise {
	if i.SKU.SaleType != catalog.Primeur {
		return order.Promise{}
	}
	p := order.Promise{PriceAgreed: true, MarketValue: true, Told: a.Withdrawal.Exempt}
	if !i.SKU.Delivery.IsZero() {
		p.Delivery = i.SKU.Delivery.Format(time.DateOnly)
	}
	return p
}

// amount of some parts of a line.
func amount(c law.Charged, parts ...law.Part) money.Amount {
	sum := money.Of(0, c.Gross.Currency)
	for _, item := range c.Items {
		if slices.Contains(parts, item.Part) {
			sum.Minor += item.Amount.Minor
		}
	}
	return sum
}

// carriageTax is what the VAT of a line has to do with its carriage.
func carriageTax(c law.Charged) int64 {
	for _, item := range c.Items {
		if item.Part == law.PartVAT && item.Base.Minor > 0 {
			return item.Amount.Per(item.Base.Minor, amount(c, law.PartDelivery).Minor).Minor
		}
	}
	return 0
}

// rest is what the buyer is told of a line's rest. What has no rate is not told as nought.
func rest(d *law.Due) order.Rest {
	switch {
	case d == nil, d.When == "": // in bond: due on whatever day it leaves
		return order.Rest{}
	case len(d.Missing) > 0:
		return order.Rest{On: string(d.When)}
	default:
		return order.Rest{On: string(d.When), Amount: d.Gross}
	}
}

// Facts of a SKU at a price that the rules ask for.
func Facts(s *catalog.SKU, price catalog.Price) law.SKU {
	v := s.Vintage
	facts := law.SKU{
		Volume: s.Volume, Bottles: s.Pack, Strength: v.Strength, Style: style(v.Wine.Style), Vintage: v.Year,
		Sale: law.Stock, Price: price.Amount, Basis: price.Basis,
	}
	if s.SaleType == catalog.Primeur {
		facts.Sale, facts.Delivery = law.Primeur, s.Delivery
	}
	return facts
}

// style as the tax office sees it: sweet wine is still wine.
func style(s catalog.Style) law.Style {
	switch s {
	case catalog.Sparkling:
		return law.Sparkling
	case catalog.Fortified:
		return law.Fortified
	default:
		return law.Still
	}
}
