package i18n

import (
	"fmt"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// form is a plural category of CLDR.
type form int

const (
	other form = iota
	zero
	one
	two
	few
	many
	formCount int = iota
)

func (f form) String() string {
	return [formCount]string{"other", "zero", "one", "two", "few", "many"}[f]
}

// formOf returns the form with CLDR's name for it; ok is false for any other word.
func formOf(name string) (f form, ok bool) {
	for f := range form(formCount) {
		if f.String() == name {
			return f, true
		}
	}
	return other, false
}

// pluralRule tells the form of a count in one language. go-i18n knows CLDR's rules but tells them only by rendering a
// message, which takes a microsecond. So it is asked once for every count that a page may hold, and later only for
// greater ones.
type pluralRule struct {
	small [tabled]form
	probe *goi18n.Localizer
}

const tabled = 512

const probeID = "form"

// newPluralRule prepares the rule of a BCP 47 tag.
func newPluralRule(tag string) (*pluralRule, error) {
	parsed, err := language.Parse(tag)
	if err != nil {
		return nil, fmt.Errorf("parse language tag %q: %w", tag, err)
	}
	bundle := goi18n.NewBundle(parsed)
	err = bundle.AddMessages(parsed, &goi18n.Message{
		ID: probeID, Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other",
	})
	if err != nil {
		return nil, fmt.Errorf("prepare plural rule of %s: %w", tag, err)
	}
	r := &pluralRule{probe: goi18n.NewLocalizer(bundle, tag)}
	for n := range r.small {
		if r.small[n], err = r.ask(n); err != nil {
			return nil, fmt.Errorf("plural rule of %s: %w", tag, err)
		}
	}
	return r, nil
}

// form returns the form of n; a negative count takes that of its magnitude.
func (r *pluralRule) form(n int) form {
	if 0 <= n && n < tabled {
		return r.small[n]
	}
	f, err := r.ask(n)
	if err != nil {
		return other // never for an int, whatever its size; the rest of the sentence still reads
	}
	return f
}

// ask takes an int, or a string of digits with a point.
func (r *pluralRule) ask(n any) (form, error) {
	name, err := r.probe.Localize(&goi18n.LocalizeConfig{MessageID: probeID, PluralCount: n})
	if err != nil {
		return other, fmt.Errorf("ask for the plural form of %v: %w", n, err)
	}
	f, ok := formOf(name)
	if !ok {
		return other, fmt.Errorf("plural form of %v is %q", n, name)
	}
	return f, nil
}
