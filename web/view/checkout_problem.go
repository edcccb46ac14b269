package view

import (
	"errors"
	"slices"
	"strings"

	"caveau/store/catalog"
	"caveau/store/checkout"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/order"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/page"

	"github.com/bojanz/address"
)

// Problem stands in the way of an order.
type Problem struct {
	Field   string // name of a field or id of a declaration; empty where it is about none
	Text    string
	Instead component.Link // what can be done instead; may be empty
}

func (p Problem) form() page.FormProblem {
	return page.FormProblem{Text: p.Text, Field: p.Field, Instead: p.Instead}
}

// Unconfirmed are the declarations of a quote that were not made.
func (s *Site) Unconfirmed(e *market.Edition, f Form, q checkout.Quote) []Problem {
	p := s.printer(e)
	var out []Problem
	for _, asked := range q.Ask {
		if !slices.Contains(f.Agreed, asked.ID) {
			out = append(out, Problem{Field: asked.ID, Text: p.T("checkout.unconfirmed", "what", p.T(asked.Message(), "age", asked.Age))})
		}
	}
	if !slices.Contains(f.Agreed, TermsOfSale) {
		out = append(out, Problem{Field: TermsOfSale, Text: p.T("checkout.unconfirmed", "what", p.T("checkout.terms"))})
	}
	return out
}

// Words of a problem that has no field: the key of a message.
func (s *Site) Words(e *market.Edition, key string, args ...any) string {
	return s.printer(e).T(key, args...)
}

// Unquoted says why a cart has no price at the door, wine by wine where it is about them; nothing where more has to be known first,
// as a state.
// i18n:prefix law.refused.
func (s *Site) Unquoted(snap *catalog.Snapshot, e *market.Edition, f Form, err error) []Problem {
	d := s.desk(snap, e, nil)
	var about checkout.ItemErrors
	if errors.As(err, &about) {
		var out []Problem
		for _, item := range about {
			out = append(out, Problem{Text: d.p.T("checkout.no_tax", "wine", item.Item.Title)})
		}
		return out
	}
	var refusal *law.Refusal
	errors.As(err, &refusal)
	switch {
	case refusal == nil:
		return []Problem{{Text: d.p.T("checkout.busy")}}
	case refusal.Code == law.StateNeeded:
		return nil
	case refusal.Code == law.UnknownState:
		return []Problem{{Field: "region", Text: d.p.T("checkout.missing", "field", s.Label(e, f, "region"))}}
	case d.p.Has(refusal.Message()):
		return []Problem{{Field: CountryField, Text: d.p.T(refusal.Message())}}
	default:
		return []Problem{{Field: CountryField, Text: d.p.T("checkout.not_delivered")}}
	}
}

// Blocked says why nothing is delivered to the place of a form, and what can be done instead.
// i18n:prefix law.blocked.
func (s *Site) Blocked(snap *catalog.Snapshot, e *market.Edition, f Form, blocks []law.Block) []Problem {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Cart})
	d := s.desk(snap, e, node)
	var out []Problem
	for _, b := range blocks {
		place := d.p.Country(f.Address.Country)
		if name, ok := address.GetFormat(f.Address.Country).Regions.Get(f.Address.Region); ok && b.Rule.Kind == law.State {
			place = name
		}
		out = append(out, Problem{
			Field: CountryField, Text: d.p.T("checkout.blocked", "place", place, "reason", d.p.T(b.Message())), Instead: d.wayOut(b.Nearest),
		})
	}
	return out
}

// wayOut of a block: the shop that delivers there, else the cellars where the wine can be picked up.
// i18n:prefix law.instead.
func (d *desk) wayOut(o law.Option) component.Link {
	if m, known := d.site.markets.Market(o.Market); known {
		e := d.site.markets.Of(m)[0]
		return component.Link{Text: d.p.T(o.Message(), "market", d.shops[m.Index].name), Href: d.site.addresses(d.node, 0)[e.Index]}
	}
	return component.Link{Text: d.p.T(o.Message(), "place", d.placeOf(d.Market)), Href: d.path(route.Page{Kind: route.Contact})}
}

// Refused says why an order was not placed, line by line.
func (s *Site) Refused(snap *catalog.Snapshot, e *market.Edition, f Form, refusal *order.Refusal) []Problem {
	d := s.desk(snap, e, nil)
	var out []Problem
	for _, p := range refusal.Problems {
		out = append(out, d.refused(f, p))
	}
	return out
}

// overOrdered says what a customer may still have of an allocation.
func (d *desk) overOrdered(p order.Problem) string {
	sku := d.snap.SKU(p.SKU)
	if sku == nil {
		return d.p.T("cart.unknown")
	}
	return d.allottedLeft(sku, p.Left)
}

func (d *desk) refused(f Form, p order.Problem) Problem {
	wine := p.SKU
	if sku := d.snap.SKU(p.SKU); sku != nil {
		wine = d.skuTitle(sku)
	}
	line := func(words string) Problem {
		return Problem{Text: d.p.T("checkout.line", "wine", wine, "problem", words)}
	}
	switch {
	case p.Field != "":
		field := p.Field[strings.LastIndexByte(p.Field, '.')+1:]
		if field == "name" {
			field = recipient.name
		}
		if strings.HasPrefix(p.Field, "invoice.") {
			field = InvoicePrefix + field
		}
		return Problem{Field: field, Text: d.p.T("checkout.unusable", "field", d.site.Label(d.Edition, f, field))}
	case errors.Is(p.Err, order.ErrUnpaid):
		return Problem{Text: d.p.T("checkout.unpaid", "count", p.Left)}
	case errors.Is(p.Err, order.ErrHoard):
		return Problem{Text: d.p.T("checkout.hoard", "count", p.Left)}
	case errors.Is(p.Err, order.ErrAllocation):
		return line(d.overOrdered(p))
	case errors.Is(p.Err, order.ErrPrice):
		return line(d.p.T("checkout.price_now", "price", d.amount(p.Now)))
	case errors.Is(p.Err, order.ErrSoldOut) && p.Left > 0:
		return line(d.p.N("cart.left", p.Left))
	case errors.Is(p.Err, order.ErrSoldOut):
		return line(d.p.T("cart.sold_out"))
	case errors.Is(p.Err, order.ErrNotSold):
		return line(d.p.T("cart.unknown"))
	default:
		return Problem{Text: d.p.T("checkout.changed")}
	}
}
