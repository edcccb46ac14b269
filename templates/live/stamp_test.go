package live_test

import (
	"testing"
	"time"
	"unicode/utf8"

	"caveau/templates/live"
)

func checked(clock string) string { return "geprüft um " + clock }
func known(clock string) string   { return "zuletzt bekannt um " + clock }

func TestStampKeepsItsWidth(t *testing.T) {
	s := live.NewStamp(time.UTC, checked, known)
	if want := len("zuletzt bekannt um 00:00:00"); s.Width() != want {
		t.Errorf("width %d, want that of the longer words, %d", s.Width(), want)
	}
	for second := range 24 * 60 * 60 {
		now := time.Date(2026, 7, 1, 0, 0, second, 0, time.UTC)
		for _, stale := range []bool{false, true} {
			if got := s.Words(now, stale).Text; len(got) != s.Width() {
				t.Fatalf("at %v, stale %v: %q", now, stale, got)
			}
		}
	}
}

func TestStampTellsTheTimeOfItsZone(t *testing.T) {
	vienna, err := time.LoadLocation("Europe/Vienna")
	if err != nil {
		t.Fatal(err)
	}
	s := live.NewStamp(vienna, checked, known)
	for _, c := range []struct {
		at    time.Time
		stale bool
		want  string
	}{
		{at, false, "geprüft um 21:32:05       "}, // bytes are counted: ü has two,
		{at, true, "zuletzt bekannt um 21:32:05"},
		{at.AddDate(0, 6, 0), false, "geprüft um 20:32:05       "}, // winter
	} {
		if got := string(s.Words(c.at, c.stale).Text); got != c.want {
			t.Errorf("%v, stale %v: %q, want %q", c.at, c.stale, got, c.want)
		}
	}
}

// Words that grow with the clock break their promise; the page behind them must not pay for it.
func TestStampThatOutgrowsItsWidthIsCutBetweenRunes(t *testing.T) {
	grows := func(clock string) string {
		if clock == "00:00:00" {
			return "12345678"
		}
		return "1234567üü"
	}
	s := live.NewStamp(time.UTC, grows, grows)
	got := s.Words(at, false).Text
	if string(got) != "1234567 " || !utf8.Valid(got) {
		t.Errorf("%q", got)
	}
}
