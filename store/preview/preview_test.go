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

func TestShortKeysAreRefused(t *testing.T) {
	for _, keys := range [][][]byte{nil, {[]byte("short")}} {
		if _, err := preview.NewSeals(keys...); err == nil {
			t.Errorf("%d keys are taken", len(keys))
		}
	}
}
