package main

import (
	"io"
	"strings"
	"testing"
	"time"
)

func TestTheTableIsMarkdownAndCountsMisses(t *testing.T) {
	lines := []line{{"speed", "0.7", "0.6", judge(true)}, {"size", "11 kB", "10 kB", judge(false)}, {"list", "absent", "15 s", noted}}
	want := "| what | measured | wanted | ok |\n|---|---|---|---|\n| speed | 0.7 | 0.6 | yes |\n| size | 11 kB | 10 kB | **no** |\n| list | absent | 15 s | – |\n"
	if got := table(lines); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if n := misses(lines); n != 1 {
		t.Errorf("%d misses, want 1", n)
	}
}

func TestNumbersAsPeopleReadThem(t *testing.T) {
	for _, c := range [][2]string{
		{thousands(0), "0"}, {thousands(999), "999"}, {thousands(1234567), "1,234,567"}, {thousands(-1234), "-1,234"}, {thousands(-123), "-123"},
		{millis(1500 * time.Microsecond), "1.5 ms"}, {millis(1234 * time.Millisecond), "1,234 ms"},
		{kilobytes(9349), "9.3 kB"}, {megabytes(250e6), "250 MB"},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}

func TestMedianAndQuantile(t *testing.T) {
	if m := median([]float64{3, 1, 2}); m != 2 {
		t.Errorf("median %v", m)
	}
	if m := median([]float64{}); m != 0 {
		t.Errorf("median of nothing %v", m)
	}
	if q := quantile([]time.Duration{3 * time.Second, time.Second, 2 * time.Second}, 0.99); q != 3*time.Second {
		t.Errorf("p99 %s", q)
	}
}

func TestFlags(t *testing.T) {
	o, err := parse([]string{"-only", "stock,price", "-short"}, io.Discard)
	if err != nil || strings.Join(o.only, " ") != "stock price" || !o.short {
		t.Errorf("%+v, %v", o, err)
	}
	var said strings.Builder
	if _, err := parse([]string{"-only", "stock,prize"}, &said); err == nil || !strings.Contains(said.String(), `"prize"`) {
		t.Errorf("a wrong name was taken; said %q", said.String())
	}
	b := &bench{options: o}
	if got := b.command(); got != "go run ./e2e/bench -short -only stock,price" {
		t.Errorf("command %q", got)
	}
	if !b.wants("stock") || b.wants("load") || !(&bench{}).wants("load") {
		t.Error("wants")
	}
}

func TestAnOfferSaysItsOwnNumber(t *testing.T) {
	page := []byte(`<label class="offer" id="sku-A" data-sku="A"><b>117,00 €</b><span class="stock" data-level="many">104 bouteilles</span></label>
		<label class="offer" id="sku-B" data-sku="B"><b>104,00 €</b><span class="stock">117 bouteilles</span></label>`)
	for _, c := range []struct {
		sku  string
		n    int
		want bool
	}{{"A", 104, true}, {"A", 117, false}, {"A", 10, false}, {"B", 117, true}, {"B", 104, false}, {"C", 104, false}} {
		if got := offerSays(page, c.sku, c.n); got != c.want {
			t.Errorf("%s says %d: %v", c.sku, c.n, got)
		}
	}
}

func TestLighthouseSaysWhatPullsAScoreDown(t *testing.T) {
	full, low, zero := 1.0, 0.96, 0.0
	r := lighthouseReport{}
	r.Categories = map[string]struct {
		Score     *float64
		AuditRefs []struct {
			ID     string
			Weight float64
		}
	}{}
	for _, c := range categories {
		entry := r.Categories[c.name]
		entry.Score = &full
		r.Categories[c.name] = entry
	}
	if !r.reached() || r.String() != "100/100/100/100" {
		t.Errorf("%s", r)
	}
	entry := r.Categories["best-practices"]
	entry.Score = &low
	entry.AuditRefs = append(entry.AuditRefs, struct {
		ID     string
		Weight float64
	}{"errors-in-console", 1})
	r.Categories["best-practices"] = entry
	r.Audits = map[string]struct{ Score *float64 }{"errors-in-console": {&zero}}
	if r.reached() || r.String() != "100/100/96/100 (errors-in-console)" {
		t.Errorf("%s", r)
	}
}

func TestCountersGrow(t *testing.T) {
	before := counters{"caveau_page_cache_hits_total": 10, "caveau_page_cache_misses_total": 5}
	after := counters{"caveau_page_cache_hits_total": 40, "caveau_page_cache_misses_total": 15}
	if got := after.since(before).hitRate(); got != 0.75 {
		t.Errorf("hit rate %v", got)
	}
}
