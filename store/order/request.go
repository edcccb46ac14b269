package order

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"caveau/store/cart"
	"caveau/store/money"
)

// Request is one checkout: what is to be placed as an order.
type Request struct {
	Key       Key    `json:"-"`
	Market    string // "fr"
	Locale    string // "fr-FR"
	Warehouse string // the market's
	Customer  string // account, or "" for a guest
	Contact   Contact
	Delivery  Address
	Invoice   Address
	Method    Method
	Lines     []Line
	Total     money.Amount // what the shopper was shown: the sum of the lines
	Parcels   Parcels      `json:",omitzero"`
	Bond      string       `json:",omitzero"` // of wine in bond: warehouse and account; "" where none is
	Declared  []string     `json:",omitzero"` // ids of what the buyer declared: "age-declaration"; kept with the order
}

// Placed is the answer to a Request.
type Placed struct {
	Change
	Total   money.Amount
	Expires time.Time // until when the bottles are held, by the database's clock
	Again   bool      // the key had already placed it; nothing was written now
}

// The bounds of a request.
const (
	// MaxLines is every line of a full cart, with carriage and duty for each.
	MaxLines = 3 * cart.MaxLines
	// MaxNote is the longest note of an event, in bytes.
	MaxNote = 400
	// MaxUnit bounds the price of a unit (a hundred million), so that no sum overflows.
	MaxUnit = 10_000_000_000
)

// Check says with a Refusal all that is wrong with a request as it stands. Stock, prices and allocations are the
// database's to judge.
func (r Request) Check() error {
	var problems []Problem
	if r.Key == (Key{}) || len(r.Market) != 2 || r.Warehouse == "" || r.Method.Hold() == 0 || !r.Parcels.Valid() || len(r.Customer) > MaxField || len(r.Locale) > 12 || len(r.Note()) > MaxNote {
		problems = append(problems, Problem{Err: ErrRequest})
	}
	problems = append(problems, r.checkLines()...)
	problems = append(problems, r.checkBond()...)
	problems = append(problems, r.Contact.check()...)
	problems = append(problems, r.Delivery.check("delivery")...)
	problems = append(problems, r.Invoice.check("invoice")...)
	return Refuse(problems)
}

func (r Request) checkLines() []Problem {
	var problems []Problem
	seen := map[string]bool{}
	for _, l := range r.Lines {
		switch {
		case l.Kind == Wine && (l.Quantity < 1 || l.Quantity > cart.MaxQuantity):
			problems = append(problems, Problem{Err: ErrQuantity, SKU: l.SKU, Asked: l.Quantity})
		case !l.wellFormed(r.Total.Currency) || l.SKU != "" && seen[l.SKU]:
			problems = append(problems, Problem{Err: ErrLines, SKU: l.SKU, Asked: l.Quantity})
		}
		seen[l.SKU] = true
	}
	if len(r.Wine()) == 0 || len(r.Lines) > MaxLines {
		problems = append(problems, Problem{Err: ErrLines})
	}
	if sums, err := Sum(r.Lines, r.Total.Currency); len(problems) == 0 && (err != nil || sums.Total != r.Total) {
		problems = append(problems, Problem{Err: ErrLines})
	}
	return problems
}

// wellFormed holds the algebra of one line.
func (l Line) wellFormed(currency money.Currency) bool {
	if l.Unit.Currency != currency || l.Net.Currency != currency || l.Tax.Currency != currency {
		return false
	}
	if l.Quantity < 1 || l.Unit.Minor < 0 || l.Unit.Minor > MaxUnit || l.Net.Minor < 0 || l.Tax.Minor < 0 || len(l.Title) > 400 {
		return false
	}
	if l.Kind != Wine {
		return l.SKU == "" && l.Quantity == 1 && l.Net.Minor <= MaxUnit && l.Tax.Minor <= MaxUnit
	}
	known := len(l.SKU) >= 1 && len(l.SKU) <= cart.MaxSKU && (l.SaleType == "stock" || l.SaleType == "primeur")
	return known && l.Unit.Minor > 0 && l.Terms.adds(l) && l.Rest.wellFormed(currency) && l.Wish.Valid()
}

// checkBond holds that wine in bond goes to an account, and no other wine does.
func (r Request) checkBond() []Problem {
	inBond := slices.ContainsFunc(r.Lines, func(l Line) bool { return l.Terms == InBond })
	if !inBond && r.Bond != "" {
		return []Problem{{Err: ErrRequest}}
	}
	return checkFields([]field{{"delivery." + BondField, r.Bond, MaxField, inBond}})
}

// BondField is what a problem with an account in a bonded warehouse is named after.
const BondField = "bond"

// Note says what the buyer declared, for the order's first event.
func (r Request) Note() string {
	if len(r.Declared) == 0 {
		return ""
	}
	return "declared: " + strings.Join(r.Declared, ", ")
}

// Wine lists the lines that take bottles from the stock, by SKU: whoever takes several rows takes them in this
// order, so that no two transactions wait for each other in a circle.
func (r Request) Wine() []Line {
	var out []Line
	for _, l := range r.Lines {
		if l.Kind == Wine {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b Line) int { return strings.Compare(a.SKU, b.SKU) })
	return out
}

// Buyer is who allocations are counted for: the account, or a guest's e-mail address in lower case.
func (r Request) Buyer() string {
	if r.Customer != "" {
		return "account:" + r.Customer
	}
	return "guest:" + strings.ToLower(strings.TrimSpace(r.Contact.Email))
}

// Body is the hash of everything but the key. Two submits of one checkout have the same, also to two releases of the shop: a
// field that is added later must be left out of the JSON while it is empty (omitzero).
func (r Request) Body() ([32]byte, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return [32]byte{}, fmt.Errorf("write a checkout down: %w", err)
	}
	return sha256.Sum256(body), nil
}
