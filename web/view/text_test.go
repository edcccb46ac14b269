package view

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"caveau/i18n"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/layout"
	"caveau/templates/page"
)

// textKinds in the order of the footer.
var textKinds = []route.Kind{route.Delivery, route.Imprint, route.Terms, route.Privacy, route.Contact, route.Accessibility}

func (s *shop) text(t *testing.T, e *market.Edition, kind route.Kind) page.Text {
	t.Helper()
	out, err := s.site.text(s.snap, e, kind, layout.Frame{P: s.site.printer(e), Notices: s.site.edition(e).notice})
	if err != nil {
		t.Fatalf("%s %s: %v", e.Locale, kind, err)
	}
	return out
}

// textOf is everything that a page of words says, a line per item.
func textOf(p page.Text) string {
	lines := []string{p.Heading, p.Lead, p.Updated}
	for _, section := range p.Sections {
		lines = append(lines, section.Heading)
		for _, b := range section.Blocks {
			lines = append(lines, b.Text)
			lines = append(append(lines, b.List...), b.Lines...)
			for _, f := range b.Facts {
				lines = append(lines, f.Term+": "+f.Text)
			}
			if b.Table != nil {
				for _, row := range append([][]string{b.Table.Head}, b.Table.Rows...) {
					lines = append(lines, strings.Join(row, " | "))
				}
			}
		}
	}
	return strings.Join(lines, "\n")
}

// TestTextPages builds every page of words in all 17 editions: nothing missing, nothing empty, and neither a stub nor
// a book. Chinese says the same in a third of the characters.
func TestTextPages(t *testing.T) {
	s := demoShop(t)
	for _, e := range s.markets.Editions {
		for _, kind := range textKinds {
			p := s.text(t, e, kind)
			words, shortest := textOf(p), 500
			if e.Locale.Language() == "zh" {
				shortest = 170
			}
			if n := utf8.RuneCountInString(words); n < shortest || n > 9000 {
				t.Errorf("%s %s: %d characters", e.Locale, kind, n)
			}
			if len(p.Sections) < 3 || len(p.Sections) > 8 {
				t.Errorf("%s %s: %d sections", e.Locale, kind, len(p.Sections))
			}
			if strings.ContainsAny(words, "⟦⟧{}") {
				t.Errorf("%s %s: something is missing in %q", e.Locale, kind, words)
			}
			checkSections(t, e.Locale, kind, p)
		}
	}
	s.complain(t)
}

func checkSections(t *testing.T, locale i18n.Locale, kind route.Kind, p page.Text) {
	t.Helper()
	seen := map[string]bool{}
	for _, section := range p.Sections {
		if section.ID == "" || section.Heading == "" || seen[section.ID] || seen[section.Heading] {
			t.Errorf("%s %s: section %q %q has no name of its own", locale, kind, section.ID, section.Heading)
		}
		seen[section.ID], seen[section.Heading] = true, true
		for _, b := range section.Blocks {
			if b.Text == "" && len(b.List)+len(b.Facts)+len(b.Lines) == 0 && b.Table == nil {
				t.Errorf("%s %s: section %s has an empty block", locale, kind, section.ID)
			}
			for _, f := range b.Facts {
				if f.Term == "" || f.Text == "" {
					t.Errorf("%s %s: section %s has the fact %+v", locale, kind, section.ID, f)
				}
			}
		}
	}
}

