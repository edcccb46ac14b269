package intake

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"caveau/store/catalog"
)

// Map is the TOML file that explains one merchant's list. maps/bcl.toml is one, with every field used.
type Map struct {
	Code      string    // short name of the list, lower-case: becomes About.Code
	Source    string    // where the list comes from, in words
	Licence   string    // the sentence that its licence asks for; may be empty
	Date      time.Time // of the list: no harvest is younger, and its prices count from here
	SKUPrefix string    `toml:"sku_prefix"` // put before each SKU; empty keeps the merchant's own
	NameLimit int       `toml:"name_limit"` // width at which the list cuts its names, in characters; 0: it does not

	Columns    Columns
	Years      Years
	Containers Containers
	Prices     Prices
	Rates      []RateTable
	Stock      Stock

	Repack    []string   // marks before a name that say "same wine, new packing"
	Packaging []string   // words about boxes, coolers and the like, which are no part of a name
	Mixed     []string   // words in the name of a case of several wines
	Spelling  []Spelling // the list's own misspellings
	Class     []Class    // in order: the first rule that a class fits decides
	Country   []Country  // for rows without a country
}

// Columns names the header of each column; those marked with a star must be there. Others are ignored.
type Columns struct {
	SKU      string // * the merchant's own number
	Name     string // * the line's text
	Class    string // * the merchant's kind of goods: "France Red Wine"
	Country  string // ISO 3166 code
	Volume   string // * of one bottle, in millilitres
	Bottles  string // in the unit that is sold; absent means one
	Strength string // in % vol
	Price    string // * of the unit that is sold
	GTIN     string // trade item number
}

// Years are the rules for numbers that may be harvests.
type Years struct {
	Oldest      int      // what is older is a founding year
	OldAfter    int      `toml:"old_after"`    // from this age in years on …
	OldFloor    float64  `toml:"old_floor"`    // … 75 cl must cost at least this much, else the year is a brand
	NumberWords []string `toml:"number_words"` // words before a number that is no year: BIN, NO
}

// Containers are the rules for what is no bottle.
type Containers struct {
	BagFrom     int     `toml:"bag_from"`     // millilitres from which a cheap container is a bag-in-box
	KegFrom     int     `toml:"keg_from"`     // millilitres from which a cheap container is a keg
	CheapPerL   float64 `toml:"cheap_per_l"`  // price of a litre below which a large container holds no fine wine
	TakeBags    bool    `toml:"take_bags"`    // sell bags-in-box
	TakeKegs    bool    `toml:"take_kegs"`    // sell kegs
	WoodenCases bool    `toml:"wooden_cases"` // a case of several bottles is of wood where the name says so
}

// Prices says what the list's prices are.
type Prices struct {
	Currency string
	Basis    string // "excl": without any tax; the only one that is known so far
}

// RateTable turns the list's currency into each market's, from a day on. The youngest table that is
// not after Options.Now counts.
type RateTable struct {
	Date          time.Time
	Source        string
	Demonstration bool               // the rates are rounded and not for trade
	Rate          map[string]float64 // market code → units of its currency for one unit of the list's
}

// Stock is the rule by which stock is made where a list has none. The same seed and SKU give the same
// stock, whatever the order of the rows. All of it is demonstration data.
type Stock struct {
	Demonstration bool // must be true: nothing else is known yet
	Seed          uint64
	Warehouse     map[string]Shelf
}

// Shelf is the rule for one warehouse.
type Shelf struct {
	Empty float64 // share of the SKUs that it does not have
	Low   float64 // share of which it has 1 to 3
	Most  int     // the most it holds of a bottle of everyday price; dearer and larger ones are fewer
}

// Spelling mends words wherever they stand, or only at the end of a name.
type Spelling struct {
	From, To string
	End      bool
}

// Class is a rule about the merchant's kinds of goods and what they say of a wine.
type Class struct {
	Contains  string // part of the class, capitals or not; empty fits all
	Name      string // part of the line's text that must be there too
	Countries []string
	Leave     string // a reason: goods of this class are not sold as wine
	Colour    catalog.Colour
	Style     catalog.Style
	Country   string // ISO 3166, where the class says more than the country column
	Region    string // code of a place below the country
}

// Country gives a country to rows that have none.
type Country struct {
	Name string // part of the line's text
	Code string
}

//go:embed maps/*.toml
var builtin embed.FS

