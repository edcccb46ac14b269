package order

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Contact is whom the merchant writes to.
type Contact struct {
	Name  string
	Email string
	Phone string // may be empty
}

// Address in the parts that all countries have between them. Which of them a country wants, and in what order, is
// decided where the form is made.
type Address struct {
	Recipient   string
	Line1       string
	Line2       string
	Line3       string
	Sublocality string
	Locality    string
	Region      string
	Postcode    string
	Country     string // ISO 3166, "FR"
}

// The longest parts of a person, in characters. No postal service takes longer ones.
const (
	MaxField = 120
	MaxEmail = 254
)

// field of a form with its value.
type field struct {
	name, value string
	most        int
	required    bool
}

// check lists what cannot be used: each field that is missing, too long, or holds what is no text.
func (c Contact) check() []Problem {
	return checkFields([]field{
		{"contact.name", c.Name, MaxField, true},
		{"contact.email", c.Email, MaxEmail, true},
		{"contact.phone", c.Phone, MaxField, false},
	})
}

// Usable says that a contact can be written to: nothing is missing, too long, or no text.
func (c Contact) Usable() bool { return len(c.check()) == 0 }

func (a Address) check(prefix string) []Problem {
	return checkFields([]field{
		{prefix + ".recipient", a.Recipient, MaxField, true},
		{prefix + ".line1", a.Line1, MaxField, true},
		{prefix + ".line2", a.Line2, MaxField, false},
		{prefix + ".line3", a.Line3, MaxField, false},
		{prefix + ".sublocality", a.Sublocality, MaxField, false},
		{prefix + ".locality", a.Locality, MaxField, false},
		{prefix + ".region", a.Region, MaxField, false},
		{prefix + ".postcode", a.Postcode, MaxField, false},
		{prefix + ".country", a.Country, 2, true},
	})
}

func checkFields(fields []field) []Problem {
	var out []Problem
	for _, f := range fields {
		missing := f.required && strings.TrimSpace(f.value) == ""
		if missing || utf8.RuneCountInString(f.value) > f.most || !isText(f.value) {
			out = append(out, Problem{Err: ErrPerson, Field: f.name})
		}
	}
	return out
}

// isText refuses control characters and those that turn the direction of what follows: on a parcel label "TX" would
// read as "XT". Letters that are themselves written from right to left are text.
func isText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	})
}
