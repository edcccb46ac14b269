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
	"caveau/templates/page"
)

// Problem stands in the way of an order.
type Problem struct {
	Field string // name of a field or id of a declaration; empty where it is about none
	Text  string
}

func (p Problem) form() page.FormProblem { return page.FormProblem{Text: p.Text, Field: p.Field} }

// Unconfirmed are the declarations of a quote that were not made.
func (s *Site) Unconfirmed(e *market.Edition, f Form, q checkout.Quote) []Problem {
	p := s.printer(e)
	var out []Problem
	for _, asked := range q.Ask {
		if !slices.Contains(f.Agreed, asked.ID) {
			out = append(out, Problem{asked.ID, p.T("checkout.unconfirmed", "what", p.T(asked.Message(), "age", asked.Age))})
		}
	}
	if !slices.Contains(f.Agreed, TermsOfSale) {
		out = append(out, Problem{TermsOfSale, p.T("checkout.unconfirmed", "what", p.T("checkout.terms"))})
	}
	return out
}

// Words of a problem that has no field: the key of a message.
func (s *Site) Words(e *market.Edition, key string, args ...any) string {
	return s.printer(e).T(key, args...)
}

// Unquoted says why a cart has no price at the door; nothing where more has to be known first, as a state.
func (s *Site) Unquoted(snap *catalog.Snapshot, e *market.Edition, err error) []Problem {
	d := s.desk(snap, e, nil)
	var about *checkout.ItemError
	if errors.As(err, &about) {
		return []Problem{{"", d.p.T("checkout.no_tax", "wine", about.Item.Title)}}
	}
	if code, _ := law.Refused(err); code == law.StateNeeded {
		return nil
	}
	return []Problem{{"", d.p.T("checkout.not_delivered")}}
}

// Refused says why an order was not placed, line by line.
func (s *Site) Refused(snap *catalog.Snapshot, e *market.Edition, refusal *order.Refusal) []Problem {
	d := s.desk(snap, e, nil)
	var out []Problem
	for _, p := range refusal.Problems {
		out = append(out, d.refused(p))
	}
	return out
}

func (d *desk) refused(p order.Problem) Problem {
	wine := p.SKU
	if sku := d.snap.SKU(p.SKU); sku != nil {
		wine = d.skuTitle(sku)
	}
	line := func(words string) Problem { return Problem{"", d.p.T("checkout.line", "wine", wine, "problem", words)} }
	switch {
	case p.Field != "":
		field := p.Field[strings.LastIndexByte(p.Field, '.')+1:]
		if field == "name" {
			field = recipient.name
		}
		return Problem{field, d.p.T("checkout.unusable", "field", d.site.Label(d.Edition, field))}
	case errors.Is(p.Err, order.ErrUnpaid):
		return Problem{"", d.p.T("checkout.unpaid", "count", p.Left)}
	case errors.Is(p.Err, order.ErrHoard):
		return Problem{"", d.p.T("checkout.hoard", "count", p.Left)}
	case errors.Is(p.Err, order.ErrAllocation):
		return Problem{"", d.p.T("checkout.allocation", "wine", wine, "count", p.Left)}
	case errors.Is(p.Err, order.ErrSoldOut) && p.Left > 0:
		return line(d.p.N("cart.left", p.Left))
	case errors.Is(p.Err, order.ErrSoldOut):
		return line(d.p.T("cart.sold_out"))
	case errors.Is(p.Err, order.ErrNotSold):
		return line(d.p.T("cart.unknown"))
	default:
		return Problem{"", d.p.T("checkout.changed")}
	}
}
