package law

import (
	"fmt"
	"time"

	"caveau/store/market"
	"caveau/store/money"
)

// Order is what Door prices: one line for a page, all of them for a cart.
type Order struct {
	Market      *market.Market
	Destination Destination
	On          time.Time
	InBond      bool // the goods stay in the bonded warehouse; only where MayBond
	Together    bool // what is in stock waits for what is sold en primeur: one parcel instead of several
	Lines       []Line

	// Consignment, where it is more than the lines hold, is the parcel in millilitres of which they bear their share: for a
	// price that is shown before anybody knows what else will be in the parcel. 0: they are all of it.
	Consignment int
}

// Consignment is the parcel that prices on pages reckon with: twelve bottles of 75 cl.
const Consignment = 12 * 750

// Line is so many units of a SKU.
type Line struct {
	SKU      SKU
	Quantity int
}

// Part is what an item pays for.
type Part string

// The parts.
const (
	PartGoods    Part = "goods"     // without duty and tax
	PartExcise   Part = "excise"    // by volume or by pure alcohol
	PartCustoms  Part = "customs"   // at a border
	PartDelivery Part = "delivery"  // without tax
	PartVAT      Part = "vat"       // on goods, duty and delivery
	PartSalesTax Part = "sales_tax" // of a state of the US
	PartRounding Part = "rounding"  // to the smallest coin; may be below nought
)

// taxes says which parts go to the state.
var taxes = map[Part]bool{PartExcise: true, PartCustoms: true, PartVAT: true, PartSalesTax: true}

// Item is a line of the breakdown.
type Item struct {
	Part        Part
	Amount      money.Amount
	Base        money.Amount // what a rate in per cent was taken of
	Millilitres int64        // what an excise was taken of
	Rules       []Row        // the rate, then the exchange rates; none for goods
}

// Message is the key of its words.
func (i Item) Message() string { return "law.part." + string(i.Part) }

// Sum is a breakdown and its totals.
type Sum struct {
	Items           []Item
	Net, Tax, Gross money.Amount // Net: goods, delivery, rounding. Tax: the rest. Gross: both, and the sum of Items
	Status          Status       // of its weakest rule
}

// Charged is a line of the order with its prices.
type Charged struct {
	Sum
	Terms   Terms
	Missing []string // OnArrival: what has no rate with a source
	Due     *Due     // InBond, Later, and what waits for a later parcel: what is paid later, not in Gross
}

// Due is what a line pays later, at the rates that are known for that day today.
type Due struct {
	Sum
	When    Day      // empty: when the goods leave the bonded warehouse
	Missing []string // what has no rate: then Items are incomplete
}

// Door is the price at the door.
type Door struct {
	Sum      // over all lines
	Lines    []Charged
	Terms    Terms    // of the lines, where they agree; empty in a mixed order
	Delivery Delivery // of what leaves now; zero where nothing does
	Parcels  []Parcel // what leaves when: now, then later ones by their days
	Later    []Due    // what all lines pay later, by the days on which it falls due
}

// Door prices an order at the door of its destination. Refused where Ask would block it.
func (r *Rules) Door(o Order) (Door, error) {
	if err := o.check(); err != nil {
		return Door{}, err
	}
	on := DayOf(o.On, o.Market.Zone)
	for _, l := range o.Lines {
		if _, may := r.MayBond(o.Market, l.SKU.Sale, on); o.InBond && !may {
			return Door{}, refuse(NoBond, o.Market.Code+" sells no "+string(l.SKU.Sale)+" in bond")
		}
	}
	p, err := r.place(o.Market, o.Destination, on)
	if err != nil {
		return Door{}, err
	}
	if p.block != nil {
		return Door{}, refuse(NotDelivered, p.country+": "+p.block.Reason)
	}
	c := calculation{Rules: r, order: o, place: p, on: on}
	return c.door()
}

func (o Order) check() error {
	if o.On.IsZero() {
		return refuse(NoDate, "the order has no day")
	}
	if len(o.Lines) == 0 {
		return refuse(BadQuantity, "no lines")
	}
	for _, l := range o.Lines {
		if l.Quantity < 1 || l.Quantity > MaxQuantity {
			return refuse(BadQuantity, fmt.Sprintf("%d units", l.Quantity))
		}
		if err := l.SKU.check(o.Market); err != nil {
			return err
		}
	}
	return nil
}

// calculation is an order on its way to its prices.
type calculation struct {
	*Rules
	order Order
	place place
	on    Day
}

func (c calculation) door() (Door, error) {
	out := Door{}
	shares, err := c.parcels(&out)
	if err != nil {
		return Door{}, err
	}
	for i, line := range c.order.Lines {
		charged, err := c.charge(line, shares[i])
		if err != nil {
			return Door{}, fmt.Errorf("line %d: %w", i+1, err)
		}
		out.Lines = append(out.Lines, charged)
	}
	out.Terms = out.Lines[0].Terms
	sums := make([]Sum, 0, len(out.Lines))
	for _, line := range out.Lines {
		sums = append(sums, line.Sum)
		if line.Terms != out.Terms {
			out.Terms = ""
		}
	}
	out.Sum, out.Later = add(c.order.Market.Currency, sums), c.dueLater(out.Lines)
	return out, nil
}

// add joins the items of several sums by part and rule.
func add(currency money.Currency, sums []Sum) Sum {
	if len(sums) == 1 {
		return sums[0] // of one line: each part once
	}
	out := Sum{Net: money.Of(0, currency), Tax: money.Of(0, currency), Gross: money.Of(0, currency), Status: Official}
	place := map[string]int{}
	for _, s := range sums {
		for _, item := range s.Items {
			id := string(item.Part)
			if len(item.Rules) > 0 {
				id += " " + item.Rules[0].ID()
			}
			at, known := place[id]
			if !known {
				place[id] = len(out.Items)
				out.Items = append(out.Items, item)
				continue
			}
			out.Items[at].Amount.Minor += item.Amount.Minor
			out.Items[at].Base.Minor += item.Base.Minor
			out.Items[at].Millilitres += item.Millilitres
		}
		out.Status = weaker(out.Status, s.Status)
		out.Net.Minor += s.Net.Minor
		out.Tax.Minor += s.Tax.Minor
		out.Gross.Minor += s.Gross.Minor
	}
	return out
}

// total makes a Sum of items.
func total(currency money.Currency, items []Item) Sum {
	s := Sum{Items: items, Net: money.Of(0, currency), Tax: money.Of(0, currency), Status: Official}
	for _, item := range items {
		if taxes[item.Part] {
			s.Tax.Minor += item.Amount.Minor
		} else {
			s.Net.Minor += item.Amount.Minor
		}
		for _, rule := range item.Rules {
			s.Status = weaker(s.Status, rule.Status)
		}
	}
	s.Gross = money.Of(s.Net.Minor+s.Tax.Minor, currency)
	return s
}
