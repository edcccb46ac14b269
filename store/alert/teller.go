package alert

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"caveau/store/catalog"
	"caveau/store/market"
)

// Book is where alerts are kept. All but Tell and TellRise only look; those two write the letters, each alert's once.
type Book interface {
	// Rises lists what is due to be looked at, the oldest first, at most Batch.
	Rises(ctx context.Context) ([]Rise, error)
	// Sift dismisses the rises that nobody waits for and returns the others.
	Sift(ctx context.Context, looks []Look) ([]Look, error)
	// TellRise tells as many as there is stock for; say gives the words, false for one that cannot be told.
	TellRise(ctx context.Context, l Look, say func(Alert) (Words, bool)) (told int, err error)
	// WaitingOn lists the price and vintage alerts that wait on some subjects.
	WaitingOn(ctx context.Context, subjects []string) ([]Alert, error)
	// Waiting lists those of a kind behind an id, at most Batch, in the order of ids.
	Waiting(ctx context.Context, kind Kind, after uint64) ([]Alert, error)
	// JustConfirmed lists the price and vintage alerts that were confirmed in the last minute.
	JustConfirmed(ctx context.Context) ([]Alert, error)
	// Tell tells one; false where another was faster or it is over.
	Tell(ctx context.Context, id uint64, said Words) (bool, error)
}

// Batch bounds a list.
const Batch = 500

// Writer finds the words of the letters, in the alert's edition; false where there is nothing to lead to.
type Writer interface {
	Words(snap *catalog.Snapshot, a Alert, sku *catalog.SKU) (Words, bool)
}

const (
	// every is how often a Teller looks: two small queries on the primary.
	every = 250 * time.Millisecond
	// everyAll is how often it looks at all price and vintage alerts: the net below the rest.
	everyAll = time.Hour
	// unknownFor is how long a rise waits for the snapshot to know its SKU, which may have come with it.
	unknownFor = time.Minute
)

// Teller tells what has come true. Any number of them may run.
type Teller struct {
	Book      Book
	Catalogue interface{ Snapshot() *catalog.Snapshot }
	Markets   *market.Table
	Writer    Writer
	Now       func() time.Time
	Logger    *slog.Logger

	seen   uint64    // revision up to which wines were looked at
	all    time.Time // when all were looked at
	failed bool
}

