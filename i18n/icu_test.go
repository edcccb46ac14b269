package i18n

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"
)

// expectedByICU holds strings printed by ICU 78. It is not part of the project; testdata/formats.txt proves less, but everywhere.
const expectedByICU = "../../shared/data/locale/icu78_expected.txt"

var icuCurrencies = []string{"EUR", "GBP", "CHF", "USD", "HKD", "JPY"}

func TestFormatsEqualICU(t *testing.T) {
	c := load(t)
	seen := make(map[string]int)
	for _, line := range readICU(t) {
		kind, rest := "M", line
		if strings.HasPrefix(line, "D ") || strings.HasPrefix(line, "P ") {
			kind, rest = line[:1], line[2:]
		}
		name, want, _ := strings.Cut(rest, " ")
		l, want := Locale(name), strings.TrimSpace(want)
		if !l.Known() {
			continue
		}
		seen[kind]++
		p := c.Printer(l)
		got := map[string]func(*Printer) string{"M": moneyLine, "D": dateLine, "P": pluralLine}[kind](p)
		if got != want {
			t.Errorf("%s %s:\n got %s\nwant %s", kind, l, got, want)
		}
	}
	for _, kind := range []string{"M", "D", "P"} {
		if seen[kind] != len(Locales()) {
			t.Errorf("rows of kind %s: %d, want one for each of %d locales", kind, seen[kind], len(Locales()))
		}
	}
}

func moneyLine(p *Printer) string {
	var amounts []string
	for _, code := range icuCurrencies {
		minor := int64(123450)
		if code == "JPY" {
			minor = 1235
		}
		amounts = append(amounts, visible(p.Money(minor, code)))
	}
	return strings.Join(amounts, " | ")
}

func dateLine(p *Printer) string {
	day := time.Date(2026, time.November, 5, 12, 0, 0, 0, time.UTC)
	return p.Date(day) + " | " + p.DateShort(day)
}

func pluralLine(p *Printer) string {
	var forms []string
	for _, n := range []string{"0", "1", "1.5", "2", "1000000"} {
		f, err := p.plural.ask(n)
		if err != nil {
			return err.Error()
		}
		forms = append(forms, n+"="+f.String())
	}
	return strings.Join(forms, " ")
}

// visible makes no-break spaces visible as the expected file does.
func visible(s string) string {
	return strings.NewReplacer("\u00a0", "␣", "\u202f", "⍽").Replace(s)
}

func readICU(t *testing.T) []string {
	t.Helper()
	file, err := os.Open(expectedByICU)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no ICU 78 table beside the project; TestFormatsGolden has a smaller proof")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var lines []string
	for s := bufio.NewScanner(file); s.Scan(); {
		lines = append(lines, s.Text())
	}
	return lines
}

func load(t testing.TB) *Catalogue {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
