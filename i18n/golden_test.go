package i18n

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write testdata/formats.txt anew")

// TestFormatsGolden compares every format in every locale with testdata/formats.txt, whose money, numbers, dates and
// lists were compared with ICU 78.2 when it was made.
func TestFormatsGolden(t *testing.T) {
	const path = "testdata/formats.txt"
	got := golden(load(t))
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(raw), "\n")
	if len(gotLines) != len(wantLines) {
		t.Errorf("%d lines, want %d", len(gotLines), len(wantLines))
	}
	for i := range min(len(gotLines), len(wantLines)) {
		if gotLines[i] != wantLines[i] {
			t.Errorf("line %d:\n got %s\nwant %s", i+1, gotLines[i], wantLines[i])
		}
	}
}

func golden(c *Catalogue) string {
	var b strings.Builder
	for _, l := range Locales() {
		p := c.Printer(l)
		fmt.Fprintf(&b, "%s money   %s\n", l, moneyLine(p))
		fmt.Fprintf(&b, "%s amounts %s\n", l, visible(strings.Join(amounts(p), " | ")))
		fmt.Fprintf(&b, "%s numbers %s\n", l, visible(strings.Join(numbers(p), " | ")))
		fmt.Fprintf(&b, "%s dates   %s\n", l, visible(strings.Join(dates(p), " | ")))
		fmt.Fprintf(&b, "%s volumes %s\n", l, visible(strings.Join(volumes(p), " | ")))
		fmt.Fprintf(&b, "%s words   %s\n", l, visible(strings.Join(words(p), " | ")))
		fmt.Fprintf(&b, "%s plural  %s\n\n", l, pluralLine(p))
	}
	return b.String()
}

func amounts(p *Printer) []string {
	return []string{
		p.Money(-123450, "EUR"), p.Money(-123450, "CHF"), p.Money(0, "USD"), p.Money(5, "GBP"), p.Money(123456789, "EUR"),
		p.Money(1234567, "KWD"), p.Money(1090, "SEK"),
		p.MoneyShort(109000, "EUR"), p.MoneyShort(109050, "EUR"), p.MoneyShort(-109000, "HKD"), p.MoneyShort(1235, "JPY"),
	}
}

func numbers(p *Printer) []string {
	return []string{
		p.Number(0), p.Number(999), p.Number(1234), p.Number(12345), p.Number(-1234567),
		p.Decimal(13.5, 2), p.Decimal(-1234.5, 1), p.Decimal(12345.678, 2), p.Decimal(-0.04, 1), p.Percent(20, 1), p.Percent(13.5, 1), p.Percent(-8.1, 1),
	}
}

func dates(p *Printer) []string {
	winter := time.Date(2026, time.January, 5, 9, 3, 7, 0, time.UTC)
	autumn := time.Date(1999, time.September, 30, 23, 59, 59, 0, time.UTC)
	return []string{
		p.Date(winter), p.DateMedium(winter), p.DateShort(winter), p.YearMonth(winter), p.Clock(winter),
		p.Date(autumn), p.DateMedium(autumn), p.DateShort(autumn), p.YearMonth(autumn), p.Clock(autumn),
	}
}

func volumes(p *Printer) []string {
	var all []string
	for _, ml := range []int{187, 200, 375, 500, 750, 1000, 1500, 4500, 18000} {
		all = append(all, p.Litres(ml))
	}
	return all
}

func words(p *Printer) []string {
	return []string{
		p.List([]string{"Merlot", "Malbec", "Petit Verdot"}), p.List([]string{"Rioja", "Italia"}), p.List([]string{"a"}), p.List(nil),
		p.N("unit.bottle", 0), p.N("unit.bottle", 1), p.N("unit.bottle", 2), p.N("unit.bottle", 2500), p.N("unit.bottle", 1000000),
		p.T("stock.many", "what", p.N("unit.case", 6), "place", p.T("place.bordeaux")),
		p.Country("DE"), p.Country("US"), p.Country("XX"),
	}
}
