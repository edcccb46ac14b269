package intake

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"caveau/store/catalog"
)

// row is one line of the list on its way to a SKU.
type row struct {
	line  int
	sku   string
	raw   string // the name as the list has it
	width int    // characters of raw
	class Class
	kind  string // the merchant's class

	country    string
	volume     int // ml of one bottle
	bottles    int
	strength   int   // tenths of % vol
	cents      int64 // price of the unit in hundredths of the list's currency
	gtin       string
	packaging  catalog.Packaging
	assortment bool // several wines or harvests in one case

	name    string // what is left of raw after the marks, the year and the size are taken out
	year    int
	yearCut string // the piece of a year that the end of the field has left
	cut     bool   // the end of the field may have cut the last word

	colour catalog.Colour
	style  catalog.Style

	reading reading // what the words say
	wine    *wine
	notes   []Note
}

// Rejected is a row that is not in the list, and why.
type Rejected struct {
	Line   int
	SKU    string
	Name   string
	Reason string // a code: see the constants of this package
	Words  string
}

// The reasons for which a row is left out. Those that begin with "class" are goods that are not sold
// as wine; all others are faults of the row.
const (
	ReasonClass     = "class"         // the map leaves this kind of goods out
	ReasonKeg       = "keg"           // too large for a household
	ReasonBag       = "bag-in-box"    // the map leaves bags-in-box out
	ReasonSKU       = "sku"           // no SKU, or one that an earlier line has
	ReasonName      = "name"          // no name
	ReasonNoClass   = "unknown-class" // no rule of the map fits
	ReasonVolume    = "volume"        // not 100 to 30,000 ml
	ReasonBottles   = "bottles"       // not 1 to 60
	ReasonPrice     = "price"         // not a price
	ReasonCountry   = "country"       // no country, or one that is not known
	ReasonShortLine = "fields"        // fewer fields than the header
)

// Note is a repair that is worth being seen.
type Note struct {
	Line int
	SKU  string
	Kind string // no-vintage, short-year, double-vintage, several-vintages, year-cut, name-cut, repack, packaging, bag-in-box, gtin, spelling, assortment, colour, country
	Text string
}

func (r *row) note(kind, text string) {
	r.notes = append(r.notes, Note{Line: r.line, SKU: r.sku, Kind: kind, Text: text})
}

func (r *row) reject(reason, words string) *Rejected {
	return &Rejected{Line: r.line, SKU: r.sku, Name: r.raw, Reason: reason, Words: words}
}

// perBottle is the price of 75 cl in the list's currency.
func (r *row) perBottle() float64 {
	return float64(r.cents) / 100 / float64(r.bottles) / float64(r.volume) * 750
}

// rowOf reads the fields of a record. A row that cannot be sold comes back with the reason.
func rowOf(rec record, at columns, m *Map) (*row, *Rejected) {
	r := &row{line: rec.line, sku: at.get(rec, m.Columns.SKU), raw: strings.TrimSpace(at.get(rec, m.Columns.Name))}
	r.width = len([]rune(r.raw))
	r.kind = at.get(rec, m.Columns.Class)
	if len(rec.fields) < at.width {
		return r, r.reject(ReasonShortLine, fmt.Sprintf("%d fields where the header has %d", len(rec.fields), at.width))
	}
	if r.sku == "" || strings.ContainsAny(r.sku, ", \t") {
		return r, r.reject(ReasonSKU, "no SKU, or one with a comma or a blank")
	}
	r.sku = m.SKUPrefix + r.sku
	if r.raw == "" {
		return r, r.reject(ReasonName, "no name")
	}
	if bad := r.amounts(rec, at, m); bad != nil {
		return r, bad
	}
	if bad := r.classify(at.get(rec, m.Columns.Country), m); bad != nil {
		return r, bad
	}
	if bad := r.container(m); bad != nil {
		return r, bad
	}
	r.readGTIN(at.get(rec, m.Columns.GTIN))
	if r.clean(m); len(wordsOf(r.name)) == 0 {
		return r, r.reject(ReasonName, "nothing is left of the name without year and packing")
	}
	return r, nil
}

