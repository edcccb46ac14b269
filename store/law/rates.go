package law

import (
	"fmt"

	"caveau/store/market"
	"caveau/store/money"
)

// Names of what has no rate, for Missing.
const (
	missingVAT       = "vat"
	missingExcise    = "excise"
	missingCustoms   = "customs"
	missingSalesTax  = "sales_tax"
	missingExchange  = "exchange"
	missingTerritory = "territory" // the postcode lies where other rates hold
	missingStrength  = "strength"
	missingDelivery  = "delivery" // the carrier has no price for so much
)

// rates are the taxes on a SKU in a country on a day. Each is nil where there is none to pay.
type rates struct {
	vat, excise, customs, sales *rule
	exchange                    []rule   // of the excise's currency, then of the market's; empty where they are one
	missing                     []string // what is due and has no rate with a source
}

// rates looks up what a SKU of a market pays in a place.
func (r *Rules) rates(m *market.Market, s SKU, p place, on Day) (rates, error) {
	var out rates
	if p.territory != nil {
		out.missing = append(out.missing, missingTerritory)
		return out, nil
	}
	var err error
	if out.excise, err = r.pick(Excise, p.country, s, on); err != nil {
		return out, err
	}
	if out.excise == nil {
		out.missing = append(out.missing, missingExcise)
	} else if !r.change(&out, m.Currency, on) {
		out.missing = append(out.missing, missingExchange)
	}
	if r.crosses(m, p.country, on) {
		if out.customs, err = r.pick(Customs, p.country, s, on); err != nil {
			return out, err
		}
		if out.customs == nil {
			out.missing = append(out.missing, missingCustoms)
		}
	}
	return out, r.turnover(&out, s, p, on)
}

// turnover is the tax on the sale: VAT, or the sales tax of a state.
func (r *Rules) turnover(out *rates, s SKU, p place, on Day) (err error) {
	if p.state != "" {
		if tax, ok := r.one(SalesTax, p.state, on); ok {
			out.sales = &tax
		} else {
			out.missing = append(out.missing, missingSalesTax)
		}
		return nil
	}
	if out.vat, err = r.pick(VAT, p.country, s, on); err == nil && out.vat == nil {
		out.missing = append(out.missing, missingVAT)
	}
	return err
}

// pick finds the rule whose band takes the wine. Nil where there is none for its style; refused where the answer
// hangs on a strength that is not known or that no band takes.
func (r *Rules) pick(kind Kind, country string, s SKU, on Day) (*rule, error) {
	asked := false
	for _, rule := range r.all(kind, country, on) {
		if !rule.band.fits(s.Style) {
			continue
		}
		if rule.band.bounded && s.Strength == 0 {
			return nil, refuse(StrengthNeeded, rule.ID())
		}
		if rule.band.holds(s.Strength) {
			return rule, nil
		}
		asked = true
	}
	if asked {
		return nil, refuse(StrengthOutside, fmt.Sprintf("%s/%s takes no wine of %d tenths of %% vol", kind, country, s.Strength))
	}
	return nil, nil
}

// crosses says that the wine passes a customs border on its way from the shop's warehouse.
func (r *Rules) crosses(m *market.Market, country string, on Day) bool {
	from, _ := r.one(Warehouse, m.Warehouse, on)
	if from.Value == country {
		return false
	}
	a, inUnion := r.one(Union, from.Value, on)
	b, alsoInUnion := r.one(Union, country, on)
	return !inUnion || !alsoInUnion || a.Value != b.Value
}

// change finds the exchange rates of an excise in another currency.
func (r *Rules) change(out *rates, to money.Currency, on Day) bool {
	if out.excise.currency == to || out.excise.number == 0 {
		return true
	}
	from, ok := r.one(Exchange, string(out.excise.currency), on)
	target, alsoOK := r.one(Exchange, string(to), on)
	out.exchange = []rule{from, target}
	return ok && alsoOK
}

// duty is the excise on so many millilitres, in minor units of the market's currency, rounded once.
func (x rates) duty(s SKU, millilitres int64) int64 {
	divisor, factors := int64(one/100), []int64{int64(x.excise.number), millilitres}
	if x.excise.per == perAlcohol {
		steps := (s.Strength + x.excise.step - 1) / x.excise.step
		divisor *= 1000 * 1000 // tenths of % vol to parts of one, millilitres to litres
		factors = append(factors, int64(steps*x.excise.step))
	} else {
		divisor *= 100_000 // millilitres to hectolitres
	}
	if len(x.exchange) > 0 {
		divisor *= int64(x.exchange[0].number)
		factors = append(factors, int64(x.exchange[1].number))
	}
	return part(divisor, factors...)
}

// rules are the rows of all rates, for who asks why.
func (x rates) rules() []Row {
	var out []Row
	for _, r := range []*rule{x.excise, x.customs, x.vat, x.sales} {
		if r != nil {
			out = append(out, r.Row)
		}
	}
	for _, r := range x.exchange {
		out = append(out, r.Row)
	}
	return out
}
