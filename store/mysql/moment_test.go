package mysql_test

import (
	"testing"
	"time"

	"caveau/store/preview"
)

// The catalogue of another moment has the prices that the log holds then, and the live one does not change with it.
func TestTheCatalogueOfAnotherMoment(t *testing.T) {
	s := newShop(t)
	s.importList(t, small())
	c := s.catalogue(t)
	live := c.Snapshot()
	sku := live.SKU("M-90")
	if sku == nil {
		t.Fatal("the catalogue has no M-90")
	}
	fr, _ := s.markets.Market("fr")
	before, ok := sku.Price(fr)
	if !ok {
		t.Fatal("M-90 has no price in fr")
	}
	now := time.Now()
	dearer := before.Minor + 4200
	s.exec(t, `INSERT INTO price (sku_id, market, minor, valid_from) SELECT id, 'fr', ?, ? FROM sku WHERE code = 'M-90'`, dearer, now.Add(time.Hour).UTC())
	s.Sync(t)
	for name, moment := range map[string]struct {
		at    time.Time
		price int64
	}{
		"an hour and a second later": {now.Add(time.Hour + time.Second), dearer},
		"a minute later":             {now.Add(time.Minute), before.Minor},
		"before the log begins":      {time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC), 0},
	} {
		snap, began, err := c.At(t.Context(), moment.at)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := snap.SKU("M-90").Price(fr)
		if got.Minor != moment.price {
			t.Errorf("%s M-90 costs %d, want %d", name, got.Minor, moment.price)
		}
		if began.IsZero() || began.After(now) || began.Year() < 2005 {
			t.Errorf("the log of prices begins at %s", began)
		}
	}
	if got, err := c.Changes(t.Context(), now, now.Add(2*time.Hour)); err != nil || len(got) != 1 || got[0].SKU != "M-90" || got[0].Market != "fr" || got[0].Code != "chateau-margaux" || got[0].Year != 1990 || got[0].What != preview.Price {
		t.Errorf("within two hours change %+v (%v)", got, err)
	}
	if got, err := c.Changes(t.Context(), now.Add(2*time.Hour), now.Add(3*time.Hour)); err != nil || len(got) != 0 {
		t.Errorf("after that change %+v (%v)", got, err)
	}
	if c.Snapshot() != live {
		t.Error("looking at another moment changed the live catalogue")
	}
}