// amounts reads volume, bottles, strength and price.
func (r *row) amounts(rec record, at columns, m *Map) *Rejected {
	var err error
	if r.volume, err = strconv.Atoi(at.get(rec, m.Columns.Volume)); err != nil || r.volume < 100 || r.volume > 30000 {
		return r.reject(ReasonVolume, fmt.Sprintf("volume %q: want 100 to 30000 ml", at.get(rec, m.Columns.Volume)))
	}
	r.bottles = 1
	if s := at.get(rec, m.Columns.Bottles); s != "" {
		if r.bottles, err = strconv.Atoi(s); err != nil || r.bottles < 1 || r.bottles > 60 {
			return r.reject(ReasonBottles, fmt.Sprintf("%q bottles: want 1 to 60", s))
		}
	}
	price, err := strconv.ParseFloat(at.get(rec, m.Columns.Price), 64)
	if err != nil || !(price > 0 && price < 1e8) {
		return r.reject(ReasonPrice, fmt.Sprintf("price %q: want a number above zero", at.get(rec, m.Columns.Price)))
	}
	r.cents = int64(math.Round(price * 100))
	if abv, err := strconv.ParseFloat(at.get(rec, m.Columns.Strength), 64); err == nil && abv > 0 && abv < 25 {
		r.strength = int(math.Round(abv * 10))
	}
	return nil
}

// classify finds the rule of the map, and with it colour, style and country.
func (r *row) classify(country string, m *Map) *Rejected {
	country = strings.ToUpper(country)
	for _, c := range m.Country {
		if country == "" && strings.Contains(strings.ToLower(r.raw), strings.ToLower(c.Name)) {
			country = c.Code
			r.note("country", "no country on the list; taken as "+country)
		}
	}
	var ok bool
	if r.class, ok = m.class(r.kind, country, r.raw); !ok {
		return r.reject(ReasonNoClass, fmt.Sprintf("no rule of the mapping fits class %q", r.kind))
	}
	if r.class.Leave != "" {
		return r.reject(ReasonClass, "not sold as wine: "+r.class.Leave)
	}
	if r.class.Country != "" && r.class.Country != country {
		r.note("country", fmt.Sprintf("the country column says %q, the class %q", country, r.class.Country))
		country = r.class.Country
	}
	if country == "" {
		return r.reject(ReasonCountry, "no country")
	}
	r.country, r.colour, r.style = country, r.class.Colour, r.class.Style
	return nil
}

// container decides what is a keg and what a bag, by size and price: a large bottle of fine wine is
// dear, a bag is not.
func (r *row) container(m *Map) *Rejected {
	c := m.Containers
	cheap := float64(r.cents)/100/float64(r.bottles)/float64(r.volume)*1000 < c.CheapPerL
	switch {
	case !cheap || c.BagFrom == 0 || r.volume < c.BagFrom:
	case c.KegFrom > 0 && r.volume >= c.KegFrom && !c.TakeKegs:
		return r.reject(ReasonKeg, fmt.Sprintf("a keg or tap box of %d ml: not sold to households", r.volume))
	case !c.TakeBags:
		return r.reject(ReasonBag, fmt.Sprintf("a bag-in-box of %d ml", r.volume))
	default:
		r.note("bag-in-box", fmt.Sprintf("%d ml at this price is a bag-in-box, not a bottle", r.volume))
	}
	return nil
}

func (r *row) readGTIN(s string) {
	if s == "" {
		return
	}
	code, ok := gtin(s)
	if !ok {
		r.note("gtin", fmt.Sprintf("%q has a wrong check digit and is left out", s))
		return
	}
	r.gtin = code
}

// clean takes everything out of the name that is no name: the mark of a repack, sizes, packaging, the
// year; and mends the list's own misspellings.
func (r *row) clean(m *Map) {
	r.name = blanks.ReplaceAllString(r.raw, " ")
	for _, mark := range m.Repack {
		if rest, ok := strings.CutPrefix(r.name, mark); ok {
			r.name = strings.TrimSpace(rest)
			r.note("repack", "the same wine in a new packing; kept under its own SKU")
			break
		}
	}
	r.cut = m.NameLimit > 0 && (r.width == m.NameLimit || r.width == m.NameLimit-1)
	r.name = joints.ReplaceAllString(r.name, "$2 - $1")
	r.yearOf(m)
	if r.sizeOff() && r.year == 0 && r.yearCut == "" {
		r.yearOf(m)
	}
	r.unpack(m)
	r.spell(m)
	r.name = strings.Trim(blanks.ReplaceAllString(r.name, " "), " -")
	switch {
	case r.yearCut != "":
		r.note("year-cut", fmt.Sprintf("the field cut the year after %q; no vintage is given", r.yearCut))
	case r.cut && r.width == m.NameLimit && r.year == 0:
		r.note("name-cut", "the name fills the field: its end, and perhaps the vintage, is lost")
	}
	r.cut = r.cut && r.year == 0 && r.yearCut == ""
}

