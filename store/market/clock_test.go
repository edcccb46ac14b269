package market_test

import (
	"errors"
	"testing"
	"time"

	"caveau/store/market"
)

func TestClocks(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]struct {
		utc string
		err error
	}{
		"2026-12-04T08:00": {"2026-12-04T07:00:00Z", nil},
		"2026-07-14 08:00": {"2026-07-14T06:00:00Z", nil},
		"2026-12-04":       {"2026-12-03T23:00:00Z", nil},
		"2026-03-29T02:30": {"", market.ErrSkipped},
		"2026-03-29T03:00": {"2026-03-29T01:00:00Z", nil},
		"2026-10-25T02:30": {"", market.ErrTwice},
		"2026-10-25T02:00": {"", market.ErrTwice},
		"2026-10-25T03:00": {"2026-10-25T02:00:00Z", nil},
		"2026-10-25T01:59": {"2026-10-24T23:59:00Z", nil},
		"next Friday":      {"", market.ErrNoDate},
		"":                 {"", market.ErrNoDate},
		"2026-02-30T08:00": {"", market.ErrNoDate},
		"1855-01-01T00:00": {"", market.ErrFar},
		"9999-01-01T00:00": {"", market.ErrFar},
	} {
		got, err := market.Clock(typed, paris)
		if !errors.Is(err, want.err) {
			t.Errorf("%q: %v, want %v", typed, err, want.err)
		}
		if want.err == nil && got.UTC().Format(time.RFC3339) != want.utc {
			t.Errorf("%q is %s, want %s", typed, got.UTC().Format(time.RFC3339), want.utc)
		}
	}
}
