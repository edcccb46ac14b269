package i18n

import (
	"testing"
	"time"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// TestAllocations keeps the cost of a page's strings where doc.go says it is.
func TestAllocations(t *testing.T) {
	p := load(t).Printer("fr-FR")
	at := time.Date(2026, time.November, 5, 14, 32, 5, 0, time.UTC)
	for name, c := range map[string]struct {
		most float64
		call func()
	}{
		"T without placeholders": {0, func() { p.T("offer.add") }},
		"T with one":             {1, func() { p.T("stock.checked", "time", "14:32:05") }},
		"N":                      {2, func() { p.N("unit.bottle", 12) }},
		"Money":                  {2, func() { p.Money(123450, "EUR") }},
		"Date":                   {1, func() { p.Date(at) }},
	} {
		if got := testing.AllocsPerRun(100, c.call); got > c.most {
			t.Errorf("%s: %v allocations, want at most %v", name, got, c.most)
		}
	}
}

func BenchmarkT(b *testing.B) {
	p := load(b).Printer("fr-FR")
	b.ReportAllocs()
	for b.Loop() {
		p.T("offer.add")
	}
}

func BenchmarkTPlaceholders(b *testing.B) {
	p := load(b).Printer("fr-FR")
	b.ReportAllocs()
	for b.Loop() {
		p.T("stock.many", "what", "6 caisses", "place", "nos chais de Bordeaux")
	}
}

func BenchmarkN(b *testing.B) {
	p := load(b).Printer("fr-FR")
	b.ReportAllocs()
	for b.Loop() {
		p.N("unit.bottle", 12)
	}
}

func BenchmarkMoney(b *testing.B) {
	p := load(b).Printer("fr-FR")
	b.ReportAllocs()
	for b.Loop() {
		p.Money(123450, "EUR")
	}
}

func BenchmarkDate(b *testing.B) {
	p := load(b).Printer("fr-FR")
	at := time.Date(2026, time.November, 5, 14, 32, 5, 0, time.UTC)
	b.ReportAllocs()
	for b.Loop() {
		p.Date(at)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}

// BenchmarkLocalize is go-i18n's own way to the strings of BenchmarkT and BenchmarkTPlaceholders.
func BenchmarkLocalize(b *testing.B) {
	bundle := goi18n.NewBundle(language.French)
	err := bundle.AddMessages(language.French,
		&goi18n.Message{ID: "offer.add", Other: "Ajouter au panier"},
		&goi18n.Message{ID: "stock.many", Other: "{{.what}} dans {{.place}}"})
	if err != nil {
		b.Fatal(err)
	}
	localizer := goi18n.NewLocalizer(bundle, "fr")
	for name, config := range map[string]*goi18n.LocalizeConfig{
		"plain":        {MessageID: "offer.add"},
		"placeholders": {MessageID: "stock.many", TemplateData: map[string]string{"what": "6 caisses", "place": "nos chais de Bordeaux"}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := localizer.Localize(config); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
