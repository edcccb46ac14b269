package i18n

import (
	"testing"

	"pgregory.net/rapid"
)

func TestReadMoney(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		locale Locale
		text   string
		minor  int64 // 0: not understood
	}{
		{"de-DE", "1.250,50", 125050}, {"de-DE", "1250,5 €", 125050}, {"de-DE", "1.250", 125000}, {"de-DE", "12.50", 1250}, {"de-DE", "1,250.50", 125050},
		{"de-DE", "1,250", 0}, {"de-CH", "1'250.50", 125050}, {"de-CH", "1’250.–", 125000}, {"de-CH", "CHF 1250.-", 125000}, {"de-CH", "Fr. 1'250", 125000},
		{"de-AT", "1 250,50", 125050}, {"fr-FR", "1 250,50 €", 125050}, {"fr-FR", "1 250", 125000}, {"fr-FR", "1,250", 0}, {"fr-FR", "1.250", 125000},
		{"fr-CH", "1250.50", 125050}, {"en-GB", "£1,250.50", 125050}, {"en-GB", "1,250", 125000}, {"en-GB", "1.250", 0}, {"en-US", "$1,250", 125000},
		{"zh-Hant-HK", "HK$１，２５０", 125000}, {"zh-Hant-HK", "１２５０", 125000}, {"nl-NL", "€ 1.250,-", 125000}, {"it-IT", "1.250.000,00", 125000000}, {"pt-PT", "950", 95000},
		{"en-GB", "", 0}, {"en-GB", "0", 0}, {"en-GB", "0.00", 0}, {"en-GB", "cheap", 0}, {"en-GB", "12,34,56", 0}, {"en-GB", "1,25,000", 0},
		{"en-GB", "1234567890", 0}, {"en-GB", "12e3", 0}, {"en-GB", "1.2.3", 0}, {"en-GB", ".5", 0}, {"en-GB", "10 or 20", 0}, {"fr-FR", "-5", 0}, {"en-GB", ",250", 0},
	} {
		minor, ok := c.Printer(row.locale).ReadMoney(row.text)
		if ok != (row.minor > 0) || ok && minor != row.minor {
			t.Errorf("%s: %q is %d (%v), want %d", row.locale, row.text, minor, ok, row.minor)
		}
	}
}

// What a shop writes, it reads.
func TestReadMoneyReadsWhatMoneyWrites(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := c.Printer(rapid.SampledFrom(Locales()).Draw(t, "locale"))
		want := rapid.Int64Range(1, 99_999_999_999).Draw(t, "minor")
		code := rapid.SampledFrom([]string{"EUR", "CHF", "GBP", "USD", "HKD"}).Draw(t, "currency")
		for _, text := range []string{p.Money(want, code), p.MoneyShort(want, code)} {
			if got, ok := p.ReadMoney(text); !ok || got != want {
				t.Fatalf("%s: %q is %d (%v)", p.Locale(), text, got, ok)
			}
		}
	})
}
