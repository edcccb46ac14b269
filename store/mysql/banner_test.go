package mysql_test

import (
	"errors"
	"testing"
	"time"

	"caveau/store/catalog"
	"caveau/store/mysql"
	"caveau/store/route"
)

// A folder is taken whole or not at all; the snapshot follows, and a second run writes nothing.
func TestBannersAreWhatTheFolderSays(t *testing.T) {
	s := newShop(t)
	s.importList(t, small())
	c := s.catalogue(t)
	starts := time.Date(2026, 12, 4, 7, 0, 0, 0, time.UTC)
	one := catalog.BannerRow{Code: "back", Locale: "fr-FR", Words: "Ils sont de retour.", Page: route.Page{Kind: route.Wine, Code: "chateau-margaux"}, Starts: starts, Ends: starts.Add(time.Hour)}
	other := catalog.BannerRow{Code: "back", Locale: "en-GB", Starts: starts, Ends: starts.Add(time.Hour)}
	lost := catalog.BannerRow{Code: "lost", Locale: "de-DE", Words: "?", Page: route.Page{Kind: route.Wine, Code: "no-such-wine"}, Starts: starts, Ends: starts.Add(time.Hour)}
	take := func(dry bool, want mysql.BannersImported, banners ...catalog.BannerRow) {
		t.Helper()
		got, err := s.primary.ImportBanners(t.Context(), banners, dry)
		if err != nil || got != want {
			t.Fatalf("%+v (%v), want %+v", got, err, want)
		}
		s.Sync(t)
	}
	shown := func() int {
		t.Helper()
		if err := c.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		return len(c.Snapshot().Banners)
	}
	take(true, mysql.BannersImported{Inserted: 2}, one, other)
	if n := shown(); n != 0 {
		t.Errorf("a dry run wrote %d banners", n)
	}
	take(false, mysql.BannersImported{Inserted: 2}, one, other)
	if n := shown(); n != 2 {
		t.Errorf("%d banners in the snapshot", n)
	}
	if got := c.Snapshot().Banners[1]; !got.Starts.Equal(one.Starts) || !got.Ends.Equal(one.Ends) || got.Words != one.Words || got.Page != one.Page {
		t.Errorf("%+v, want %+v", got, one)
	}
	take(false, mysql.BannersImported{}, one, other)
	if _, err := s.primary.ImportBanners(t.Context(), []catalog.BannerRow{lost}, false); !errors.Is(err, mysql.ErrNoSuchPage) {
		t.Errorf("a banner that leads nowhere: %v", err)
	}
	if n := shown(); n != 2 {
		t.Errorf("a folder that was refused left %d banners", n)
	}
	one.Words = "Ils sont là."
	take(false, mysql.BannersImported{Updated: 1, Deleted: 1}, one)
	s.importList(t, small())
	if n := shown(); n != 1 {
		t.Errorf("%d banners after another import of the catalogue", n)
	}
}
