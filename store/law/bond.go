package law

import "caveau/store/market"

// MayBond says that a market sells wine of a sale type in bond on a day, and by which row: to an account in a bonded warehouse
// of the market's own country, without duty and VAT, which are due when the wine leaves it. The row names the warehouse that the
// wine comes from; what lies elsewhere is not sold so.
func (r *Rules) MayBond(m *market.Market, sale Sale, on Day) (Row, bool) {
	rule, ok := r.under(Bond, m.Code, string(sale), on)
	if !ok || !m.InBond || rule.Value != m.Warehouse {
		return Row{}, false
	}
	return rule.Row, true
}
