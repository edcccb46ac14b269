package search

import (
	"bytes"
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"caveau/store/catalog"
	"caveau/store/demo"
	"caveau/store/gazetteer"
	"caveau/store/intake"
	"caveau/store/market"
	"caveau/store/route"
)

var today = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

// world is read once for all tests: nobody changes it.
type world struct {
	lexicon *Lexicon
	names   *gazetteer.Gazetteer
	markets *market.Table
	demo    *Index
	real    *Index // nil where the merchant's list is not beside this repository
	list    *catalog.List
}

var theWorld = sync.OnceValues(func() (*world, error) {
	names, err := gazetteer.Load()
	if err != nil {
		return nil, err
	}
	markets, err := market.Load()
	if err != nil {
		return nil, err
	}
	lexicon, err := NewLexicon(names)
	if err != nil {
		return nil, err
	}
	w := &world{lexicon: lexicon, names: names, markets: markets}
	list, err := demo.Catalogue(markets, today)
	if err != nil {
		return nil, err
	}
	if w.demo, err = w.index(list); err != nil {
		return nil, err
	}
	w.real, err = w.realIndex()
	return w, err
})

// realList lies beside the repository, not in it.
const realList = "../../../shared/data/bcl/wines_2026-01.csv"

func (w *world) realIndex() (*Index, error) {
	raw, err := os.ReadFile(realList)
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // the tests that need it skip, and say so
	}
	m, err := intake.ReadMap("builtin:bcl")
	if err != nil {
		return nil, err
	}
	res, err := intake.Read(context.Background(), bytes.NewReader(raw), m, intake.Options{Gazetteer: w.names, Markets: w.markets, Now: today})
	if err != nil {
		return nil, err
	}
	w.list = res.List
	return w.index(res.List)
}

func (w *world) index(list *catalog.List) (*Index, error) {
	snap, err := snapshotOf(list, w.markets, 1)
	if err != nil {
		return nil, err
	}
	return New(w.lexicon, snap), nil
}

func snapshotOf(list *catalog.List, markets *market.Table, rev uint64) (*catalog.Snapshot, error) {
	slots := map[string]uint32{}
	return catalog.NewSnapshot(catalog.Source{
		List: list, Markets: markets, Routes: route.NewTable(nil, nil), Now: today, Rev: rev,
		Slot: func(sku string) uint32 {
			if _, ok := slots[sku]; !ok {
				slots[sku] = uint32(len(slots))
			}
			return slots[sku]
		},
	})
}

func load(t testing.TB) *world {
	t.Helper()
	w, err := theWorld()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// real is the index of the merchant's list.
func real(t testing.TB) (*world, *Index) {
	t.Helper()
	w := load(t)
	if w.real == nil {
		t.Skipf("the merchant's list is not beside this repository: %s", realList)
	}
	return w, w.real
}

// shop in which everything is in stock.
func (w *world) shop(t testing.TB, code string) Shop {
	t.Helper()
	m, ok := w.markets.Market(code)
	if !ok {
		t.Fatalf("no market %s", code)
	}
	return Shop{Market: m, Free: func(uint32) int { return 1 }}
}

func (x *Index) ask(w *world, shop Shop, text string, limit int) Answer {
	return x.Find(w.lexicon.Parse(text, 2026), shop, limit)
}
