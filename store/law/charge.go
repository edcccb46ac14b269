package law

import (
	"caveau/store/market"
	"caveau/store/money"
)

// bare is the list price of a line, taken apart by the taxes of the market's own country.
type bare struct {
	net                  int64
	excise, customs, vat int64
	taxed                bool // the taxes are in the list price, and the parts add up to it; else they are still to be found
}

// strip takes the taxes of the market's own country out of a list price that contains them. What the others leave is
// the net price, so that a price shown at home never moves by a cent.
func (c calculation) strip(l Line) (bare, error) {
	price := l.SKU.Price.Minor * int64(l.Quantity)
	if l.SKU.Basis != market.Incl {
		return bare{net: price}, nil
	}
	home, err := c.rates(c.order.Market, l.SKU, place{country: c.order.Market.Country}, c.on)
	if err != nil {
		return bare{}, err
	}
	if len(home.missing) > 0 {
		return bare{}, refuse(NoRate, c.order.Market.Country+" has no rate for "+home.missing[0])
	}
	b := bare{taxed: true, vat: percentIn(price, home.vat.number), excise: home.duty(l.SKU, l.SKU.millilitres()*int64(l.Quantity))}
	b.net = price - b.vat - b.excise
	if home.customs != nil {
		b.customs = percentIn(b.net, home.customs.number)
		b.net -= b.customs
	}
	if b.net <= 0 {
		return bare{}, refuse(BadPrice, l.SKU.Price.String()+" is less than its own taxes")
	}
	return b, nil
}

// charge prices one line with its share of the delivery.
func (c calculation) charge(l Line, s share) (Charged, error) {
	b, err := c.strip(l)
	if err != nil {
		return Charged{}, err
	}
	currency := c.order.Market.Currency
	goods := Item{Part: PartGoods, Amount: money.Of(b.net, currency)}
	switch {
	case c.order.InBond:
		return c.later(Bonded, goods, l, s), nil
	case l.SKU.Sale == Primeur:
		return c.later(Later, goods, l, s), nil
	}
	carriage, carrier := s.now()
	delivery := Item{Part: PartDelivery, Amount: money.Of(carriage, currency), Rules: carrier}
	x, err := c.rates(c.order.Market, l.SKU, c.place, c.on)
	if err != nil {
		return Charged{}, err
	}
	out := Charged{Terms: DutyPaid}
	items := []Item{goods}
	if len(x.missing) > 0 {
		out.Terms, out.Missing = OnArrival, x.missing
		items = append(items, delivery)
	} else {
		items = append(items, c.taxed(x, l, c.atHome(b, l), delivery)...)
	}
	out.Sum = c.coin(total(currency, items))
	if s.later {
		out.Due = c.waits(l, s)
	}
	return out, nil
}

// atHome gives the taxes of the list price where the wine stays in the market's country; else only the net price,
// and the taxes are the destination's.
func (c calculation) atHome(b bare, l Line) bare {
	if c.place.country == c.order.Market.Country && l.SKU.Basis == market.Incl {
		return b
	}
	return bare{net: b.net}
}

// taxed are the items after the goods: duty, delivery, and the tax on all of it.
func (c calculation) taxed(x rates, l Line, b bare, delivery Item) []Item {
	currency := c.order.Market.Currency
	volume := l.SKU.millilitres() * int64(l.Quantity)
	if !b.taxed {
		b.excise = x.duty(l.SKU, volume)
		if x.customs != nil {
			b.customs = percentOf(b.net, x.customs.number)
		}
	}
	var exchange []Row
	for _, rate := range x.exchange {
		exchange = append(exchange, rate.Row)
	}
	items := []Item{{Part: PartExcise, Amount: money.Of(b.excise, currency), Millilitres: volume, Rules: append([]Row{x.excise.Row}, exchange...)}}
	if x.customs != nil {
		items = append(items, Item{Part: PartCustoms, Amount: money.Of(b.customs, currency), Base: money.Of(b.net, currency), Rules: []Row{x.customs.Row}})
	}
	items = append(items, delivery)
	if x.sales != nil {
		return append(items, salesTax(x.sales, b.net, delivery.Amount))
	}
	return append(items, vat(x.vat, b, delivery.Amount))
}

