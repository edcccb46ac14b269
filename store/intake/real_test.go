package intake

import (
	"bytes"
	"context"
	"os"
	"slices"
	"testing"

	"caveau/store/catalog"
)

// The real list and the INAO's register lie beside the repository, not in it.
const (
	realList = "../../../shared/data/bcl/wines_2026-01.csv"
	inao     = "../../../shared/data/inao"
)

func realRows(t testing.TB) []byte {
	t.Helper()
	raw, err := os.ReadFile(realList)
	if err != nil {
		t.Skipf("the merchant's list is not beside this repository: %v", err)
	}
	return raw
}

func TestRealList(t *testing.T) {
	res := read(t, realRows(t), options(t))
	t.Log("\n" + res.Summary())
	if path := os.Getenv("INTAKE_REPORT"); path != "" {
		var report bytes.Buffer
		if err := res.WriteReport(&report); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, report.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if res.Rows != 6111 || float64(res.Taken) < 0.95*float64(res.AsWine) || float64(res.AsWine) < 0.95*6111 {
		t.Errorf("%d rows, %d of %d taken; want 6111 and 95 %%", res.Rows, res.Taken, res.AsWine)
	}
	if len(res.lines) != res.Rows {
		t.Errorf("the report has %d lines for %d rows", len(res.lines), res.Rows)
	}
	invariants(t, res.List)
	for _, code := range []string{"chateau-lafite-rothschild", "carruades-de-lafite", "chateau-latour", "les-forts-de-latour", "petrus", "masseto"} {
		if !slices.ContainsFunc(res.List.Wines, func(w catalog.WineRow) bool { return w.Code == code }) {
			t.Errorf("%s is not found", code)
		}
	}
}

func TestRealListWithTheINAO(t *testing.T) {
	if _, err := os.Stat(inao); err != nil {
		t.Skipf("the INAO's register is not beside this repository: %v", err)
	}
	o := options(t)
	plain := read(t, realRows(t), o)
	o.INAO = inao
	res := read(t, realRows(t), o)
	if len(res.List.Appellations) <= len(plain.List.Appellations) || res.Taken != plain.Taken {
		t.Errorf("%d appellations with the register, %d without; %d and %d rows taken",
			len(res.List.Appellations), len(plain.List.Appellations), res.Taken, plain.Taken)
	}
	invariants(t, res.List)
	o.INAO = t.TempDir()
	if _, err := Read(context.Background(), bytes.NewReader(fixture(t)), bcl(t), o); err == nil {
		t.Error("a folder without the register is taken for one")
	}
}

func BenchmarkRead(b *testing.B) {
	raw, o, m := realRows(b), options(b), bcl(b)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := Read(context.Background(), bytes.NewReader(raw), m, o); err != nil {
			b.Fatal(err)
		}
	}
}
