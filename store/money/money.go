package money

import "fmt"

// Currency is an ISO 4217 code: "EUR".
type Currency string

// Amount is a sum in minor units: {109000, "EUR"} is 1 090.00 €. All our currencies have two decimals.
type Amount struct {
	Minor    int64
	Currency Currency
}

// Of returns the amount of so many minor units.
func Of(minor int64, currency Currency) Amount { return Amount{Minor: minor, Currency: currency} }

// IsZero says that nothing is to be paid.
func (a Amount) IsZero() bool { return a.Minor == 0 }

// Times returns n times the amount.
func (a Amount) Times(n int64) Amount { return Amount{Minor: a.Minor * n, Currency: a.Currency} }

// Add returns the sum; amounts of two currencies have none.
func (a Amount) Add(b Amount) (Amount, error) {
	if a.Currency != b.Currency {
		return Amount{}, fmt.Errorf("add %s to %s: two currencies", b.Currency, a.Currency)
	}
	return Amount{Minor: a.Minor + b.Minor, Currency: a.Currency}, nil
}

// Per returns the price of unit out of a whole, halves rounded away from zero: Per(750, 1000) of a
// bottle's price is its price per litre.
func (a Amount) Per(whole, unit int64) Amount {
	if whole <= 0 {
		return Amount{Currency: a.Currency}
	}
	return Amount{Minor: divideHalfUp(a.Minor*unit, whole), Currency: a.Currency}
}

// RoundTo rounds to the nearest multiple of step minor units, halves away from zero: step 5 is the
// Swiss rounding to 0.05. A step below 2 changes nothing.
func (a Amount) RoundTo(step int64) Amount {
	if step < 2 {
		return a
	}
	return Amount{Minor: divideHalfUp(a.Minor, step) * step, Currency: a.Currency}
}

// String is for logs and tests: "1090.00 EUR".
func (a Amount) String() string {
	sign, minor := "", a.Minor
	if minor < 0 {
		sign, minor = "-", -minor
	}
	return fmt.Sprintf("%s%d.%02d %s", sign, minor/100, minor%100, a.Currency)
}

func divideHalfUp(n, d int64) int64 {
	if n < 0 {
		return -((-n + d/2) / d)
	}
	return (n + d/2) / d
}
