package search

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Miss is a query that found nothing of what it asked for, and how often it was asked on a day.
type Miss struct {
	Language string // of the shop's page: "fr"
	Day      string // "2026-11-28", UTC
	Query    string // as Telling leaves it
	Times    int
}

// MissBook keeps misses. Add sums up; what it is given twice under one batch it may count twice at worst.
type MissBook interface {
	Add(ctx context.Context, batch string, all []Miss) error
}

// Misses gathers failed searches in bounded memory and writes them down in the background, so that no visitor waits for it. What does
// not fit, or cannot be written, is dropped: they are a hint to whoever keeps the words, and nothing more.
type Misses struct {
	book   MissBook
	now    func() time.Time
	batch  func() string
	logger *slog.Logger

	mu      sync.Mutex
	counted map[Miss]int // Times is 0 in keys
}

// The bounds of what is gathered between two writings.
const (
	maxMisses  = 2000
	missPause  = 30 * time.Second
	missBudget = 5 * time.Second
)

// NewMisses gathers for a book. batch names a writing, unlike any other.
func NewMisses(book MissBook, now func() time.Time, batch func() string, logger *slog.Logger) *Misses {
	return &Misses{book: book, now: now, batch: batch, logger: logger, counted: map[Miss]int{}}
}

// Note that a query failed. It never waits for anything but memory.
func (m *Misses) Note(language, query string) {
	told, ok := Telling(query)
	if !ok {
		return
	}
	key := Miss{Language: language, Day: m.now().UTC().Format(time.DateOnly), Query: told}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.counted[key]; known || len(m.counted) < maxMisses {
		m.counted[key]++
	}
}

// Run writes down what was gathered, every half minute and once more when ctx ends.
func (m *Misses) Run(ctx context.Context) {
	tick := time.NewTicker(missPause)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			m.Write(context.WithoutCancel(ctx))
			return
		case <-tick.C:
			m.Write(ctx)
		}
	}
}

// Write down what was gathered since the last time.
func (m *Misses) Write(ctx context.Context) {
	all := m.take()
	if len(all) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, missBudget)
	defer cancel()
	if err := m.book.Add(ctx, m.batch(), all); err != nil {
		m.logger.Warn("failed searches are not written down", "queries", len(all), "err", err)
	}
}

func (m *Misses) take() []Miss {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Miss
	for key, times := range m.counted {
		key.Times = times
		out = append(out, key)
	}
	clear(m.counted)
	return out
}
