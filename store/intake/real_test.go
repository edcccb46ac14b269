package intake

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"caveau/store/gazetteer"
	"caveau/store/market"
)

const realList = "../../../shared/data/bcl/wines_2026-01.csv"

func options(t testing.TB) Options {
	t.Helper()
	g, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	return Options{Gazetteer: g, Markets: markets, Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
}

func bcl(t testing.TB) *Map {
	t.Helper()
	m, err := ReadMap("builtin:bcl")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestRealList(t *testing.T) {
	f, err := os.Open(realList)
	if err != nil {
		t.Skipf("the merchant's list is not beside this repository: %v", err)
	}
	defer f.Close()
	start := time.Now()
	res, err := Read(context.Background(), f, bcl(t), options(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v\n%s", time.Since(start), res.Summary())
	if out := os.Getenv("INTAKE_REPORT"); out != "" {
		w, err := os.Create(filepath.Clean(out))
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		if err := res.WriteReport(w); err != nil {
			t.Fatal(err)
		}
	}
	if res.Rows != 6111 || float64(res.Taken) < 0.95*float64(res.AsWine) {
		t.Errorf("%d rows, %d of %d taken; want 6111 and 95 %%", res.Rows, res.Taken, res.AsWine)
	}
}