// TestTextLaw wants what a market's law asks for on its pages, and not what that of another one does.
func TestTextLaw(t *testing.T) {
	s := demoShop(t)
	cases := []struct {
		locale i18n.Locale
		kind   route.Kind
		want   string // parts separated by "|"; "!" before those that must not be there
	}{
		{"fr-FR", route.Terms, "14 jours|2011/83/UE|Rayez la mention inutile|obligation de paiement|prix au litre|20\u00a0%|L. 3342-1|L’abus d’alcool|sulfites|!Consumer Contracts"},
		{"fr-BE", route.Terms, "14 jours|21\u00a0%|!L’abus d’alcool|!L. 3342-1"},
		{"de-DE", route.Terms, "zahlungspflichtig bestellen|Unzutreffendes streichen|30 Tage|19\u00a0%|!L. 3342-1"},
		{"de-CH", route.Terms, "kennt kein allgemeines Widerrufsrecht|fünf Rappen|CHF|8.1%|!2011/83/EU|!Muster-Widerrufsformular|!ß"},
		{"en-GB", route.Terms, "Consumer Contracts Regulations 2013|In-bond prices|GBP|!2011/83/EU|!two years"},
		{"en-US", route.Terms, "21 years|sales tax|photo ID|State of New York|!14 days|!per litre|!VAT"},
		{"en-HK", route.Terms, "Under the law of Hong Kong, intoxicating liquor|根據香港法律|neither VAT nor duty|HKD|!Model withdrawal form"},
		{"zh-Hant-HK", route.Terms, "根據香港法律|Under the law of Hong Kong|14 日內|HKD|亞硫酸鹽|!2011/83/EU"},
		{"nl-NL", route.Terms, "betalingsverplichting|sulfieten|btw"},
		{"it-IT", route.Terms, "obbligo di pagare|solfiti|recesso"},
		{"es-ES", route.Terms, "obligación de pago|sulfitos|Táchese"},
		{"pt-PT", route.Terms, "obrigação de pagar|sulfitos|livre resolução"},
		{"en-US", route.Delivery, "New York, United States|State law decides|!Bordeaux"},
		{"en-HK", route.Delivery, "Dispatched from: Hong Kong|aged 18 or over, as Hong Kong law"},
		{"zh-Hant-HK", route.Delivery, "送貨地區: 香港|發貨地點: 香港|!特別行政區"},
		{"es-ES", route.Delivery, "Burdeos, Francia|España"},
		{"fr-CH", route.Delivery, "dédouanement en Suisse"},
		{"en-HK", route.Imprint, "no liquor licence|根據香港法律"},
		{"de-AT", route.Privacy, "Österreichische Datenschutzbehörde|2016/679"},
		{"en-US", route.Privacy, "sell personal information|!Supervisory authority"},
		{"nl-BE", route.Accessibility, "toegankelijkheid@caveau.example|2019/882|WCAG"},
		{"en-GB", route.Accessibility, "accessibility@caveau.example|!2019/882"},
	}
	for _, c := range cases {
		words := textOf(s.text(t, s.edition(t, c.locale), c.kind))
		for _, part := range strings.Split(c.want, "|") {
			unwanted := strings.HasPrefix(part, "!")
			if strings.Contains(words, strings.TrimPrefix(part, "!")) == unwanted {
				t.Errorf("%s %s: %q in\n%s", c.locale, c.kind, part, words)
			}
		}
	}
}

// TestTextKind refuses what is no page of words.
func TestTextKind(t *testing.T) {
	s := demoShop(t)
	if _, err := s.site.text(s.snap, s.markets.Editions[0], route.Home, layout.Frame{}); err == nil {
		t.Error("home is no page of words")
	}
}

// TestCookieTable holds the privacy page against the cookies: every one is named with its purpose and its life, and
// none needs the banner that the page says is not there.
func TestCookieTable(t *testing.T) {
	s := demoShop(t)
	for _, e := range s.markets.Editions {
		words := textOf(s.text(t, e, route.Privacy))
		for _, c := range Cookies() {
			row := c.Name + " | " + s.site.printer(e).T(c.Purpose) + " | "
			if !strings.Contains(words, row) {
				t.Errorf("%s: no row %q", e.Locale, row)
			}
			if !c.Strict || c.Life <= 0 || !strings.HasPrefix(c.Name, "__Host-") {
				t.Errorf("cookie %+v is not one that may go without consent", c)
			}
		}
		if !strings.Contains(words, hintStorage+" | ") {
			t.Errorf("%s: local storage %q is not named", e.Locale, hintStorage)
		}
	}
	if words := textOf(s.text(t, s.edition(t, "fr-FR"), route.Privacy)); !strings.Contains(words, " | 60 jours") {
		t.Error("the life of the cart's cookie is not 60 jours")
	}
}

// TestTextFacts wants a warehouse and a mailbox for barriers wherever there is a market and a language.
func TestTextFacts(t *testing.T) {
	markets := demoShop(t).markets
	for _, w := range markets.Warehouses {
		if textWarehouses[w].city == "" {
			t.Errorf("warehouse %s has no city", w)
		}
	}
	var mails []string
	for _, language := range route.Languages {
		mail := mailAccessibility[language]
		if !strings.HasSuffix(mail, "@caveau.example") || slices.Contains(mails, mail) {
			t.Errorf("language %s: mailbox %q", language, mail)
		}
		mails = append(mails, mail)
	}
	for _, e := range markets.Editions {
		if (authorities[e.Locale] == "") != inAmerica(e.Market) {
			t.Errorf("%s: supervised by %q", e.Locale, authorities[e.Locale])
		}
	}
}