// vat is taken of goods and duty, which a list price may already contain, and of the delivery.
func vat(rate *rule, b bare, delivery money.Amount) Item {
	base := b.net + b.excise + b.customs
	if !b.taxed {
		b.vat = percentOf(base, rate.number)
	}
	tax := b.vat + percentOf(delivery.Minor, rate.number)
	return Item{Part: PartVAT, Amount: money.Of(tax, delivery.Currency), Base: money.Of(base+delivery.Minor, delivery.Currency), Rules: []Row{rate.Row}}
}

// salesTax is taken of the goods, in some states of the delivery too.
func salesTax(rate *rule, net int64, delivery money.Amount) Item {
	if rate.Condition == taxWithDelivery {
		net += delivery.Minor
	}
	return Item{Part: PartSalesTax, Amount: money.Of(percentOf(net, rate.number), delivery.Currency),
		Base: money.Of(net, delivery.Currency), Rules: []Row{rate.Row}}
}

// coin rounds a sum to the market's smallest coin; the difference is an item.
func (c calculation) coin(s Sum) Sum {
	rule, ok := c.one(Rounding, c.order.Market.Code, c.on)
	if !ok {
		return s
	}
	rounded := s.Gross.RoundTo(minorOf(rule.number))
	if rounded == s.Gross {
		return s
	}
	difference := money.Of(rounded.Minor-s.Gross.Minor, s.Gross.Currency)
	return total(s.Gross.Currency, append(s.Items, Item{Part: PartRounding, Amount: difference, Rules: []Row{rule.Row}}))
}

// later charges the goods alone and says what will be due. What cannot be known yet is named, never guessed.
func (c calculation) later(terms Terms, goods Item, l Line, s share) Charged {
	out := Charged{Terms: terms, Sum: c.coin(total(goods.Amount.Currency, []Item{goods})), Due: &Due{When: s.when}}
	rateDay := c.on
	if s.when != "" {
		rateDay = s.when
	}
	out.Due.Sum, out.Due.Missing = c.due(l, goods.Amount, s, rateDay)
	return out
}

// due is what a line pays later: duty and tax, and for a primeur its delivery.
func (c calculation) due(l Line, goods money.Amount, s share, on Day) (Sum, []string) {
	nothing := total(goods.Currency, nil)
	x, err := c.rates(c.order.Market, l.SKU, c.place, on)
	switch {
	case err != nil:
		return nothing, []string{missingStrength}
	case len(x.missing) > 0:
		return nothing, x.missing
	case s.unpriced:
		return nothing, []string{missingDelivery}
	}
	delivery := Item{Part: PartDelivery, Amount: money.Of(s.minor, goods.Currency), Rules: s.rules}
	return c.coin(total(goods.Currency, c.taxed(x, l, bare{net: goods.Minor}, delivery))), nil
}

// waits is what a line that is in stock pays later because it waits for a later parcel: its carriage, and the tax on that.
func (c calculation) waits(l Line, s share) *Due {
	currency := c.order.Market.Currency
	out := &Due{When: s.when, Sum: total(currency, nil)}
	x, err := c.rates(c.order.Market, l.SKU, c.place, s.when)
	switch {
	case s.unpriced:
		out.Missing = []string{missingDelivery}
		return out
	case err != nil:
		out.Missing = []string{missingStrength}
	default:
		out.Missing = x.missing
	}
	delivery := Item{Part: PartDelivery, Amount: money.Of(s.minor, currency), Rules: s.rules}
	items := []Item{delivery}
	switch {
	case len(out.Missing) > 0:
	case x.sales != nil:
		items = append(items, salesTax(x.sales, 0, delivery.Amount))
	default:
		items = append(items, vat(x.vat, bare{}, delivery.Amount))
	}
	out.Sum = c.coin(total(currency, items))
	return out
}
