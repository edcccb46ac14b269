package view

import (
	"maps"

	"caveau/store/alert"
	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/money"
)

// AlertWriter finds the words of the letters about alerts. It implements alert.Writer.
// i18n:prefix mail.alert.
type AlertWriter struct{ *Site }

// Words implements alert.Writer: the wine, its format and price, and the page that it is bought on.
func (s AlertWriter) Words(snap *catalog.Snapshot, a alert.Alert, sku *catalog.SKU) (alert.Words, bool) {
	d := s.alertEdition(snap, a)
	if d == nil || sku == nil {
		return alert.Words{}, false
	}
	price, ok := sku.Price(d.Market)
	link := d.vintagePath(sku.Vintage)
	if !ok || link == "" {
		return alert.Words{}, false
	}
	return alert.Words{Page: d.shell().alerts, Facts: map[string]string{
		"wine": d.vintageName(sku.Vintage), "format": d.wholeFormat(sku), "price": d.based(price), "link": link,
	}}, true
}

// AlertRequest is an alert with the words of the letter that asks back.
func (s *Site) AlertRequest(snap *catalog.Snapshot, e *market.Edition, a alert.Alert) alert.Request {
	d := s.alertDesk(snap, e)
	facts := map[string]string{"what": d.alertWhat(a)}
	return alert.Request{Alert: a, Words: alert.Words{Page: d.shell().alerts, Facts: maps.Clone(facts)}}
}

// alertEdition is the desk of the shop and language that an alert was asked in; nil where there is none any more.
func (s *Site) alertEdition(snap *catalog.Snapshot, a alert.Alert) *desk {
	for _, e := range s.markets.Editions {
		if e.Market.Code == a.Market && e.Locale.Tag() == a.Locale {
			return s.alertDesk(snap, e)
		}
	}
	return nil
}

// alertWhat is what an alert is about, in words.
func (d *desk) alertWhat(a alert.Alert) string {
	wine, format := a.Wine, a.SKU
	if sku := d.snap.SKU(a.SKU); sku != nil {
		wine, format = d.vintageName(sku.Vintage), d.shortFormat(sku)
	} else if w := d.snap.Wine(a.Wine); w != nil {
		wine = d.fullName(w)
		if v, ok := w.Vintage(a.Year); ok {
			wine = d.vintageName(v)
		}
	}
	switch {
	case a.Kind == alert.Vintage:
		return d.p.T("alert.what.vintage", "wine", wine)
	case a.Kind == alert.Price:
		return d.p.T("alert.what.price", "wine", wine, "format", format, "price", d.money(money.Of(a.Below, d.Market.Currency)))
	case a.SKU == "":
		return d.p.T("alert.what.any", "wine", wine)
	default:
		return d.p.T("alert.what.stock", "wine", wine, "format", format)
	}
}

// vintageName is the wine and its year.
func (d *desk) vintageName(v *catalog.Vintage) string {
	return d.fullName(v.Wine) + " " + d.yearText(v)
}

// based is a price with what it contains.
func (ed *edition) based(p catalog.Price) string {
	words := ed.money(p.Amount)
	if basis := ed.basis(p.Basis); basis != "" {
		words += " " + basis
	}
	return words
}

// ReadMoney reads an amount as people write it in the edition's language; false where it is not understood.
func (s *Site) ReadMoney(e *market.Edition, text string) (minor int64, ok bool) {
	return s.printer(e).ReadMoney(text)
}

// AlertProblem says why an alert was not asked for, about a field of the form: the amount that was read or the price that is.
func (s *Site) AlertProblem(e *market.Edition, key, field string, amount money.Amount) Problem {
	ed := s.edition(e)
	label := map[string]string{"email": ed.p.T("checkout.email"), "sku": ed.p.T("alert.format"), "below": ed.p.T("alert.below", "currency", ed.currency())}[field]
	return Problem{Field: field, Text: ed.p.T(key, "field", label, "price", ed.money(amount), "example", ed.p.Money(125_050, string(ed.Market.Currency)))}
}
