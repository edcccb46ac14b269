package facet

// Facet is one thing that a list of wines can be narrowed by.
type Facet uint8

// The facets. Those before Years are chosen from values, several at once; the others are ranges.
const (
	Country Facet = iota
	Region
	Appellation
	Producer
	Classification
	Colour
	Format // millilitres of one bottle
	Pack   // bottles in the unit
	Window // catalog.Drinkability of this year
	Sale   // in stock now, or en primeur
	Years
	Price
	Score
	facets // how many there are
)

// choices is how many facets are chosen from values.
const choices = int(Years)

// Choices are the facets that are chosen from values, in the order of an address.
func Choices() []Facet {
	out := make([]Facet, choices)
	for i := range out {
		out[i] = Facet(i)
	}
	return out
}

// All facets.
func All() []Facet {
	out := make([]Facet, facets)
	for i := range out {
		out[i] = Facet(i)
	}
	return out
}

// Part is what Without calls all that is chosen of a facet.
func (f Facet) Part() string {
	switch f {
	case Years:
		return YearsPart
	case Price:
		return PricePart
	case Score:
		return ScoreKey
	default:
		return f.Key()
	}
}

// keys of the facets in an address and in a form: the same in all languages, as in the API.
var keys = [choices]string{"country", "region", "appellation", "producer", "class", "colour", "format", "pack", "window", "sale"}

// Key of a facet of values.
func (f Facet) Key() string { return keys[f] }

// The other keys of an address, in their order: q comes before the facets, the others behind.
const (
	QueryKey = "q"
	FromKey  = "from"  // first year
	ToKey    = "to"    // last year
	LowKey   = "min"   // price of a bottle, in whole units of the shop's currency
	HighKey  = "max"   //
	ScoreKey = "score" // at least, of 100
	SortKey  = "sort"
	PageKey  = "page"
)

// Keys that a form may send and no address keeps.
const (
	BirthKey   = "year"    // one year: it becomes first and last
	WithoutKey = "without" // "colour:red": what a chip's button takes away
)

// Sort is the order of a list.
type Sort string

// The orders. The first one is by how well the query is met; without a query, by popularity.
const (
	Relevance Sort = ""
	Cheapest  Sort = "price"
	Dearest   Sort = "price-desc"
	Newest    Sort = "vintage"
	Oldest    Sort = "vintage-asc"
	BestScore Sort = "score"
	ByName    Sort = "name"
)

// Sorts are all orders, as a form lists them.
func Sorts() []Sort {
	return []Sort{Relevance, Cheapest, Dearest, Newest, Oldest, BestScore, ByName}
}

// The values of Sale.
const (
	InStock = "stock"
	Primeur = "primeur"
)

// ScoreSteps are the marks that a form offers.
var ScoreSteps = []int{90, 93, 95, 98, 100}
