package i18n

import (
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestWords(t *testing.T) {
	c := load(t)
	cases := []struct{ got, want string }{
		{c.Printer("fr-FR").T("offer.add"), "Ajouter au panier"},
		{c.Printer("fr-FR").T("stock.checked", "time", "14:32:05"), "vérifié à 14:32:05"},
		{c.Printer("de-DE").T("vintage.same_year", "year", 1982), "Weitere Weine des Jahrgangs 1982"},
		{c.Printer("en-GB").T("window.from_to", "to", int64(2040), "from", 2025), "drink from 2025 to 2040"},
		{c.Printer("en-GB").T("site.title", "unasked", 1), "Caveau"},
		{c.Printer("en-GB").N("site.title", 2), "Caveau"},
		{c.Printer("pt-PT").N("unit.case", 0), "0 caixas"},
		{c.Printer("fr-BE").N("unit.case", 0), "0 caisse"},
		{c.Printer("it-IT").N("unit.half", 3000000), "3.000.000 di mezze bottiglie"},
		{c.Printer("es-ES").N("unit.case", -1), "-1 caja"},
		{c.Printer("de-CH").N("unit.large", 2), "2 Grossflaschen"},
		{c.Printer("de-AT").N("unit.large", 2), "2 Großflaschen"},
		{c.Printer("en-US").T("fact.colour"), "Color"},
		{c.Printer("en-IE").T("fact.colour"), "Colour"},
		{c.Printer("fr-BE").T("offer.incl_vat"), "TVAC"},
		{c.Printer("fr-LU").T("offer.incl_vat"), "TTC"},
		{c.Printer("zh-Hant-HK").Country("AE"), "阿拉伯聯合酋長國"},
		{c.Printer("de-AT").Country("fr"), "Frankreich"},
		{c.Printer("es-ES").List([]string{"uva", "hijo"}), "uva e hijo"},
		{c.Printer("es-ES").List([]string{"agua", "hielo"}), "agua y hielo"},
	}
	for _, x := range cases {
		if x.got != x.want {
			t.Errorf("got %q, want %q", x.got, x.want)
		}
	}
	if misses := c.Misses(); len(misses) != 0 {
		t.Errorf("misses: %q", misses)
	}
}

func TestMissesAreToldAndCounted(t *testing.T) {
	c := load(t)
	p := c.Printer("fr-FR")
	for got, want := range map[string]string{
		p.T("offer.ad"):                           "⟦offer.ad⟧",
		p.N("offer.ad", 3):                        "⟦offer.ad⟧",
		p.T("stock.checked"):                      "vérifié à ⟦time⟧",
		p.T("stock.checked", "tme", "x"):          "vérifié à ⟦time⟧",
		p.T("stock.checked", "time"):              "vérifié à ⟦time⟧",
		p.T("stock.checked", 7, "x", "time"):      "vérifié à ⟦time⟧",
		p.T("unit.case"):                          "⟦n⟧ caisses",
		p.T("stock.checked", "time", "⟦ok⟧"):      "vérifié à ⟦ok⟧",
		p.T("stock.checked", "time", ""):          "vérifié à ",
		p.T("stock.checked", "time", 2.5):         "vérifié à 2.5",
		p.T("stock.checked", "time", Locale("x")): "vérifié à x",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	want := []string{"fr-FR offer.ad", "fr-FR stock.checked: time", "fr-FR unit.case: n"}
	if got := c.Misses(); !slices.Equal(got, want) {
		t.Errorf("misses %q, want %q", got, want)
	}
	if got := c.MissCount(); got != 7 {
		t.Errorf("%d misses, want 7", got)
	}
	if p.Has("offer.ad") || !p.Has("offer.add") {
		t.Error("Has disagrees with T")
	}
}

func TestMissesAreBounded(t *testing.T) {
	c := load(t)
	for i := range 3 * maxMisses {
		c.Printer("fr-FR").T("junk." + strings.Repeat("x", i))
	}
	if got := len(c.Misses()); got != maxMisses {
		t.Errorf("%d misses kept, want %d", got, maxMisses)
	}
	if got := c.MissCount(); got != 3*maxMisses {
		t.Errorf("%d misses counted, want %d", got, 3*maxMisses)
	}
}

func TestExtremes(t *testing.T) {
	p := load(t).Printer("en-GB")
	for got, want := range map[string]string{
		p.Number(math.MinInt64):           "-9,223,372,036,854,775,808",
		p.Money(math.MinInt64, "GBP"):     "-£92,233,720,368,547,758.08",
		p.Money(math.MaxInt64, "JPY"):     "JP¥9,223,372,036,854,775,807",
		p.Money(7, "KWD"):                 "KWD\u00a00.007",
		p.Money(700, "ZZZ"):               "ZZZ\u00a07.00",
		p.MoneyShort(-1, "GBP"):           "-£0.01",
		p.Decimal(math.NaN(), 2):          "NaN",
		p.Percent(math.Inf(-1), 2):        "-∞",
		p.Decimal(-0.001, 2):              "0",
		p.Decimal(2.5, -1):                "2",
		p.Litres(0):                       "0cl",
		p.N("unit.bottle", math.MinInt64): "-9,223,372,036,854,775,808 bottles",
		p.Country("xx"):                   "xx",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestPrinterOfUnknownLocale(t *testing.T) {
	c := load(t)
	for l, want := range map[Locale]Locale{"fr-CA": "fr-FR", "pt-BR": "pt-PT", "zh-Hans-CN": "zh-Hant-HK", "ja-JP": "en-GB", "": "en-GB", "de": "de-CH"} {
		if got := c.Printer(l).Locale(); got != want {
			t.Errorf("printer of %q is %s's, want %s's", l, got, want)
		}
	}
	for _, l := range Locales() {
		if got := c.Printer(l).Locale(); got != l {
			t.Errorf("printer of %s is %s's", l, got)
		}
	}
}

func TestLocales(t *testing.T) {
	if n := len(Locales()); n != 17 {
		t.Errorf("%d locales, want 17", n)
	}
	for l, want := range map[Locale]string{"fr-BE": "fr", "pt-PT": "pt", "zh-Hant-HK": "zh", "en": "en"} {
		if got := l.Language(); got != want {
			t.Errorf("language of %s is %q, want %q", l, got, want)
		}
	}
	if got := Locale("zh-Hant-HK").Tag(); got != "zh-Hant-HK" {
		t.Errorf("tag %q", got)
	}
}

// TestPluralTable holds the table against go-i18n's rule, and the rule against the categories of CLDR's extract.
func TestPluralTable(t *testing.T) {
	data, err := readCLDR()
	if err != nil {
		t.Fatal(err)
	}
	c := load(t)
	for _, l := range Locales() {
		rule := c.Printer(l).plural
		for _, n := range []int{0, 1, 2, 10, tabled - 1, tabled, 1_000_000, 2_000_000, 2_000_001} {
			want, err := rule.ask(n)
			if err != nil {
				t.Fatal(err)
			}
			if got := rule.form(n); got != want {
				t.Errorf("%s: form of %d is %s, want %s", l, n, got, want)
			}
			if _, ok := data.Locales[l].PluralRules[want.String()]; !ok {
				t.Errorf("%s: form %s of %d is not in CLDR's rules", l, want, n)
			}
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	c := load(t)
	var wait sync.WaitGroup
	for _, l := range Locales() {
		for range 4 {
			wait.Go(func() {
				p := c.Printer(l)
				want := p.N("unit.bottle", 1_000_000) + p.Money(123450, "EUR")
				for range 200 {
					if got := p.N("unit.bottle", 1_000_000) + p.Money(123450, "EUR"); got != want {
						t.Errorf("%s: got %q, want %q", l, got, want)
						return
					}
					p.T("no.such")
				}
			})
		}
	}
	wait.Wait()
}

func TestDatePatternFaults(t *testing.T) {
	for _, pattern := range []string{"", "d 'de MMMM", "d MMMM G", "EEEE d"} {
		if _, err := parseDatePattern(pattern); err == nil {
			t.Errorf("pattern %q was taken", pattern)
		}
	}
}

// A byte-wise order would put Égypte and Österreich behind the Z.
func TestCountriesAreSortedAsInADictionary(t *testing.T) {
	c := load(t)
	for locale, want := range map[Locale][]string{
		"fr-FR":      {"DE", "EG", "ES", "US", "FR"}, // Allemagne, Égypte, Espagne, États-Unis, France
		"de-DE":      {"DK", "FR", "AT", "HU"},       // Dänemark, Frankreich, Österreich, Ungarn
		"zh-Hant-HK": {"JP", "FR", "DE"},             // 日本, 法國, 德國: by strokes
	} {
		var got []string
		for _, code := range c.Printer(locale).Countries() {
			if slices.Contains(want, code) {
				got = append(got, code)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", locale, got, want)
		}
	}
}

// The first of a month is an ordinal in French sentences, and in no other language and no shorter form.
func TestTheFirstOfAMonth(t *testing.T) {
	first := time.Date(2026, time.December, 1, 12, 0, 0, 0, time.UTC)
	for locale, want := range map[Locale]string{
		"fr-FR": "1er décembre 2026", "fr-CH": "1er décembre 2026", "de-DE": "1. Dezember 2026", "it-IT": "1 dicembre 2026", "zh-Hant-HK": "2026年12月1日",
	} {
		p := load(t).Printer(locale)
		if got := p.Date(first); got != want {
			t.Errorf("%s: %q, want %q", locale, got, want)
		}
		if strings.Contains(p.DateShort(first)+p.DateMedium(first), "er") {
			t.Errorf("%s: %s, %s", locale, p.DateShort(first), p.DateMedium(first))
		}
	}
	if got, want := load(t).Printer("fr-FR").Date(first.AddDate(0, 0, 10)), "11 décembre 2026"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
