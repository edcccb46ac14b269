package view

import (
	"strconv"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/money"
)

// offer is a SKU with its price in the market.
type offer struct {
	sku   *catalog.SKU
	price catalog.Price // as the page shows it
	door  *atDoor       // nil on a page without a door
}

// offers of a vintage: what the market has a price for, in the catalogue's order.
func (ed *edition) offers(v *catalog.Vintage) []offer {
	out := make([]offer, 0, len(v.SKUs))
	for _, sku := range v.SKUs {
		if price, ok := sku.Price(ed.Market); ok {
			out = append(out, offer{sku: sku, price: price})
		}
	}
	return out
}

// slots of offers on the stock board.
func slots(offers []offer) []uint32 {
	out := make([]uint32, len(offers))
	for i, o := range offers {
		out[i] = o.sku.Slot
	}
	return out
}

// cheapest of some offers; the first of equals.
func cheapest(offers []offer) offer {
	best := offers[0]
	for _, o := range offers[1:] {
		if o.price.Minor < best.price.Minor {
			best = o
		}
	}
	return best
}

func (ed *edition) money(a money.Amount) string {
	return ed.p.MoneyShort(a.Minor, string(a.Currency))
}

// from is the price of the cheapest of several, or of the only one.
func (ed *edition) from(offers []offer) string {
	price := ed.money(cheapest(offers).price.Amount)
	if len(offers) == 1 {
		return price
	}
	return ed.p.T("offer.from", "price", price)
}

// basis says what a price contains; nothing where there is no tax to speak of.
func (ed *edition) basis(b market.Basis) string {
	switch {
	case b == market.InBond:
		return ed.p.T("offer.in_bond")
	case ed.Market.Basis == market.Excl:
		return ed.p.T("offer.excl_sales_tax")
	case ed.Market.VAT == 0:
		return ""
	case b == market.Excl:
		return ed.p.T("offer.excl_vat")
	default:
		return ed.p.T("offer.incl_vat")
	}
}

// perLitre is the unit price that the law of some markets wants beside every price; empty elsewhere.
func (ed *edition) perLitre(o offer) string {
	if !ed.Market.Has(pricePerUnit) {
		return ""
	}
	litre := o.price.Per(int64(o.sku.Millilitres()), 1000).RoundTo(ed.Market.Rounding)
	return ed.p.T("offer.per_litre", "price", ed.money(litre))
}

// perBottle of a case; empty for a single bottle.
func (ed *edition) perBottle(o offer) string {
	if o.sku.Pack == 1 {
		return ""
	}
	each := o.price.Per(int64(o.sku.Pack), 1).RoundTo(ed.Market.Rounding)
	return ed.p.T("offer.per_bottle", "price", ed.money(each))
}

// lastPrice is what a sold-out SKU cost, and since when.
func (ed *edition) lastPrice(o offer) string {
	return ed.p.T("offer.last_price_on", "price", ed.money(o.list().Amount), "date", ed.p.Date(o.list().From.In(ed.Market.Zone)))
}

// format is the bottle's name: "Magnum".
func (ed *edition) format(sku *catalog.SKU) string {
	return ed.p.T(catalog.FormatKey(sku.Volume, sku.Vintage.Wine.BottleShape())) // i18n:prefix format.
}

// pack is "× 6"; empty for a single bottle.
func pack(sku *catalog.SKU) string {
	if sku.Pack == 1 {
		return ""
	}
	return "× " + strconv.Itoa(sku.Pack)
}

// contents is "6 × 75 cl".
func (ed *edition) contents(sku *catalog.SKU) string {
	if sku.Pack == 1 {
		return ed.p.Litres(sku.Volume)
	}
	return strconv.Itoa(sku.Pack) + "\u00a0×\u00a0" + ed.p.Litres(sku.Volume)
}

// packaging of a SKU; loose bottles have none.
func (ed *edition) packaging(sku *catalog.SKU) string {
	switch sku.Packaging {
	case catalog.Carton:
		return ed.p.T("packaging.carton")
	case catalog.OWC:
		return ed.p.T("packaging.owc")
	default:
		return ""
	}
}

// wholeFormat is all of it on one line: "Magnum 1,5 l × 6, caisse bois d'origine".
func (ed *edition) wholeFormat(sku *catalog.SKU) string {
	words := ed.format(sku) + " " + ed.p.Litres(sku.Volume)
	if more := pack(sku); more != "" {
		words += " " + more
	}
	if kind := ed.packaging(sku); kind != "" {
		words += ed.comma() + kind
	}
	return words
}

// decimal writes an amount for machines: "1090.00".
func decimal(a money.Amount) string {
	whole, cents := a.Minor/100, a.Minor%100
	return strconv.FormatInt(whole, 10) + "." + string([]byte{byte('0' + cents/10), byte('0' + cents%10)})
}

// season in which a primeur is delivered: "spring 2028".
func (ed *edition) season(sku *catalog.SKU) string {
	if sku.Delivery.IsZero() {
		return ""
	}
	quarter := (int(sku.Delivery.Month()) + 2) / 3
	return ed.p.T("season."+strconv.Itoa(quarter), "year", sku.Delivery.Year()) // i18n:prefix season.
}
