package catalog

import "time"

// Colour of the wine in the glass.
type Colour string

// The colours.
const (
	Red    Colour = "red"
	White  Colour = "white"
	Rose   Colour = "rose"
	Orange Colour = "orange"
)

// Colours are all of them, the most drunk first.
var Colours = []Colour{Red, White, Rose, Orange}

// Style is how it is made.
type Style string

// The styles.
const (
	Still     Style = "still"
	Sparkling Style = "sparkling"
	Sweet     Style = "sweet"
	Fortified Style = "fortified"
)

// Shape is the form of the bottle.
type Shape string

// The shapes that are drawn.
const (
	Bordeaux    Shape = "bordeaux"
	Burgundy    Shape = "burgundy"
	Champagne   Shape = "champagne"
	Rhone       Shape = "rhone"
	Flute       Shape = "flute"
	Port        Shape = "port"
	Bocksbeutel Shape = "bocksbeutel"
)

// Packaging is what the bottles of a SKU come in.
type Packaging string

// The kinds of packaging.
const (
	Loose  Packaging = "loose"
	Carton Packaging = "carton"
	OWC    Packaging = "owc" // original wooden case
)

// SaleType says when the bottle can leave.
type SaleType string

// The sale types.
const (
	InStock SaleType = "stock"
	Primeur SaleType = "primeur" // sold in barrel, delivered years later, excluding tax
)

// Window is a drinking window, in years; zero where it is not known.
type Window struct {
	From, PeakFrom, PeakTo, To int
	Source                     string // "demo" or the name of the critic or house
}

// Known says that there is a window.
func (w Window) Known() bool { return w.From > 0 && w.To >= w.From }

// Drinkability is the state of a vintage in one year.
type Drinkability string

// The states, in the order of time.
const (
	Keep  Drinkability = "keep"  // too young
	Ready Drinkability = "ready" // within the window
	Late  Drinkability = "late"  // past its peak: drink up
	Past  Drinkability = "past"  // past its window
)

// In says what the vintage is in a year; empty where the window is not known.
func (w Window) In(year int) Drinkability {
	switch {
	case !w.Known():
		return ""
	case year < w.From:
		return Keep
	case year > w.To:
		return Past
	case w.PeakTo > 0 && year > w.PeakTo:
		return Late
	default:
		return Ready
	}
}

// Score is a critic's mark, bound to its vintage for ever.
type Score struct {
	Critic    string
	Low, High float64   // High equals Low unless it is a range
	Scale     int       // 20 or 100
	Tasted    time.Time // month and year
	Barrel    bool      // tasted from the barrel
}

// FormatKey is the message key of a bottle's name: the same three litres are a double magnum in
// Bordeaux and a jeroboam in Champagne.
func FormatKey(volume int, shape Shape) string {
	if key, ok := formats[volume]; ok {
		return key
	}
	bordeaux := shape == Bordeaux
	switch {
	case volume == 3000 && bordeaux:
		return "format.double_magnum"
	case volume == 3000, volume == 4500 && bordeaux, volume == 5000 && bordeaux:
		return "format.jeroboam"
	case volume == 4500 || volume == 5000:
		return "format.rehoboam"
	case volume == 6000 && bordeaux:
		return "format.imperial"
	case volume == 6000:
		return "format.methuselah"
	default:
		return "format.other"
	}
}

var formats = map[int]string{
	187: "format.quarter", 200: "format.quarter", 375: "format.half", 500: "format.half_litre", 750: "format.bottle",
	1000: "format.litre", 1500: "format.magnum", 9000: "format.salmanazar", 12000: "format.balthazar",
	15000: "format.nebuchadnezzar", 18000: "format.melchior",
}