// ReadMap reads a mapping file. A path of the form "builtin:bcl" names one that the program carries.
// All that is wrong with it is reported at once; a key that is not known is refused, since a rule that
// is misspelt would silently not be a rule.
func ReadMap(path string) (*Map, error) {
	var raw []byte
	var err error
	if name, ok := strings.CutPrefix(path, "builtin:"); ok {
		raw, err = fs.ReadFile(builtin, "maps/"+name+".toml")
	} else {
		raw, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read mapping: %w", err)
	}
	m, err := parseMap(string(raw))
	if err != nil {
		return nil, fmt.Errorf("read mapping %s: %w", path, err)
	}
	return m, nil
}

func parseMap(text string) (*Map, error) {
	m := &Map{}
	meta, err := toml.Decode(text, m)
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, key := range meta.Undecoded() {
		faults = append(faults, fmt.Errorf("unknown key %q", key.String()))
	}
	return m, errors.Join(append(faults, m.check()...)...)
}

// check returns everything that is wrong with the map.
func (m *Map) check() []error {
	var faults []error
	must := func(ok bool, format string, args ...any) {
		if !ok {
			faults = append(faults, fmt.Errorf(format, args...))
		}
	}
	must(m.Code != "" && m.Code == slug(m.Code), "code %q: want small letters, digits and hyphens", m.Code)
	must(m.Source != "", "source is missing: say where the list comes from")
	must(!m.Date.IsZero(), "date is missing: say of which day the list is")
	must(!strings.ContainsAny(m.SKUPrefix, ", \t"), "sku_prefix %q: no comma and no blank", m.SKUPrefix)
	for name, column := range m.required() {
		must(column != "", "columns.%s is missing", name)
	}
	must(m.Years.Oldest >= 1800, "years.oldest %d: want 1800 or later", m.Years.Oldest)
	must(m.Prices.Basis == "excl", "prices.basis %q: want \"excl\"", m.Prices.Basis)
	must(len(m.Prices.Currency) == 3, "prices.currency %q: want an ISO 4217 code", m.Prices.Currency)
	must(len(m.Rates) > 0, "rates are missing: a list without rates has no prices")
	must(m.Stock.Demonstration, "stock.demonstration must be true: the list says nothing about stock")
	must(len(m.Stock.Warehouse) > 0, "stock.warehouse is missing")
	for i, t := range m.Rates {
		must(!t.Date.IsZero() && t.Source != "", "rates %d: date and source are needed", i+1)
		for market, rate := range t.Rate {
			must(rate > 0 && rate < 1e5, "rates %d: rate of %s is %v", i+1, market, rate)
		}
	}
	for name, s := range m.Stock.Warehouse {
		must(s.Empty >= 0 && s.Low >= 0 && s.Empty+s.Low <= 1 && s.Most > 3, "stock.warehouse.%s: empty and low are shares, most is above 3", name)
	}
	for i, c := range m.Class {
		must(c.Leave != "" || c.Colour == "" || slices.Contains(colours, c.Colour), "class %d: unknown colour %q", i+1, c.Colour)
		must(c.Style == "" || slices.Contains(styles, c.Style), "class %d: unknown style %q", i+1, c.Style)
	}
	for i, s := range m.Spelling {
		must(strings.TrimSpace(s.From) == s.From && s.From != "" && s.From != s.To, "spelling %d: from %q", i+1, s.From)
	}
	return faults
}

var (
	colours = []catalog.Colour{catalog.Red, catalog.White, catalog.Rose, catalog.Orange}
	styles  = []catalog.Style{catalog.Still, catalog.Sparkling, catalog.Sweet, catalog.Fortified}
)

func (m *Map) required() map[string]string {
	c := m.Columns
	return map[string]string{"sku": c.SKU, "name": c.Name, "class": c.Class, "volume": c.Volume, "price": c.Price}
}

// rates is the youngest table that counts at a moment.
func (m *Map) rates(now time.Time) (RateTable, error) {
	tables := slices.DeleteFunc(slices.Clone(m.Rates), func(t RateTable) bool { return t.Date.After(now) })
	if len(tables) == 0 {
		return RateTable{}, errors.New("every table of rates is dated after today")
	}
	return slices.MaxFunc(tables, func(a, b RateTable) int { return a.Date.Compare(b.Date) }), nil
}

// class finds the rule for a row.
func (m *Map) class(class, country, name string) (Class, bool) {
	class, name = strings.ToLower(class), strings.ToLower(name)
	for _, c := range m.Class {
		if !strings.Contains(class, strings.ToLower(c.Contains)) || !strings.Contains(name, strings.ToLower(c.Name)) {
			continue
		}
		if len(c.Countries) > 0 && !slices.Contains(c.Countries, country) {
			continue
		}
		return c, true
	}
	return Class{}, false
}
