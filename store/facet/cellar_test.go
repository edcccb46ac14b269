package facet

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"caveau/store/catalog"
	"caveau/store/demo"
	"caveau/store/gazetteer"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/store/search"
)

var today = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// world is read once for all tests: nobody changes it.
type world struct {
	lexicon *search.Lexicon
	markets *market.Table
	demo    *Index
}

var theWorld = sync.OnceValues(func() (*world, error) {
	names, err := gazetteer.Load()
	if err != nil {
		return nil, err
	}
	w := &world{}
	if w.lexicon, err = search.NewLexicon(names); err != nil {
		return nil, err
	}
	if w.markets, err = market.Load(); err != nil {
		return nil, err
	}
	list, err := demo.Catalogue(w.markets, today)
	if err != nil {
		return nil, err
	}
	w.demo, err = w.index(list)
	return w, err
})

func load(t testing.TB) *world {
	t.Helper()
	w, err := theWorld()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) index(list *catalog.List) (*Index, error) {
	snap, err := w.snapshot(list, 1)
	if err != nil {
		return nil, err
	}
	return New(search.New(w.lexicon, snap), nil), nil
}

func (w *world) snapshot(list *catalog.List, rev uint64) (*catalog.Snapshot, error) {
	slots := map[string]uint32{}
	return catalog.NewSnapshot(catalog.Source{
		List: list, Markets: w.markets, Routes: route.NewTable(nil, nil), Now: today, Rev: rev,
		Slot: func(sku string) uint32 {
			if _, ok := slots[sku]; !ok {
				slots[sku] = uint32(len(slots))
			}
			return slots[sku]
		},
	})
}

// shop in which two of three SKUs are left.
func (w *world) shop(t testing.TB, code string) Shop {
	t.Helper()
	m, ok := w.markets.Market(code)
	if !ok {
		t.Fatalf("no market %s", code)
	}
	return Shop{Market: m, Year: 2026, Stock: func(slots []uint32, left []bool) {
		for i, slot := range slots {
			left[i] = isLeft(slot)
		}
	}}
}

func isLeft(slot uint32) bool { return slot%3 != 0 }

// many is a catalogue of n SKUs: the wines of the demonstration's over and over, under other names and houses.
func (w *world) many(n int) *catalog.List {
	r := rand.New(rand.NewPCG(3, 5)) //nolint:gosec // names, not secrets
	snap := w.demo.snap
	l := &catalog.List{About: snap.About}
	for _, x := range snap.Regions {
		l.Regions = append(l.Regions, x.RegionRow)
	}
	for _, a := range snap.Appellations {
		l.Appellations = append(l.Appellations, a.AppellationRow)
	}
	for i := range n / 100 {
		p := snap.Producers[i%len(snap.Producers)].ProducerRow
		p.Code = fmt.Sprintf("house-%d", i)
		l.Producers = append(l.Producers, p)
	}
	for i := 0; len(l.SKUs) < n; i++ {
		like := snap.Wines[r.IntN(len(snap.Wines))]
		row := like.WineRow
		row.Code, row.Producer, row.Name, row.Names = fmt.Sprintf("wine-%d", i), fmt.Sprintf("house-%d", r.IntN(n/100)), fmt.Sprintf("%s %d", row.Name, i), nil
		l.Wines = append(l.Wines, row)
		for _, v := range like.Vintages {
			vintage := v.VintageRow
			vintage.Wine = row.Code
			l.Vintages = append(l.Vintages, vintage)
			for _, s := range v.SKUs {
				sku := s.SKURow
				sku.Code, sku.Wine, sku.Campaign = fmt.Sprintf("s%d", len(l.SKUs)), row.Code, ""
				l.SKUs = append(l.SKUs, sku)
				l.Prices = append(l.Prices, catalog.PriceRow{SKU: sku.Code, Market: "fr", Minor: int64(1500 + r.IntN(400_000)), ValidFrom: today.Add(-time.Hour)})
			}
		}
	}
	return l
}
