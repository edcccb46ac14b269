package checkout

import (
	"errors"
	"fmt"
	"time"

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
}

// Question is a cart on its way to a place, on a day.
type Question struct {
	Market      *market.Market
	Destination law.Destination
	On          time.Time
	Items       []Item
	Delivery    string // what the line of the parcel is called
	InBond      bool   // to an account in a bonded warehouse; every item has to be one that law.Rules.MayBond allows
}

// Quote is what the order would say.
type Quote struct {
	Lines  []order.Line
	Sums   order.Sums
	Door   law.Door
	Ask    []law.Asked // what the buyer has to declare, each once
	Block  []law.Block // why it may not be sold; then there are no lines
	Button string      // the message key of the order button
}

// ItemError says which item has no answer.
type ItemError struct {
	Item Item
	Err  error // a *law.Refusal
}

func (e *ItemError) Error() string { return e.Item.SKU.Code + ": " + e.Err.Error() }

// Unwrap gives the refusal.
func (e *ItemError) Unwrap() error { return e.Err }

// ErrEmpty says that there is nothing to order.
var ErrEmpty = errors.New("nothing to order")

// Quote asks the rules. A *law.Refusal is about the place; an *ItemError about an item.
func (q Question) Quote(rules *law.Rules) (Quote, error) {
	if len(q.Items) == 0 {
		return Quote{}, ErrEmpty
	}
	var out Quote
	for _, item := range q.Items {
		answer, err := rules.Ask(law.Question{Market: q.Market, SKU: Facts(item.SKU, item.Price), Destination: q.Destination, On: q.On, InBond: q.InBond})
		if code, refused := law.Refused(err); refused && !placeless[code] {
			return Quote{}, &ItemError{item, err}
		}
		if err != nil {
			return Quote{}, err
		}
		out.note(answer)
	}
	if len(out.Block) > 0 {
		return out, nil
	}
	return out, out.price(q, rules)
}

// placeless are the refusals that say nothing of an item.
var placeless = map[law.Code]bool{
	law.UnknownCountry: true, law.StateNeeded: true, law.UnknownState: true, law.NoDate: true, law.NotDelivered: true, law.TooMuch: true,
}

// note keeps each declaration and each block once.
func (out *Quote) note(a law.Answer) {
	out.Button = a.Button
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
	o := law.Order{Market: q.Market, Destination: q.Destination, On: q.On, InBond: q.InBond}
	for _, item := range q.Items {
		o.Lines = append(o.Lines, law.Line{SKU: Facts(item.SKU, item.Price), Quantity: item.Quantity})
	}
	if out.Door, err = rules.Door(o); err != nil {
		return err
	}
	rest := out.Door.Tax
	for i, item := range q.Items {
		line := item.line(out.Door.Lines[i])
		out.Lines = append(out.Lines, line)
		rest.Minor -= line.Tax.Minor
	}
	if parcel := out.parcel(q, rest); out.Door.Delivery.Zone != "" || parcel.Gross().Minor != 0 {
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

// parcel is the line of what carriage costs, with the tax that no wine bears.
func (out *Quote) parcel(q Question, tax money.Amount) order.Line {
	net := money.Of(0, q.Market.Currency)
	for _, item := range out.Door.Items {
		if item.Part == law.PartDelivery || item.Part == law.PartRounding {
			net.Minor += item.Amount.Minor
		}
	}
	return order.Line{Kind: order.Delivery, Title: q.Delivery, Quantity: 1, Unit: net, Net: net, Tax: tax}
}

// line of an item, of which the price at the door is known.
func (i Item) line(c law.Charged) order.Line {
	sum := i.Price.Times(int64(i.Quantity))
	line := order.Line{
		Kind: order.Wine, SKU: i.SKU.Code, SaleType: string(i.SKU.SaleType), Title: i.Title, Quantity: i.Quantity,
		Unit: i.Price.Amount, Net: sum, Tax: money.Of(0, sum.Currency),
	}
	for _, item := range c.Items {
		switch {
		case item.Part == law.PartGoods && i.Price.Basis == market.Incl:
			line.Net = item.Amount
			if c.Terms == law.Bonded {
				line.Unit = item.Amount.Per(int64(i.Quantity), 1)
				continue
			}
			line.Tax.Minor = sum.Minor - item.Amount.Minor
		case item.Part == law.PartSalesTax:
			line.Tax = item.Amount
		}
	}
	return line
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
