package order

import "caveau/store/money"

// Rate of a tax in hundredths of a per cent: 2000 is 20 %, 810 is 8.1 %.
type Rate int64

// whole is 100 % as a Rate.
const whole = 10_000

// Included splits a gross amount into net and tax, the tax rounded to a minor unit, halves away from zero. The
// two always add up to the gross: rounding moves money between them and never makes any.
func (r Rate) Included(gross money.Amount) (net, tax money.Amount) {
	tax = gross.Per(whole+int64(r), int64(r))
	return money.Of(gross.Minor-tax.Minor, gross.Currency), tax
}

// Added is the tax on top of a net amount, rounded to a minor unit, halves away from zero.
func (r Rate) Added(net money.Amount) money.Amount { return net.Per(whole, int64(r)) }

// Sums of an order's lines.
type Sums struct{ Net, Tax, Total money.Amount }

// Sum adds up lines in one currency; lines in two have no sum.
func Sum(lines []Line, currency money.Currency) (Sums, error) {
	s := Sums{Net: money.Of(0, currency), Tax: money.Of(0, currency)}
	var err error
	for _, l := range lines {
		if s.Net, err = s.Net.Add(l.Net); err != nil {
			return Sums{}, err
		}
		if s.Tax, err = s.Tax.Add(l.Tax); err != nil {
			return Sums{}, err
		}
	}
	s.Total, err = s.Net.Add(s.Tax)
	return s, err
}
