package component

import (
	"strconv"
	"strings"
	"testing"
)

func TestBarStaysWithinItsLength(t *testing.T) {
	for _, w := range []Window{
		{From: 2000, To: 2045, PeakFrom: 2010, PeakTo: 2030, Now: 2026},
		{From: 2030, To: 2060, Now: 2026},
		{From: 1950, To: 1960, PeakFrom: 1952, PeakTo: 1955, Now: 2026},
		{From: 2026, To: 2026, Now: 2026},
	} {
		b := w.bar()
		from, now, to := share(t, b.from), share(t, b.now), share(t, b.to)
		if from < 0 || to > 100 || now < 0 || now > 100 || from > to {
			t.Errorf("%+v: from %v, now %v, to %v", w, from, now, to)
		}
		if (w.Now < w.From) != (now < from) || (w.Now > w.To) != (now > to) {
			t.Errorf("%+v: today stands on the wrong side", w)
		}
		if (w.PeakFrom > 0) != (b.peak != "") {
			t.Errorf("%+v: peak %q", w, b.peak)
		}
	}
}

func share(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
