package e2e

import (
	"context"
	"database/sql"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"caveau/store/market"
	"caveau/store/route"
)

// vintage is one that a story may do with as it likes.
type vintage struct {
	wine string
	year int
	skus []string
}

func (v vintage) page() route.Page {
	return route.Page{Kind: route.Vintage, Code: v.wine, Year: v.year}
}
func (v vintage) winePage() route.Page {
	return route.Page{Kind: route.Wine, Code: v.wine}
}
func (v vintage) yearPage() route.Page { return route.Page{Kind: route.Landing, Year: v.year} }

// placePages are the landing pages of the year for the regions that the wine comes from, smallest first.
func (v vintage) placePages(t *testing.T) []route.Page {
	t.Helper()
	rows, err := theShop(t).Primary.QueryContext(t.Context(), `
		WITH RECURSIVE up AS (
			SELECT r.code, r.parent FROM region r JOIN wine w ON w.region = r.code AND w.code = ?
			UNION ALL SELECT r.code, r.parent FROM region r JOIN up ON r.code = up.parent
		) SELECT p.code FROM up JOIN page p ON p.kind = 'landing' AND p.code = CONCAT('region:', up.code) AND p.year = ?`, v.wine, v.year)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var pages []route.Page
	for rows.Next() {
		p := v.yearPage()
		if err := rows.Scan(&p.Code); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, p)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return pages
}

// taken vintages belong to a story: stories change stock.
var taken = map[string]bool{}

// inStock is a vintage with a year and at least two SKUs, and at least n units of each in a warehouse; fit, where not nil, says
// whether the story can use it.
func inStock(t *testing.T, warehouse string, n int, fit func(vintage) bool) vintage {
	t.Helper()
	return find(t, fit, `
		SELECT w.code, v.year, GROUP_CONCAT(s.code ORDER BY s.volume, s.pack, s.id)
		FROM vintage v
		JOIN wine w ON w.id = v.wine_id
		JOIN sku s ON s.vintage_id = v.id AND s.sale_type = 'stock' AND NOT s.withdrawn
		LEFT JOIN stock t ON t.sku = s.code AND t.warehouse = ?
		WHERE v.year > 0
		GROUP BY v.id HAVING COUNT(*) >= 2 AND MIN(COALESCE(t.available, 0)) >= ?
		ORDER BY MAX(w.popularity) DESC, v.year DESC, v.id`, warehouse, n)
}

// soldOut is a vintage of which nothing is left in a warehouse.
func soldOut(t *testing.T, warehouse string) vintage {
	t.Helper()
	return find(t, nil, `
		SELECT w.code, v.year, GROUP_CONCAT(s.code ORDER BY s.volume, s.pack, s.id)
		FROM vintage v
		JOIN wine w ON w.id = v.wine_id
		JOIN sku s ON s.vintage_id = v.id AND s.sale_type = 'stock' AND NOT s.withdrawn
		LEFT JOIN stock t ON t.sku = s.code AND t.warehouse = ?
		GROUP BY v.id HAVING COUNT(*) >= 2 AND MAX(COALESCE(t.available, 0)) = 0
		ORDER BY MAX(w.popularity) DESC, v.id`, warehouse)
}

func find(t *testing.T, fit func(vintage) bool, query string, args ...any) vintage {
	t.Helper()
	rows, err := theShop(t).Primary.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var v vintage
		var skus string
		if err := rows.Scan(&v.wine, &v.year, &skus); err != nil {
			t.Fatal(err)
		}
		v.skus = strings.Split(skus, ",")
		if !taken[v.page().String()] && (fit == nil || fit(v)) {
			taken[v.page().String()] = true
			return v
		}
	}
	t.Fatalf("the catalogue has no such vintage (%v)", rows.Err())
	return vintage{}
}

// edition of a market in its first locale, or in the one that is named.
func edition(t *testing.T, code string, locale ...string) *market.Edition {
	t.Helper()
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	m, ok := markets.Market(code)
	if !ok {
		t.Fatalf("no market %q", code)
	}
	for _, e := range markets.Of(m) {
		if len(locale) == 0 || string(e.Locale) == locale[0] {
			return e
		}
	}
	t.Fatalf("market %q has no locale %v", code, locale)
	return nil
}

// paths that were looked up.
var paths = map[string]string{}

// path of a page in an edition, as the URL table has it.
func path(t *testing.T, e *market.Edition, p route.Page) string {
	t.Helper()
	key := string(e.Locale) + " " + p.String()
	found := paths[key]
	if found != "" {
		return e.Prefix + found
	}
	err := theShop(t).Primary.QueryRowContext(t.Context(), `
		SELECT u.path FROM url u JOIN page p ON p.id = u.page_id
		WHERE p.kind = ? AND p.code = ? AND p.year = ? AND u.language = ? AND u.status = 'live'`,
		string(p.Kind), p.Code, p.Year, e.Locale.Language()).Scan(&found)
	if err != nil {
		t.Fatalf("path of %s in %s: %v", p, e.Locale, err)
	}
	paths[key] = found
	return e.Prefix + found
}

// anyOf is the first page of a kind in the database.
func anyOf(t *testing.T, kind route.Kind, where string) route.Page {
	t.Helper()
	p := route.Page{Kind: kind}
	err := theShop(t).Primary.QueryRowContext(t.Context(),
		`SELECT code, year FROM page WHERE kind = ? AND NOT gone AND `+where+` ORDER BY id LIMIT 1`, string(kind)).Scan(&p.Code, &p.Year)
	if err != nil {
		t.Fatalf("find a page of kind %s: %v", kind, err)
	}
	return p
}

// setStock is what the merchant's staff do: one plain UPDATE on the primary. It returns when the shop shows it on a page, which
// is what stories build on; how fast that is the benchmark measures.
func setStock(t *testing.T, e *market.Edition, v vintage, sku string, available int) {
	t.Helper()
	s := theShop(t)
	update(t, s.Primary, sku, e.Market.Warehouse, available)
	want := availability(available)
	deadline := time.Now().Add(5 * time.Second)
	for tick := time.NewTicker(10 * time.Millisecond); ; <-tick.C {
		got := offers(t, get(t, s.URL(e.Market.Code, path(t, e, v.page()))))[sku]
		if got == want {
			tick.Stop()
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s has %d units on the primary, and the page still says %q", sku, available, got)
		}
	}
}

func update(t *testing.T, db *sql.DB, sku, warehouse string, available int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	res, err := db.ExecContext(ctx, `UPDATE stock SET available = ? WHERE sku = ? AND warehouse = ?`, available, sku, warehouse)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		t.Fatalf("UPDATE stock of %s in %s changed %d rows (%v)", sku, warehouse, n, err)
	}
}

// availability is schema.org's word for a number of units.
func availability(available int) string {
	if available == 0 {
		return "OutOfStock"
	}
	return "InStock"
}

// answer is an answer of the shop to something that is no browser.
type answer struct {
	*http.Response
	body string
}

func (a answer) document(t *testing.T) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func get(t *testing.T, url string, cookies ...*http.Cookie) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cookies {
		req.AddCookie(c)
	}
	return do(t, req)
}

func do(t *testing.T, req *http.Request) answer {
	t.Helper()
	res, err := theShop(t).Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, res)
}

func read(t *testing.T, res *http.Response) answer {
	t.Helper()
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res, string(body)}
}
