package view

import (
	"caveau/store/cart"
	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/templates/component"
	"caveau/templates/page"
)

// CartCopy is the last part of the path that the lines of another shop's cart are posted to, and CopyField the field that holds them:
// in the form, and in the address that leads to it.
const (
	CartCopy  = "copy"
	CopyField = "copy"
)

// Brought are the lines of another shop's cart that a visitor has brought along.
type Brought struct {
	Market string // of the other shop
	Value  string // as they came, for the form
	Lines  []BroughtLine
}

// BroughtLine is one of them; Problem says why it can't be taken over, and is empty where it can.
type BroughtLine struct {
	Line    cart.Line
	Problem string
}

// Title of a line of another shop's cart; its code alone where the catalogue does not know it.
func (s *Site) Title(snap *catalog.Snapshot, e *market.Edition, line cart.Line) string {
	sku := snap.SKU(line.SKU)
	if sku == nil {
		return counted(line.Quantity, line.SKU)
	}
	return counted(line.Quantity, s.desk(snap, e, nil).skuTitle(sku))
}

// Copied says how many lines were taken over, and of each other why it was not.
func (s *Site) Copied(snap *catalog.Snapshot, e *market.Edition, b Brought) []Message {
	p := s.printer(e)
	var out []Message
	taken := 0
	for _, l := range b.Lines {
		if l.Problem == "" {
			taken++
			continue
		}
		out = append(out, Message{Level: "warn", Text: p.T("checkout.line", "wine", s.Title(snap, e, l.Line), "problem", l.Problem)})
	}
	if taken > 0 {
		out = append([]Message{{Level: "good", Text: p.N("cart.copied", taken)}}, out...)
	}
	return out
}

// copyOf offers to take over what was brought; nil where nothing was.
func (d *desk) copyOf(b *Brought) *page.CartCopy {
	if b == nil {
		return nil
	}
	from, known := d.site.markets.Market(b.Market)
	if !known {
		return nil
	}
	out := page.CartCopy{
		Heading: d.p.T("cart.copy_from", "market", d.shops[from.Index].name), Note: d.p.T("cart.copy_none"), Action: d.shell().cart + "/" + CartCopy, Value: b.Value,
	}
	for _, l := range b.Lines {
		out.Lines = append(out.Lines, page.CopyLine{Text: d.site.Title(d.snap, d.Edition, l.Line), Problem: l.Problem})
		if l.Problem == "" {
			out.Button, out.Note = d.p.T("cart.copy"), d.p.T("cart.copy_stays")
		}
	}
	return &out
}

// takeAlong has the addresses of the other shops carry the lines of this cart.
func (d *desk) takeAlong(out *page.Cart, lines string) {
	out.Switch.Cart = component.Link{}
	if lines == "" || len(out.Lines) == 0 {
		return
	}
	out.Switch.Own = true
	for i, m := range out.Switch.Markets {
		if i == d.Market.Index {
			continue
		}
		for j := range m.Locales {
			m.Locales[j].Href += "?" + CopyField + "=" + lines
		}
		out.Elsewhere = append(out.Elsewhere, component.Link{Text: d.shops[i].name, Href: m.Locales[0].Href})
	}
}
