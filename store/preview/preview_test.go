package preview_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"caveau/store/preview"

	"pgregory.net/rapid"
)

var (
	older = []byte(strings.Repeat("a", 32))
	newer = []byte(strings.Repeat("b", 32))
	now   = time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
)

func seals(t testing.TB, keys ...[]byte) *preview.Seals {
	t.Helper()
	s, err := preview.NewSeals(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestALinkOpensAsItWasSealed(t *testing.T) {
	before, after := seals(t, older), seals(t, newer, older)
	rapid.Check(t, func(r *rapid.T) {
		link := preview.Link{
			Locale:  rapid.StringMatching(`[a-z]{2}-[A-Z]{2}`).Draw(r, "locale"),
			Country: rapid.StringMatching(`([A-Z]{2})?`).Draw(r, "country"), State: rapid.StringMatching(`([A-Z]{2})?`).Draw(r, "state"),
			Bare: rapid.Bool().Draw(r, "bare"), Expires: now.Add(time.Duration(rapid.Int64Range(1, 1e7).Draw(r, "life")) * time.Second),
		}
		if rapid.Bool().Draw(r, "dated") {
			link.At = now.Add(time.Duration(rapid.Int64Range(-1e8, 1e8).Draw(r, "at")) * time.Second)
		}
		got, err := after.Open(before.Seal(link), now)
		if err != nil || got != link {
			r.Fatalf("%+v opens as %+v (%v)", link, got, err)
		}
		if _, err := after.Open(before.Seal(link), link.Expires); !errors.Is(err, preview.ErrExpired) {
			r.Fatalf("at its end a link gives %v", err)
		}
	})
}

// Every single letter of a token counts.
func TestAChangedLinkOpensNothing(t *testing.T) {
	s := seals(t, newer)
	token := s.Seal(preview.Link{Locale: "fr-FR", Expires: now.Add(time.Hour)})
	for i := range token {
		for _, letter := range "Aa9_" {
			changed := token[:i] + string(letter) + token[i+1:]
			if _, err := s.Open(changed, now); changed != token && err == nil {
				t.Fatalf("%q opens, changed at %d", changed, i)
			}
		}
	}
	for _, other := range []string{"", ".", token[:len(token)-1], token + "A", strings.Repeat("A", 10_000), strings.Split(token, ".")[0]} {
		if _, err := s.Open(other, now); !errors.Is(err, preview.ErrForged) {
			t.Errorf("%.40q gives %v", other, err)
		}
	}
	if _, err := seals(t, older).Open(token, now); !errors.Is(err, preview.ErrForged) {
		t.Errorf("a link that another key signed gives %v", err)
	}
}

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
		"2026-03-29T02:30": {"", preview.ErrSkipped},
		"2026-03-29T03:00": {"2026-03-29T01:00:00Z", nil},
		"2026-10-25T02:30": {"", preview.ErrTwice},
		"2026-10-25T02:00": {"", preview.ErrTwice},
		"2026-10-25T03:00": {"2026-10-25T02:00:00Z", nil},
		"2026-10-25T01:59": {"2026-10-24T23:59:00Z", nil},
		"next Friday":      {"", preview.ErrNoDate},
		"":                 {"", preview.ErrNoDate},
		"2026-02-30T08:00": {"", preview.ErrNoDate},
		"1855-01-01T00:00": {"", preview.ErrFar},
		"9999-01-01T00:00": {"", preview.ErrFar},
	} {
		got, err := preview.Clock(typed, paris)
		if !errors.Is(err, want.err) {
			t.Errorf("%q: %v, want %v", typed, err, want.err)
		}
		if want.err == nil && got.UTC().Format(time.RFC3339) != want.utc {
			t.Errorf("%q is %s, want %s", typed, got.UTC().Format(time.RFC3339), want.utc)
		}
	}
}

func TestShortKeysAreRefused(t *testing.T) {
	for _, keys := range [][][]byte{nil, {[]byte("short")}} {
		if _, err := preview.NewSeals(keys...); err == nil {
			t.Errorf("%d keys are taken", len(keys))
		}
	}
}
