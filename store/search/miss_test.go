package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestTellingKeepsNobody(t *testing.T) {
	for query, want := range map[string]string{
		"Château  Pétrus '61": "chateau petrus 61", "margaux 1990-2000": "margaux 1990 2000", "拉菲 1982": "拉菲 1982", "6x75cl magnum": "6x75cl magnum",
		"jean.dupont@example.com": "", "06 12 34 56 78": "", "+33612345678": "", "4111 1111 1111 1111": "", "1990 1991 1992 1993": "", "https://example.org": "", "": "", "  ": "", "lafite 0612345": "",
		strings.Repeat("long ", 40): strings.TrimSpace(strings.Repeat("long ", 12)),
	} {
		if got, ok := Telling(query); got != want || ok != (want != "") {
			t.Errorf("%q is kept as %q, %v; want %q", query, got, ok, want)
		}
	}
}

// fakeBook is a MissBook that remembers, or fails.
type fakeBook struct {
	added []Miss
	err   error
}

func (b *fakeBook) Add(_ context.Context, _ string, all []Miss) error {
	b.added = append(b.added, all...)
	return b.err
}

func TestMissesAreBounded(t *testing.T) {
	book := &fakeBook{}
	var log strings.Builder
	m := NewMisses(book, func() time.Time { return today }, func() string { return "b" }, slog.New(slog.NewTextHandler(&log, nil)))
	for i := range 3 * maxMisses {
		m.Note("fr", fmt.Sprintf("nothing%c%c%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26))
	}
	m.Note("fr", "nothingaaa")
	m.Note("de", "x@example.com")
	m.Write(t.Context())
	if len(book.added) != maxMisses {
		t.Fatalf("%d are written, want %d", len(book.added), maxMisses)
	}
	for _, miss := range book.added {
		if miss.Query == "nothingaaa" && miss.Times != 2 || miss.Day != "2026-03-01" || miss.Language != "fr" {
			t.Errorf("%+v", miss)
		}
	}
	book.err = errors.New("away")
	m.Note("fr", "lost")
	m.Write(t.Context())
	if m.Write(t.Context()); len(book.added) != maxMisses+1 || !strings.Contains(log.String(), "away") || strings.Contains(log.String(), "query=lost") {
		t.Errorf("%d are written, the log says %s", len(book.added), log.String())
	}
}
