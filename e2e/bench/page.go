package main

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"

	"caveau/store/market"
	"caveau/store/route"
)

// place is where a page is in an edition.
type place struct {
	edition *market.Edition
	host    string // with the port
	path    string
}

// url of the page, for a browser.
func (p place) url() string { return "http://" + p.host + p.path }

// request for the page as gzip.
func (p place) request() []byte {
	return []byte("GET " + p.path + " HTTP/1.1\r\nHost: " + p.host + "\r\nAccept-Encoding: gzip\r\n\r\n")
}

// pages are the vintage pages of all editions and the requests for them, written in advance. They lie one after
// the other, so that a hundred thousand of them cost the load generator no garbage collection.
type pages struct {
	places   []place
	requests []byte
	ends     []uint32
	zipf     *zipf
}

// seed of everything that is drawn: the year of the classification.
const seed = 1855

// readPages reads the addresses of all vintage pages from the URL table; most above 0 bounds how many are asked for.
func (s *shop) readPages(ctx context.Context, markets *market.Table, most int) (*pages, error) {
	paths, err := s.paths(ctx, route.Vintage)
	if err != nil {
		return nil, err
	}
	p := &pages{}
	for _, e := range markets.Editions {
		for _, path := range paths[e.Locale.Language()] {
			p.add(s.place(e, path))
		}
	}
	if len(p.places) == 0 {
		return nil, fmt.Errorf("the catalogue has no vintage pages")
	}
	if most <= 0 || most > len(p.places) {
		most = len(p.places)
	}
	p.zipf = newZipf(most, seed)
	return p, nil
}

func (p *pages) add(at place) {
	p.places = append(p.places, at)
	p.requests = append(p.requests, at.request()...)
	p.ends = append(p.ends, uint32(len(p.requests)))
}

func (p *pages) request(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = p.ends[i-1]
	}
	return p.requests[from:p.ends[i]:p.ends[i]]
}

// source draws pages by the Zipf law: the same for the same round, another series for each round and connection.
func (p *pages) source(round int) source {
	return func(connection int) func() []byte {
		random := rand.New(rand.NewPCG(seed+uint64(round), uint64(connection)))
		return func() []byte { return p.request(p.zipf.draw(random)) }
	}
}

// some are n different pages, drawn evenly.
func (p *pages) some(n int) []place {
	var out []place
	for _, i := range rand.New(rand.NewPCG(seed, 0)).Perm(len(p.places))[:min(n, len(p.places))] {
		out = append(out, p.places[i])
	}
	return out
}

// paths of all pages of a kind, by language.
func (s *shop) paths(ctx context.Context, kind route.Kind) (map[string][]string, error) {
	rows, err := s.primary.QueryContext(ctx, `SELECT u.language, u.path FROM url u JOIN page p ON p.id = u.page_id
		WHERE p.kind = ? AND NOT p.gone AND u.status = 'live' ORDER BY u.id`, kind)
	if err != nil {
		return nil, fmt.Errorf("read the URL table: %w", err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err says it
	out := map[string][]string{}
	for rows.Next() {
		var language, path string
		if err := rows.Scan(&language, &path); err != nil {
			return nil, fmt.Errorf("read the URL table: %w", err)
		}
		out[language] = append(out[language], path)
	}
	return out, rows.Err()
}

// find is where one page is in an edition.
func (s *shop) find(ctx context.Context, e *market.Edition, page route.Page) (place, error) {
	var path string
	err := s.primary.QueryRowContext(ctx, `SELECT u.path FROM url u JOIN page p ON p.id = u.page_id
		WHERE p.kind = ? AND p.code = ? AND p.year = ? AND u.language = ? AND u.status = 'live'`,
		page.Kind, page.Code, page.Year, e.Locale.Language()).Scan(&path)
	if err != nil {
		return place{}, fmt.Errorf("find page %s in %s: %w", page, e.Locale, err)
	}
	return s.place(e, path), nil
}

func (s *shop) place(e *market.Edition, path string) place {
	host := e.Market.Code + ".localhost:" + strconv.Itoa(s.port)
	return place{e, host, (&url.URL{Path: e.Prefix + path}).EscapedPath()}
}

// row reads one row into pointers; sql.ErrNoRows is told as what was looked for.
func row(ctx context.Context, db *sql.DB, what, query string, args []any, into ...any) error {
	if err := db.QueryRowContext(ctx, query, args...).Scan(into...); err != nil {
		return fmt.Errorf("find %s: %w", what, err)
	}
	return nil
}
