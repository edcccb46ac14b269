package market

import (
	"slices"
	"strings"
	"testing"
	"time"

	"caveau/i18n"
)

func load(t *testing.T) *Table {
	t.Helper()
	table, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestMarkets(t *testing.T) {
	type row struct {
		code, country, currency string
		basis                   Basis
		inBond                  bool
		vat                     float64
		rounding                int64
		warehouse               string
		minAge                  int
	}
	want := []row{
		{"fr", "FR", "EUR", Incl, false, 20, 1, "bordeaux", 18},
		{"be", "BE", "EUR", Incl, false, 21, 1, "bordeaux", 18},
		{"lu", "LU", "EUR", Incl, false, 14, 1, "bordeaux", 18},
		{"ch", "CH", "CHF", Incl, false, 8.1, 5, "bordeaux", 18},
		{"de", "DE", "EUR", Incl, false, 19, 1, "bordeaux", 18},
		{"at", "AT", "EUR", Incl, false, 20, 1, "bordeaux", 18},
		{"uk", "GB", "GBP", Incl, true, 20, 1, "bordeaux", 18},
		{"ie", "IE", "EUR", Incl, false, 23, 1, "bordeaux", 18},
		{"it", "IT", "EUR", Incl, false, 22, 1, "bordeaux", 18},
		{"es", "ES", "EUR", Incl, false, 21, 1, "bordeaux", 18},
		{"pt", "PT", "EUR", Incl, false, 13, 1, "bordeaux", 18},
		{"nl", "NL", "EUR", Incl, false, 21, 1, "bordeaux", 18},
		{"us", "US", "USD", Excl, false, 0, 1, "new-york", 21},
		{"hk", "HK", "HKD", Incl, false, 0, 1, "hong-kong", 18},
	}
	table := load(t)
	if len(table.Markets) != len(want) {
		t.Fatalf("%d markets, want %d", len(table.Markets), len(want))
	}
	for i, m := range table.Markets {
		got := row{m.Code, m.Country, string(m.Currency), m.Basis, m.InBond, m.VAT, m.Rounding, m.Warehouse, m.MinAge}
		if got != want[i] {
			t.Errorf("market %d is %+v, want %+v", i, got, want[i])
		}
		if found, ok := table.Market(m.Code); m.Index != i || !ok || found != m {
			t.Errorf("market %s: index %d, found by its code: %v", m.Code, m.Index, ok)
		}
	}
	for _, code := range []string{"", "gb", "FR", "www", "localhost"} {
		if m, ok := table.Market(code); ok || m != nil {
			t.Errorf("%q is market %+v", code, m)
		}
	}
	if want := []string{"bordeaux", "new-york", "hong-kong"}; !slices.Equal(table.Warehouses, want) {
		t.Errorf("warehouses %v, want %v", table.Warehouses, want)
	}
}

func TestEditions(t *testing.T) {
	want := []string{
		"fr fr-FR", "be fr-BE", "be nl-BE /nl", "lu fr-LU", "ch de-CH", "ch fr-CH /fr", "de de-DE", "at de-AT", "uk en-GB", "ie en-IE",
		"it it-IT", "es es-ES", "pt pt-PT", "nl nl-NL", "us en-US", "hk zh-Hant-HK", "hk en-HK /en",
	}
	table := load(t)
	var got []string
	for i, e := range table.Editions {
		got = append(got, strings.TrimSpace(e.Market.Code+" "+string(e.Locale)+" "+e.Prefix))
		if e.Index != i {
			t.Errorf("%s has index %d, want %d", e.Locale, e.Index, i)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("editions\n%v, want\n%v", got, want)
	}
}

// The printers are made for i18n's locales, in that order; an edition of another one would have no words.
func TestEditionsAreTheLocalesOfI18n(t *testing.T) {
	var got []i18n.Locale
	for _, e := range load(t).Editions {
		got = append(got, e.Locale)
	}
	if want := i18n.Locales(); !slices.Equal(got, want) {
		t.Errorf("locales of the editions %v, want %v", got, want)
	}
}

func TestOfAMarketTheRootComesFirst(t *testing.T) {
	table := load(t)
	n := 0
	for _, m := range table.Markets {
		own := table.Of(m)
		n += len(own)
		if len(own) != len(m.Locales) || own[0].Prefix != "" {
			t.Fatalf("%s has %d editions for %d locales", m.Code, len(own), len(m.Locales))
		}
		for i, e := range own {
			if e.Market != m || e.Locale != m.Locales[i] || i > 0 && e.Prefix == "" {
				t.Errorf("%s: edition %d is %+v", m.Code, i, e)
			}
		}
	}
	if n != len(table.Editions) {
		t.Errorf("%d editions belong to a market, %d are there", n, len(table.Editions))
	}
}

// What hangs on a notice asks for it by these keys.
func TestNotices(t *testing.T) {
	table := load(t)
	for _, c := range []struct {
		notice string
		shops  string
	}{
		{"loi-evin", "fr"},
		{"minors-banner-fr", "fr"},
		{"unit-price-litre", "fr be lu ch de at uk ie it es pt nl"},
		{"withdrawal", "fr be lu de at ie it es pt nl"},
		{"cancellation-uk", "uk"},
		{"adult-signature", "us"},
		{"hk-minors-notice-bilingual", "hk"},
		{"unknown", ""},
	} {
		var shops []string
		for _, m := range table.Markets {
			if m.Has(c.notice) {
				shops = append(shops, m.Code)
			}
		}
		if got := strings.Join(shops, " "); got != c.shops {
			t.Errorf("%s is shown by %q, want %q", c.notice, got, c.shops)
		}
	}
}

// Noon in London on a day of summer, by the clock of each shop.
func TestZones(t *testing.T) {
	at := time.Date(2026, 7, 1, 11, 0, 0, 0, time.UTC)
	want := map[string]string{"uk": "12:00", "ie": "12:00", "pt": "12:00", "us": "07:00", "hk": "19:00"}
	for _, m := range load(t).Markets {
		clock, special := want[m.Code]
		if !special {
			clock = "13:00"
		}
		if got := at.In(m.Zone).Format("15:04"); got != clock {
			t.Errorf("in %s (%s) it is %s, want %s", m.Code, m.Zone, got, clock)
		}
	}
}

func TestBrokenMarketsAreRefused(t *testing.T) {
	for _, c := range []struct {
		name, want string
		row        row
	}{
		{"no clock", "it has no time zone", row{Code: "va", Warehouse: "bordeaux"}},
		{"no such warehouse", `unknown warehouse "rome"`, row{Code: "it", Warehouse: "rome"}},
	} {
		table := &Table{Warehouses: []string{"bordeaux"}, byCode: map[string]*Market{}}
		if err := table.add(c.row); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if len(table.Markets) > 0 {
			t.Errorf("%s: taken all the same", c.name)
		}
	}
}
