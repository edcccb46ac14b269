// Package money holds amounts of money as whole minor units with their currency.
//
// An Amount is never a float and never a bare number. Rounding is a decision of the market (Swiss
// prices end on 5 centimes), so it is done by RoundTo at the one place that computes a price and
// never when an amount is shown. Formatting belongs to package i18n.
package money
