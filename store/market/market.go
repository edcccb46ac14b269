package market

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"caveau/i18n"
	"caveau/store/money"
)

// Basis says what a price contains.
type Basis string

// The bases of a price.
const (
	Incl   Basis = "incl" // with value added tax
	Excl   Basis = "excl" // without tax: US sales tax, primeur
	InBond Basis = "bond" // without duty and tax
)

// Market is one shop.
type Market struct {
	Index     int           // position in the table, 0 to 13
	Code      string        // "fr", the first label of its host
	Name      string        // in English
	Country   string        // ISO 3166: "FR"; market uk is "GB"
	Locales   []i18n.Locale // the first one is at the root
	Currency  money.Currency
	Basis     Basis
	InBond    bool    // sells in bond beside duty paid
	VAT       float64 // per cent on still wine of 13 % vol
	Rounding  int64   // prices are multiples of so many minor units; 1 where any will do
	Warehouse string  // the only one whose stock it shows
	MinAge    int
	KeepYears int      // that invoices are kept
	KeepLaw   string   // which says so, as lawyers quote it
	Notices   []string // law that its pages show, by key
	Zone      *time.Location
}

// Edition is a market in one of its locales.
type Edition struct {
	Index  int // position over all editions, 0 to 16
	Market *Market
	Locale i18n.Locale
	Prefix string // "" at the root, else "/nl"
}

// Has says that the market shows a notice.
func (m *Market) Has(notice string) bool { return slices.Contains(m.Notices, notice) }

// Table is the whole of markets.json.
type Table struct {
	Markets    []*Market
	Editions   []*Edition
	Warehouses []string
	byCode     map[string]*Market
}

// Market finds a market by its code.
func (t *Table) Market(code string) (*Market, bool) {
	m, ok := t.byCode[code]
	return m, ok
}

// Of lists the editions of one market, the root one first.
func (t *Table) Of(m *Market) []*Edition {
	var out []*Edition
	for _, e := range t.Editions {
		if e.Market == m {
			out = append(out, e)
		}
	}
	return out
}

//go:embed markets.json
var marketsJSON []byte

// zones are the clocks that stamps and dated prices of a market go by.
var zones = map[string]string{
	"fr": "Europe/Paris", "be": "Europe/Brussels", "lu": "Europe/Luxembourg", "ch": "Europe/Zurich", "de": "Europe/Berlin",
	"at": "Europe/Vienna", "uk": "Europe/London", "ie": "Europe/Dublin", "it": "Europe/Rome", "es": "Europe/Madrid",
	"pt": "Europe/Lisbon", "nl": "Europe/Amsterdam", "us": "America/New_York", "hk": "Asia/Hong_Kong",
}

// Zone is the clock that a market goes by.
func Zone(code string) (*time.Location, error) {
	clock, known := zones[code]
	if !known {
		return nil, errors.New("it has no time zone")
	}
	zone, err := time.LoadLocation(clock)
	if err != nil {
		return nil, fmt.Errorf("find its time zone: %w", err)
	}
	return zone, nil
}

type row struct {
	Code, Name, Country, Currency, Prices, Warehouse string
	Locales                                          []i18n.Locale
	VAT, Rounding                                    float64
	InBond                                           bool   `json:"in_bond"`
	MinAge                                           int    `json:"min_age"`
	KeepYears                                        int    `json:"keep_years"`
	KeepLaw                                          string `json:"keep_law"`
	Notices                                          []string
}

// Load reads the embedded table.
func Load() (*Table, error) {
	var file struct {
		Markets    []row
		Warehouses []struct{ Code string }
	}
	if err := json.Unmarshal(marketsJSON, &file); err != nil {
		return nil, fmt.Errorf("read markets.json: %w", err)
	}
	t := &Table{byCode: map[string]*Market{}}
	for _, w := range file.Warehouses {
		t.Warehouses = append(t.Warehouses, w.Code)
	}
	for _, r := range file.Markets {
		if err := t.add(r); err != nil {
			return nil, fmt.Errorf("read markets.json: market %s: %w", r.Code, err)
		}
	}
	return t, nil
}

func (t *Table) add(r row) error {
	zone, err := Zone(r.Code)
	if err != nil {
		return err
	}
	if !slices.Contains(t.Warehouses, r.Warehouse) {
		return fmt.Errorf("unknown warehouse %q", r.Warehouse)
	}
	m := &Market{
		Index: len(t.Markets), Code: r.Code, Name: r.Name, Country: r.Country, Locales: r.Locales,
		Currency: money.Currency(r.Currency), Basis: Basis(r.Prices), InBond: r.InBond, VAT: r.VAT,
		Rounding: max(1, int64(math.Round(r.Rounding*100))), Warehouse: r.Warehouse, MinAge: r.MinAge, KeepYears: r.KeepYears, KeepLaw: r.KeepLaw,
		Notices: r.Notices, Zone: zone,
	}
	if m.Country == "" {
		m.Country = strings.ToUpper(r.Code)
	}
	t.Markets = append(t.Markets, m)
	t.byCode[m.Code] = m
	for i, locale := range r.Locales {
		e := &Edition{Index: len(t.Editions), Market: m, Locale: locale}
		if i > 0 {
			e.Prefix = "/" + prefixOf(locale)
		}
		t.Editions = append(t.Editions, e)
	}
	return nil
}

func prefixOf(l i18n.Locale) string {
	language, _, _ := strings.Cut(string(l), "-")
	return language
}
