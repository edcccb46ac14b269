package feed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/a-h/templ"
	"github.com/cespare/xxhash/v2"

	"caveau/store/catalog"
	"caveau/store/crawl"
	"caveau/store/market"
	"caveau/templates/live"
	"caveau/web/view"
)

// Dater finds out which pages have changed. It implements Dates. It is used by one goroutine.
type Dater struct {
	Site    *view.Site
	Markets *market.Table
	Memory  crawl.Memory
	Now     func() time.Time

	seen []map[uint32]crawl.Seen // by edition
	revs map[uint32]uint64       // of nodes, when they were last looked at
}

// Recall what earlier runs saw, here or elsewhere.
func (d *Dater) Recall(ctx context.Context) error {
	seen := make([]map[uint32]crawl.Seen, len(d.Markets.Editions))
	for i, e := range d.Markets.Editions {
		pages, err := d.Memory.Recall(ctx, e)
		if err != nil {
			return fmt.Errorf("recall the pages of %s: %w", e.Locale, err)
		}
		seen[i] = pages
	}
	d.seen, d.revs = seen, map[uint32]uint64{}
	return nil
}

// Changed implements Dates.
func (d *Dater) Changed(edition int, page uint32) (time.Time, bool) {
	if d.seen == nil {
		return time.Time{}, false
	}
	s, known := d.seen[edition][page]
	return s.Changed, known && s.Hash == 0
}

// atOnce is how many changed pages are remembered in one go.
const atOnce = 1000

// Look at all pages that may have changed since the last look; rest is called after each with the time that it took, and may wait.
func (d *Dater) Look(ctx context.Context, snap *catalog.Snapshot, rest func(took time.Duration)) (changed int, err error) {
	fresh := make([]map[uint32]crawl.Seen, len(d.Markets.Editions))
	for i := range fresh {
		fresh[i] = map[uint32]crawl.Seen{}
	}
	for _, n := range snap.Routes.Nodes() {
		rev := d.Site.Rev(snap, n)
		if n.Gone || n.Page.Kind.PerAnswer() || d.revs[n.ID] == rev {
			continue
		}
		for _, e := range d.Markets.Editions {
			if ctx.Err() != nil {
				return changed, ctx.Err()
			}
			start := time.Now()
			page, err := d.Site.Page(snap, e, n, 1)
			if errors.Is(err, view.ErrNoPage) {
				continue
			}
			if err != nil {
				return changed, err
			}
			hash, err := digest(ctx, page)
			if err != nil {
				return changed, fmt.Errorf("look at %s of %s: %w", n.Page, e.Locale, err)
			}
			if old, known := d.seen[e.Index][n.ID]; !known || old.Hash != hash {
				fresh[e.Index][n.ID] = crawl.Seen{Hash: hash, Changed: d.Now().UTC().Truncate(time.Second)}
				changed++
			}
			rest(time.Since(start))
		}
		d.revs[n.ID] = rev
		if err := d.remember(ctx, fresh, atOnce); err != nil {
			return changed, err
		}
	}
	return changed, d.remember(ctx, fresh, 1)
}

// remember the fresh pages of editions that have so many.
func (d *Dater) remember(ctx context.Context, fresh []map[uint32]crawl.Seen, least int) error {
	for i, pages := range fresh {
		if len(pages) < least {
			continue
		}
		if err := d.Memory.Remember(ctx, d.Markets.Editions[i], pages); err != nil {
			return fmt.Errorf("remember the pages of %s: %w", d.Markets.Editions[i].Locale, err)
		}
		for id, s := range pages {
			d.seen[i][id] = s
		}
		clear(pages)
	}
	return nil
}

// digest of what a page itself says; 0 where it is not to be listed. Holes are left out: stock comes and goes.
func digest(ctx context.Context, page templ.Component) (uint64, error) {
	var b bytes.Buffer
	if err := page.Render(live.Record(ctx, &live.Recorder{}), &b); err != nil {
		return 0, err
	}
	if head, _, _ := bytes.Cut(b.Bytes(), []byte("<body")); bytes.Contains(head, []byte(`<meta name="robots" content="noindex`)) {
		return 0, nil
	}
	sum := xxhash.New()
	for _, within := range [][2]string{{"<title>", "</title>"}, {`<meta name="description" content="`, `"`}, {"<main", "</main>"}} {
		_, rest, _ := bytes.Cut(b.Bytes(), []byte(within[0]))
		inside, _, _ := bytes.Cut(rest, []byte(within[1]))
		sum.Write(inside) //nolint:errcheck // a hash takes everything
	}
	return max(sum.Sum64(), 1), nil
}
