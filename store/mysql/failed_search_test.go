package mysql_test

import (
	"testing"
	"time"

	"caveau/store/mysql"
	"caveau/store/search"
)

// Counts add up over days and writings, a writing that is repeated counts once, and what was asked once only is not shown.
func TestFailedSearchesAddUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	book := mysql.NewFailedSearches(h.primary)
	today := time.Now().UTC()
	day := func(ago int) string { return today.AddDate(0, 0, -ago).Format(time.DateOnly) }
	add := func(batch string, all ...search.Miss) {
		t.Helper()
		if err := book.Add(t.Context(), batch, all); err != nil {
			t.Fatal(err)
		}
	}
	first := []search.Miss{
		{Language: "fr", Day: day(0), Query: "chateau caillou", Times: 3},
		{Language: "fr", Day: day(1), Query: "chateau caillou", Times: 2},
		{Language: "fr", Day: day(0), Query: "asked once", Times: 1},
		{Language: "de", Day: day(0), Query: "chateau caillou", Times: 9},
		{Language: "fr", Day: day(400), Query: "long ago", Times: 7},
	}
	add("a", first...)
	add("a", first...)
	add("b", search.Miss{Language: "fr", Day: day(0), Query: "chateau caillou", Times: 4})
	got, err := book.List(t.Context(), "fr", today.AddDate(0, 0, -7), 2, 10)
	if err != nil || len(got) != 1 || got[0].Query != "chateau caillou" || got[0].Times != 9 || got[0].Last.Format(time.DateOnly) != day(0) {
		t.Errorf("%+v, %v", got, err)
	}
	if n := h.number(t, `SELECT COUNT(*) FROM failed_search WHERE query = 'long ago'`); n != 0 {
		t.Error("what is old is kept")
	}
}
