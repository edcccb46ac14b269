package view

import (
	"slices"
	"strings"

	"caveau/store/law"
	"caveau/store/money"
	"caveau/templates/component"
)

// breakdowns of all offers of a vintage page, each behind a disclosure. On a page without a door there are none.
func (d *desk) breakdowns(offers []offer) []component.Breakdown {
	if d.door == nil {
		return nil
	}
	var out []component.Breakdown
	for _, o := range offers {
		if o.door.Terms != "" {
			out = append(out, d.breakdown(o))
		}
	}
	return out
}

// breakdown is what a price at the door is made of, and what will be due later.
func (d *desk) breakdown(o offer) component.Breakdown {
	at := o.door
	b := component.Breakdown{
		Summary: d.p.T("door.made", "what", d.wholeFormat(o.sku), "price", d.money(o.price.Amount)),
		Parts:   d.parts(at.Items, o), Total: component.Part{Label: d.contains(o), Amount: d.full(at.Gross)},
	}
	if b.Total.Label == "" {
		b.Total.Label = d.p.T("status.total")
	}
	if at.unbonded {
		b.Notes = append(b.Notes, d.p.T("door.not_in_bond"))
	}
	if at.Terms == law.OnArrival {
		b.Notes = append(b.Notes, d.p.T("door.on_arrival"))
	}
	if price, more := d.door.alone(o); more {
		b.Notes = append(b.Notes, d.p.T("door.alone", "price", d.money(price), "more", d.money(money.Of(price.Minor-at.Gross.Minor, price.Currency))))
	}
	if at.Due != nil {
		b.Due = d.due(o)
	}
	return b
}

// due is what is paid when the wine leaves the bonded warehouse, or when a primeur is delivered.
func (d *desk) due(o offer) *component.Due {
	at := o.door
	out := &component.Due{Heading: d.p.T("door.due_bond")}
	if at.Terms == law.Later {
		out.Heading = d.p.T("door.due_later")
		if season := d.season(o.sku); season != "" {
			out.Heading = d.p.T("door.due_season", "when", season)
		}
	}
	if len(at.Due.Missing) > 0 {
		out.Note = d.p.T("door.due_unknown")
		return out
	}
	out.Parts = d.parts(at.Due.Items, o)
	out.Total = component.Part{Label: d.p.T("status.total"), Amount: d.full(at.Due.Gross)}
	return out
}

// parts are the items of a sum, each with its rate and the day that the rate is of. An item of nought that no rate asks for is
// left out.
func (d *desk) parts(items []law.Item, o offer) []component.Part {
	var out []component.Part
	for _, item := range items {
		if item.Amount.IsZero() && item.Part != law.PartDelivery && item.Part != law.PartVAT && item.Part != law.PartExcise {
			continue
		}
		if item.Part == law.PartDelivery && len(item.Rules) == 0 {
			continue
		}
		out = append(out, component.Part{Label: d.p.T(item.Message()), How: d.how(item, o), Amount: d.full(item.Amount)})
	}
	return out
}

// how an item comes about: the rate, what it was taken of, its date, and whether it is invented.
func (d *desk) how(item law.Item, o offer) string {
	if len(item.Rules) == 0 {
		return ""
	}
	rate := item.Rules[0]
	words := []string{d.rateWords(item, rate, o), d.p.T("door.since", "date", d.lawDay(rate.From))}
	for _, r := range item.Rules {
		if r.Status == law.Demonstration {
			words = append(words, d.p.T("door.demo"))
			break
		}
	}
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " · ")
}

func (d *desk) rateWords(item law.Item, rate law.Row, o offer) string {
	switch item.Part {
	case law.PartVAT, law.PartSalesTax, law.PartCustoms:
		return d.p.T("door.rate_percent", "rate", d.p.Percent(rate.Figure(), 3), "base", d.full(item.Base))
	case law.PartExcise:
		return d.dutyWords(item, rate, o)
	case law.PartDelivery:
		return d.deliveryWords(item, o)
	default:
		return d.p.T("door.rate_rounding")
	}
}

// dutyWords are volume × rate, or volume × strength × rate.
func (d *desk) dutyWords(item law.Item, rate law.Row, o offer) string {
	each, alcohol, step, ok := rate.Duty()
	if !ok {
		return ""
	}
	volume := d.p.Litres(int(item.Millilitres))
	if !alcohol {
		return d.p.T("door.rate_volume", "volume", volume, "rate", d.full(each))
	}
	strength := (o.sku.Vintage.Strength + step - 1) / step * step
	return d.p.T("door.rate_alcohol", "volume", volume, "strength", d.p.Percent(float64(strength)/10, 1), "rate", d.full(each))
}

// deliveryWords say of what the delivery is a share.
func (d *desk) deliveryWords(item law.Item, o offer) string {
	switch {
	case o.door.Terms == law.Later:
		return d.p.T("door.share_own")
	case item.Amount.IsZero():
		return d.p.T("door.share_free", "amount", d.money(o.door.delivery.FreeFrom))
	case o.sku.Millilitres() >= law.Consignment:
		return d.p.T("door.share_own")
	default:
		return d.p.T("door.share", "price", d.full(o.door.delivery.Price))
	}
}

// full is an amount with all its decimals, as bills write it.
func (d *desk) full(a money.Amount) string { return d.p.Money(a.Minor, string(a.Currency)) }
