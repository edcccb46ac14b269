package view

import (
	"strconv"

	"caveau/store/catalog"
	"caveau/store/law"
	"caveau/store/money"
	"caveau/templates/component"
	"caveau/templates/live"
)

// product is what search engines read of a vintage: the market's list prices, and delivery to its own country.
func (d *desk) product(v *catalog.Vintage, offers []offer, description, url string) component.Product {
	w := v.Wine
	out := component.Product{
		Name: d.fullName(w) + " " + d.yearText(v), Description: description, URL: url, Brand: d.producerName(w.Producer).Text,
		Category: d.kind(w), Country: countryOf(w.Region), Group: groupOf(v),
	}
	if v.Year > 0 {
		out.Year = strconv.Itoa(v.Year)
	}
	home, withdrawal := d.toHome()
	if len(home.Steps) > 0 {
		out.Shipping = &component.ProductShipping{Country: d.Market.Country, First: home.First, Last: home.Last}
	}
	if withdrawal.Days > 0 {
		out.Returns = &component.ProductReturns{Country: d.Market.Country, Days: withdrawal.Days}
	}
	for _, o := range offers {
		out.Offers = append(out.Offers, component.ProductOffer{
			SKU: o.sku.Code, GTIN: o.sku.GTIN, URL: url + "#sku-" + o.sku.Code, Name: d.wholeFormat(o.sku), Price: decimal(o.price.Amount),
			Currency: string(o.price.Currency), Primeur: o.sku.SaleType == catalog.Primeur, From: from(o.sku), Carriage: d.carriageOf(home, o), Stock: live.Stock{o.sku.Slot},
		})
	}
	return out
}

// toHome is delivery to the market's own country and the right to send back what came; nothing before the rules were read.
func (d *desk) toHome() (law.Carriage, law.Withdrawal) {
	all := d.site.carriages()
	if all == nil {
		return law.Carriage{}, law.Withdrawal{}
	}
	return all.of[d.Market.Index], all.withdrawals[d.Market.Index]
}

// litre75 is the bottle that carriers count in.
const litre75 = 750

// carriageOf one unit of an offer, as the page says it; empty where it is more than a parcel, or in another currency.
func (d *desk) carriageOf(home law.Carriage, o offer) string {
	cost, ok := home.For((o.sku.Millilitres() + litre75 - 1) / litre75)
	if !ok || cost.Currency != o.price.Currency {
		return ""
	}
	if home.FreeFrom.Currency == o.price.Currency && o.list().Minor >= home.FreeFrom.Minor {
		cost = money.Of(0, cost.Currency)
	}
	return decimal(d.coin(cost))
}