// Run tells until ctx ends. A database that is away is no error: nothing is lost, and the next look is soon.
func (t *Teller) Run(ctx context.Context) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		t.look(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// look logs the first failure of a row, not four a second.
func (t *Teller) look(ctx context.Context) {
	told, err := t.Round(ctx)
	if told > 0 {
		t.Logger.Info("alerts: told", "letters", told)
	}
	if err != nil && ctx.Err() == nil && !t.failed {
		t.Logger.Warn("alerts: nothing is told for the moment", "err", err)
	}
	t.failed = err != nil
}

// Round looks once at everything, and returns how many letters it wrote.
func (t *Teller) Round(ctx context.Context) (int, error) {
	snap := t.Catalogue.Snapshot()
	if snap == nil {
		return 0, nil
	}
	stock, err := t.rises(ctx, snap)
	changed, err2 := t.changed(ctx, snap)
	return stock + changed, errors.Join(err, err2)
}

// rises goes on as long as there are more than fit into one look.
func (t *Teller) rises(ctx context.Context, snap *catalog.Snapshot) (told int, err error) {
	for {
		due, err := t.Book.Rises(ctx)
		if err != nil {
			return told, fmt.Errorf("look for what is back in stock: %w", err)
		}
		n, left, err := t.tellRises(ctx, snap, due)
		if told += n; err != nil || len(due) < Batch || left == len(due) {
			return told, err
		}
	}
}

// tellRises returns how many it told, and how many rises it left for later because the snapshot does not know the SKU yet.
func (t *Teller) tellRises(ctx context.Context, snap *catalog.Snapshot, due []Rise) (told, left int, err error) {
	var looks []Look
	for _, r := range due {
		sku := snap.SKU(r.SKU)
		if sku == nil && r.Age < unknownFor {
			left++
			continue
		}
		looks = append(looks, t.lookAt(r, sku))
	}
	if len(looks) == 0 {
		return 0, left, nil
	}
	wanted, err := t.Book.Sift(ctx, looks)
	if err != nil {
		return 0, left, fmt.Errorf("sift what is back in stock: %w", err)
	}
	for _, l := range wanted {
		n, err := t.Book.TellRise(ctx, l, func(a Alert) (Words, bool) { return t.Writer.Words(snap, a, snap.SKU(l.SKU)) })
		if told += n; err != nil {
			return told, left, fmt.Errorf("tell that %s is back in stock: %w", l.SKU, err)
		}
	}
	return told, left, nil
}

// lookAt finds who may be told: every market that sells the SKU from that warehouse.
func (t *Teller) lookAt(r Rise, sku *catalog.SKU) Look {
	l := Look{Rise: r}
	if sku == nil {
		return l
	}
	for _, m := range t.Markets.Markets {
		if _, priced := sku.Price(m); priced && m.Warehouse == r.Warehouse {
			l.Markets = append(l.Markets, m.Code)
		}
	}
	if len(l.Markets) > 0 {
		l.Subjects = SubjectsOf(sku)
	}
	return l
}

// changed looks at price and vintage alerts: those of wines that are new in the snapshot, those just confirmed, now and then all. What
// was looked at is noted only when all of it could be told.
func (t *Teller) changed(ctx context.Context, snap *catalog.Snapshot) (told int, err error) {
	now := t.Now()
	fresh := t.fresh(snap)
	if t.all.IsZero() || now.Sub(t.all) >= everyAll || len(fresh) > 20*Batch {
		if told, err = t.everything(ctx, snap); err == nil {
			t.seen, t.all = snap.Newest, now
		}
		return told, err
	}
	for len(fresh) > 0 {
		some := fresh[:min(Batch, len(fresh))]
		fresh = fresh[len(some):]
		waiting, err := t.Book.WaitingOn(ctx, some)
		n, err2 := t.tellAll(ctx, snap, waiting)
		if told += n; err != nil || err2 != nil {
			return told, fmt.Errorf("look at the alerts of what has changed: %w", errors.Join(err, err2))
		}
	}
	t.seen = snap.Newest
	waiting, err := t.Book.JustConfirmed(ctx)
	n, err2 := t.tellAll(ctx, snap, waiting)
	return told + n, errors.Join(err, err2)
}

// fresh are the subjects of the wines that changed since the last look.
func (t *Teller) fresh(snap *catalog.Snapshot) []string {
	if snap.Newest == t.seen {
		return nil
	}
	var out []string
	for _, w := range snap.Wines {
		if w.Rev <= t.seen {
			continue
		}
		out = append(out, Subject{Wine: w.Code, Year: AnyYear}.Key())
		for _, v := range w.Vintages {
			for _, sku := range v.SKUs {
				out = append(out, Subject{SKU: sku.Code}.Key())
			}
		}
	}
	return out
}

func (t *Teller) everything(ctx context.Context, snap *catalog.Snapshot) (told int, err error) {
	for _, kind := range []Kind{Price, Vintage} {
		for after := uint64(0); ; {
			waiting, err := t.Book.Waiting(ctx, kind, after)
			n, err2 := t.tellAll(ctx, snap, waiting)
			if told += n; err != nil || err2 != nil {
				return told, fmt.Errorf("look at all alerts: %w", errors.Join(err, err2))
			}
			if len(waiting) < Batch {
				break
			}
			after = waiting[len(waiting)-1].ID
		}
	}
	return told, nil
}

func (t *Teller) tellAll(ctx context.Context, snap *catalog.Snapshot, waiting []Alert) (told int, err error) {
	for _, a := range waiting {
		m, known := t.Markets.Market(a.Market)
		if !known {
			continue
		}
		sku := a.Due(snap, m)
		if sku == nil {
			continue
		}
		said, ok := t.Writer.Words(snap, a, sku)
		if !ok {
			continue
		}
		done, err := t.Book.Tell(ctx, a.ID, said)
		if err != nil {
			return told, fmt.Errorf("tell alert %d: %w", a.ID, err)
		}
		if done {
			told++
		}
	}
	return told, nil
}
