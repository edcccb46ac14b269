package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"caveau/store/market"
	"caveau/store/mysql"
	"caveau/store/redirect"
	"caveau/store/route"
)

// The pauses of redirects: a rule that was imported holds after the first, counts are written down after the second.
const (
	rulesEvery  = 5 * time.Second
	countsEvery = 30 * time.Second
)

// keepRedirects learns of rules that people import.
func (s *Shop) keepRedirects(ctx context.Context) {
	s.replicas.FollowRedirects(ctx, rulesEvery, &s.book, func(err error) { s.logger.Warn("redirects stay as they were", "err", err) })
}

// keepCounts writes down what was counted. What cannot be written is lost: they are counts, and orders need the primary more.
func (s *Shop) keepCounts(ctx context.Context) {
	counted := mysql.NewRedirects(s.primary)
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(countsEvery):
		}
		hits, misses := s.book.Take()
		if len(hits) == 0 && len(misses) == 0 {
			continue
		}
		if err := counted.Count(ctx, hits, misses); err != nil && ctx.Err() == nil {
			s.logger.Warn("redirects are not counted", "err", err)
		}
	}
}

// Redirects is what marketing does with old addresses: the shops as the database has them.
type Redirects struct {
	shop  *Shop
	pages todaysPages
	rules *mysql.Redirects
	out   io.Writer
}

// OpenRedirects reads the pages of today.
func OpenRedirects(ctx context.Context, c Config, out io.Writer, logger *slog.Logger) (*Redirects, error) {
	s, err := New(c, logger)
	if err != nil {
		return nil, err
	}
	s.replicas.Watch(ctx)
	if err := s.catalogue.Load(ctx); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return &Redirects{
		shop: s, rules: mysql.NewRedirects(s.primary), out: out, pages: todaysPages{s.catalogue.Snapshot().Routes, s.markets, c.base},
	}, nil
}

// Close the pools.
func (r *Redirects) Close() error { return r.shop.close() }

// Import a file, or say what an import would do. Lines that are refused do not keep the others back.
func (r *Redirects) Import(ctx context.Context, file, market, by string, dry bool) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	known, err := r.rules.List(ctx)
	if err != nil {
		return err
	}
	existing := make([]redirect.Rule, len(known))
	for i, f := range known {
		existing[i] = f.Rule
	}
	lines, err := redirect.Plan(in, market, r.pages, existing)
	if err != nil {
		return err
	}
	refused := 0
	for _, l := range lines {
		switch {
		case l.Refused != "":
			refused++
			fmt.Fprintf(r.out, "line %d: %q: refused: %s\n", l.Number, l.Old, l.Refused)
		case l.Note != "":
			fmt.Fprintf(r.out, "line %d: %q: taken: %s\n", l.Number, l.Old, l.Note)
		}
	}
	rules := redirect.Rules(lines)
	fmt.Fprintf(r.out, "%d lines: %d taken as %d redirects, %d refused.\n", len(lines), len(lines)-refused, len(rules), refused)
	if dry {
		fmt.Fprintln(r.out, "Dry run: nothing was written.")
		return nil
	}
	return r.rules.Import(ctx, rules, by)
}

// List the rules, the most followed first.
func (r *Redirects) List(ctx context.Context) error {
	all, err := r.rules.List(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(r.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "market\told\tnew\tstatus\thits\tlast")
	for _, f := range all {
		last := "never"
		if !f.Last.IsZero() {
			last = f.Last.Format(time.DateTime)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%s\n", f.Market, f.Old, f.New, f.Status, f.Hits, last)
	}
	return w.Flush()
}

// mostListed is how many missing paths are printed.
const mostListed = 200

// Missing lists the paths that led nowhere, with the page that is most like each: lines that an import takes, after a look.
func (r *Redirects) Missing(ctx context.Context) error {
	all, err := r.rules.Missing(ctx, mostListed)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(r.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "market\tpath\thits\tlast\tnearest")
	for _, c := range all {
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\n", c.Market, c.Old, c.Hits, c.Last.Format(time.DateTime), r.pages.near(c.Market, c.Old))
	}
	return w.Flush()
}

// todaysPages answers for the URL table (redirect.Pages).
type todaysPages struct {
	routes  *route.Table
	markets *market.Table
	base    func(code string) string
}

// within finds the edition of a path.
func (p todaysPages) within(code, path string) (e *market.Edition, rest string) {
	m, ok := p.markets.Market(code)
	if !ok {
		return nil, ""
	}
	editions := p.markets.Of(m)
	for _, other := range editions[1:] {
		if after, found := strings.CutPrefix(path, other.Prefix); found && strings.HasPrefix(after, "/") {
			return other, after
		}
	}
	return editions[0], path
}

// Live implements redirect.Pages.
func (p todaysPages) Live(code, path string) string {
	e, rest := p.within(code, path)
	if e == nil {
		return ""
	}
	node, _, ok := p.routes.Find(e.Locale.Language(), rest)
	if !ok || node.Gone || node.Path(e.Locale.Language()) == "" {
		return ""
	}
	return e.Prefix + node.Path(e.Locale.Language())
}

// Markets implements redirect.Pages.
func (p todaysPages) Markets() []string {
	var out []string
	for _, m := range p.markets.Markets {
		out = append(out, m.Code)
	}
	return out
}

// Host implements redirect.Pages.
func (p todaysPages) Host(origin string) (string, bool) {
	for _, m := range p.markets.Markets {
		if p.base(m.Code) == origin {
			return m.Code, true
		}
	}
	return "", false
}

func (p todaysPages) near(code, path string) string {
	e, rest := p.within(code, path)
	if e == nil {
		return ""
	}
	for _, n := range p.routes.Near(e.Locale.Language(), rest, 1) {
		return e.Prefix + n.Path(e.Locale.Language())
	}
	return ""
}
