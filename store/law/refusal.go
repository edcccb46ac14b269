package law

import "errors"

// Code says to machines why a question has no answer.
type Code string

// The codes.
const (
	UnknownCountry  Code = "unknown_country"  // no rule knows it
	StateNeeded     Code = "state_needed"     // the country's states differ and none is named
	UnknownState    Code = "unknown_state"    // no rule knows it
	StrengthNeeded  Code = "strength_needed"  // a tax hangs on the strength, and it is not known
	StrengthOutside Code = "strength_outside" // no band of the tax takes it
	BadSKU          Code = "bad_sku"          // facts that no bottle has
	BadPrice        Code = "bad_price"        // none, in another currency, or below its own taxes
	BadQuantity     Code = "bad_quantity"     // none, or more than MaxQuantity
	NoBond          Code = "no_bond"          // the shop does not sell in bond
	NoRate          Code = "no_rate"          // no rule reaches that day, or the shop's own taxes are not known on it
	NoDate          Code = "no_date"          // the question has no day
	NotDelivered    Code = "not_delivered"    // ask why: Ask
	TooMuch         Code = "too_much"         // more bottles than the carrier has a price for
)

// Refusal is an error that says what is missing: law never guesses.
type Refusal struct {
	Code   Code
	Detail string // for operators: "GB: excise/GB/8.5-22@2026-02-01"
}

// Error is for logs.
func (r *Refusal) Error() string { return "law: " + string(r.Code) + ": " + r.Detail }

// Message is the key of the words for a person.
func (r *Refusal) Message() string { return "law.refused." + string(r.Code) }

// Refused gives the code of a refusal that err is or wraps.
func Refused(err error) (Code, bool) {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Code, true
	}
	return "", false
}

func refuse(code Code, detail string) error { return &Refusal{Code: code, Detail: detail} }