var (
	blanks = regexp.MustCompile(`\s+`)
	// joints are the dashes that part head and tail and have lost a blank: "CHAMPY- RENVERSES", "WALK -ROSE".
	joints = regexp.MustCompile(`\s+-(\S)?|(\S)-\s+`)
)

// sizeOff takes a size from the end of the name and says that there was one.
func (r *row) sizeOff() bool {
	fields := strings.Fields(r.name)
	n := len(fields)
	if n < 2 {
		return false
	}
	ml := litres(fields[n-1])
	if ml == 0 {
		return false
	}
	if ml != r.volume {
		r.note("packaging", fmt.Sprintf("the name says %d ml, the list %d ml", ml, r.volume))
	}
	r.name = strings.Join(fields[:n-1], " ")
	return true
}

// unpack takes words about boxes and coolers out of the name.
func (r *row) unpack(m *Map) {
	upper := " " + strings.ToUpper(r.name) + " "
	for _, p := range m.Mixed {
		if strings.Contains(upper, " "+p+" ") && r.bottles > 1 {
			r.assortment = true
			r.note("assortment", "a case of several wines, kept as one article")
			break
		}
	}
	for _, p := range m.Packaging {
		if i := strings.Index(upper, " "+p+" "); i >= 0 {
			upper = upper[:i] + " " + upper[i+len(p)+2:]
			r.note("packaging", p)
			r.name = strings.TrimSpace(upper)
			upper = " " + r.name + " "
		}
	}
	r.packaging = catalog.Loose
	if r.bottles > 1 {
		r.packaging = catalog.Carton
		if m.Containers.WoodenCases && slices.Contains(strings.Fields(upper), "CAISSE") {
			r.packaging = catalog.OWC
		}
	}
}

// spell mends the misspellings that the map names, in its order.
func (r *row) spell(m *Map) {
	name := " " + strings.ToUpper(strings.Join(strings.Fields(r.name), " ")) + " "
	for _, s := range m.Spelling {
		from, to := " "+strings.ToUpper(s.From)+" ", " "+strings.ToUpper(s.To)+" "
		switch {
		case !strings.Contains(name, from):
			continue
		case s.End && !strings.HasSuffix(name, from):
			continue
		case s.End:
			name = strings.TrimSuffix(name, from) + to
		default:
			name = strings.ReplaceAll(name, from, to)
		}
		r.note("spelling", s.From+" → "+s.To)
	}
	r.name = strings.TrimSpace(name)
}

// columns knows where each column stands.
type columns struct {
	at    map[string]int
	width int
}

// columnsOf reads the header.
func columnsOf(header record, m *Map) (columns, error) {
	c := columns{at: map[string]int{}, width: len(header.fields)}
	for i, name := range header.fields {
		name = strings.TrimSpace(name)
		if _, ok := c.at[name]; ok && name != "" {
			return c, &FormatError{header.line, fmt.Sprintf("column %q is there twice", name)}
		}
		c.at[name] = i
	}
	var missing []string
	for _, name := range []string{m.Columns.SKU, m.Columns.Name, m.Columns.Class, m.Columns.Country, m.Columns.Volume,
		m.Columns.Bottles, m.Columns.Strength, m.Columns.Price, m.Columns.GTIN} {
		if _, ok := c.at[name]; !ok && name != "" {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return c, &FormatError{header.line, "columns are missing: " + strings.Join(missing, ", ")}
	}
	return c, nil
}

func (c columns) get(rec record, name string) string {
	i, ok := c.at[name]
	if !ok || name == "" || i >= len(rec.fields) {
		return ""
	}
	return strings.TrimSpace(rec.fields[i])
}
