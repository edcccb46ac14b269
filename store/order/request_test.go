package order

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"caveau/store/money"
)

func key(t testing.TB) Key {
	t.Helper()
	k, err := NewKey(bytes.NewReader([]byte("0123456789abcdef")))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// good is a request that passes.
func good(t testing.TB) Request {
	home := Address{Recipient: "Anne Dupont", Line1: "1 rue du Port", Locality: "Bordeaux", Postcode: "33000", Country: "FR"}
	eur := func(minor int64) money.Amount { return money.Of(minor, "EUR") }
	return Request{
		Key: key(t), Market: "fr", Locale: "fr-FR", Warehouse: "bordeaux", Method: Redirect,
		Contact: Contact{Name: "Anne Dupont", Email: "anne@example.com"}, Delivery: home, Invoice: home,
		Lines: []Line{
			{Kind: Wine, SKU: "B", SaleType: "stock", Title: "B", Quantity: 2, Unit: eur(600), Net: eur(1000), Tax: eur(200)},
			{Kind: Wine, SKU: "A", SaleType: "primeur", Title: "A", Quantity: 1, Unit: eur(500), Net: eur(500), Tax: eur(0)},
			{Kind: Delivery, Title: "Livraison", Quantity: 1, Unit: eur(120), Net: eur(100), Tax: eur(20)},
		},
		Total: eur(1820),
	}
}

func TestCheck(t *testing.T) {
	if err := good(t).Check(); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("é", 10_000)
	for name, test := range map[string]struct {
		spoil func(*Request)
		err   error
		at    string // SKU or field
	}{
		"quantity 0":               {func(r *Request) { r.Lines[0].Quantity = 0 }, ErrQuantity, "B"},
		"quantity -1":              {func(r *Request) { r.Lines[0].Quantity = -1 }, ErrQuantity, "B"},
		"quantity 10^9":            {func(r *Request) { r.Lines[0].Quantity = 1e9 }, ErrQuantity, "B"},
		"a sum that overflows":     {func(r *Request) { r.Lines[0].Unit.Minor = math.MaxInt64 / 2 }, ErrLines, "B"},
		"a negative price":         {func(r *Request) { r.Lines[0].Unit.Minor = -600 }, ErrLines, "B"},
		"a free bottle":            {func(r *Request) { r.Lines[1].Unit.Minor, r.Lines[1].Net.Minor = 0, 0 }, ErrLines, "A"},
		"negative tax":             {func(r *Request) { r.Lines[2].Tax.Minor = -20 }, ErrLines, ""},
		"unit × n is no sum":       {func(r *Request) { r.Lines[0].Net.Minor++ }, ErrLines, "B"},
		"listed, with another tax": {func(r *Request) { r.Lines[0].Tax.Minor-- }, ErrLines, "B"},
		"abroad, above the list":   {func(r *Request) { r.Lines[0].Terms, r.Lines[0].Net.Minor = Abroad, 1201 }, ErrLines, "B"},
		"on arrival, with tax":     {func(r *Request) { r.Lines[0].Terms = OnArrival }, ErrLines, "B"},
		"later, with tax":          {func(r *Request) { r.Lines[1].Terms, r.Lines[1].Tax.Minor = Later, 1 }, ErrLines, "A"},
		"unknown terms":            {func(r *Request) { r.Lines[0].Terms = "free" }, ErrLines, "B"},
		"a rest without a day":     {func(r *Request) { r.Lines[0].Rest.Amount = money.Of(1, "EUR") }, ErrLines, "B"},
		"a rest in pounds":         {func(r *Request) { r.Lines[0].Rest = Rest{"2028-04-01", money.Of(1, "GBP")} }, ErrLines, "B"},
		"an unknown wish":          {func(r *Request) { r.Lines[0].Wish = "free" }, ErrLines, "B"},
		"unknown parcels":          {func(r *Request) { r.Parcels = "none" }, ErrRequest, ""},
		"two currencies":           {func(r *Request) { r.Lines[0].Tax.Currency = "CHF" }, ErrLines, "B"},
		"another total":            {func(r *Request) { r.Total.Minor++ }, ErrLines, ""},
		"a SKU twice":              {func(r *Request) { r.Lines[1].SKU = "B" }, ErrLines, "B"},
		"no SKU":                   {func(r *Request) { r.Lines[0].SKU = "" }, ErrLines, ""},
		"no wine":                  {func(r *Request) { r.Lines = r.Lines[2:]; r.Total.Minor = 120 }, ErrLines, ""},
		"no lines":                 {func(r *Request) { r.Lines = nil; r.Total.Minor = 0 }, ErrLines, ""},
		"no key":                   {func(r *Request) { r.Key = Key{} }, ErrRequest, ""},
		"unknown method":           {func(r *Request) { r.Method = "barter" }, ErrRequest, ""},
		"no name":                  {func(r *Request) { r.Contact.Name = " " }, ErrPerson, "contact.name"},
		"a long street":            {func(r *Request) { r.Delivery.Line1 = long }, ErrPerson, "delivery.line1"},
		"control characters":       {func(r *Request) { r.Delivery.Line2 = "a\x00b" }, ErrPerson, "delivery.line2"},
		"line break":               {func(r *Request) { r.Contact.Email = "a@example.com\nBcc: b@example.com" }, ErrPerson, "contact.email"},
		"turned direction":         {func(r *Request) { r.Invoice.Locality = "Bordeaux\u202e" }, ErrPerson, "invoice.locality"},
		"no UTF-8":                 {func(r *Request) { r.Invoice.Region = "\xff" }, ErrPerson, "invoice.region"},
		"no country":               {func(r *Request) { r.Delivery.Country = "" }, ErrPerson, "delivery.country"},
	} {
		r := good(t)
		test.spoil(&r)
		err := r.Check()
		var refused *Refusal
		if !errors.Is(err, test.err) || !errors.As(err, &refused) || refused.Problems[0].SKU+refused.Problems[0].Field != test.at {
			t.Errorf("%s: %v", name, err)
		}
	}
	abroad := good(t)
	abroad.Lines[0].Terms, abroad.Lines[0].Tax.Minor, abroad.Total.Minor = Abroad, 190, 1810
	if err := abroad.Check(); err != nil {
		t.Errorf("another country's tax: %v", err)
	}
	hebrew := good(t)
	hebrew.Contact.Name, hebrew.Delivery.Locality = "אנה", "תל אביב"
	if err := hebrew.Check(); err != nil {
		t.Errorf("letters from right to left: %v", err)
	}
}

func TestAllProblemsAreListedAtOnce(t *testing.T) {
	r := good(t)
	r.Lines[0].Quantity, r.Contact.Email, r.Delivery.Line1 = 0, "", ""
	var refused *Refusal
	if err := r.Check(); !errors.As(err, &refused) || len(refused.Problems) != 3 {
		t.Errorf("%v", err)
	}
}

func TestTheBodyIsEverythingButTheKey(t *testing.T) {
	hash := func(r Request) [32]byte {
		sum, err := r.Body()
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	base, other := good(t), good(t)
	other.Key[0]++
	if hash(base) != hash(other) {
		t.Error("the key is in the body")
	}
	for name, change := range map[string]func(*Request){
		"quantity": func(r *Request) { r.Lines[0].Quantity++ }, "address": func(r *Request) { r.Delivery.Line2 = "x" },
		"total": func(r *Request) { r.Total.Minor++ }, "customer": func(r *Request) { r.Customer = "7" },
	} {
		other := good(t)
		change(&other)
		if hash(base) == hash(other) {
			t.Errorf("another %s is the same body", name)
		}
	}
}

func TestWineIsInTheOrderOfItsSKUs(t *testing.T) {
	if wine := good(t).Wine(); len(wine) != 2 || wine[0].SKU != "A" || wine[1].SKU != "B" {
		t.Errorf("%v", wine)
	}
}

func TestKeysAreReadAsTheyAreWritten(t *testing.T) {
	k := key(t)
	if back, err := ParseKey(k.String()); err != nil || back != k {
		t.Errorf("%s: %s, %v", k, back, err)
	}
	for _, s := range []string{"", "x", k.String() + "A", k.String()[:21] + "B", strings.Repeat("!", 22)} {
		if _, err := ParseKey(s); !errors.Is(err, ErrKey) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestReceiptCheck(t *testing.T) {
	total := money.Of(1820, "EUR")
	ok := Receipt{Number: "FR-1", Method: Redirect, Reference: "x", Amount: total}
	if err := ok.Check(total); err != nil {
		t.Error(err)
	}
	less, foreign, nameless := ok, ok, ok
	less.Amount.Minor--
	foreign.Amount.Currency = "CHF"
	nameless.Reference = ""
	if less.Check(total) == nil || foreign.Check(total) == nil || nameless.Check(total) == nil {
		t.Error("a wrong receipt passes")
	}
}
