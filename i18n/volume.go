package i18n

// volumeFormat is how the wine trade of a place writes the content of a bottle.
type volumeFormat struct {
	small string // unit below a litre, with its space: " cl"
	per   int    // millilitres of that unit
	litre string
}

// newVolumeFormat follows the trade, not CLDR, which knows no bottles:
//
//   - French, Dutch, Spanish, Portuguese and Swiss lists give centilitres below a litre and litres above: 37,5 cl, 1,5 l.
//   - German, Austrian and Italian lists give litres throughout: 0,375 l, 0,75 l.
//   - British, Irish and Hong Kong English lists close up the unit: 37.5cl, 1.5L; American ones count millilitres: 375ml.
//   - Hong Kong Chinese lists count 毫升 and 公升.
func newVolumeFormat(l Locale) volumeFormat {
	switch l {
	case "de-DE", "de-AT", "it-IT":
		return volumeFormat{nbsp + "l", 1000, nbsp + "l"}
	case "en-US":
		return volumeFormat{"ml", 1, "L"}
	case "zh-Hant-HK":
		return volumeFormat{"毫升", 1, "公升"}
	}
	if l.Language() == "en" {
		return volumeFormat{"cl", 10, "L"}
	}
	return volumeFormat{nbsp + "cl", 10, nbsp + "l"}
}

// Litres writes the content of a bottle as the trade of the place does: "75 cl" and "1,5 l", "0,75 l" in Germany,
// "750ml" in America.
func (p *Printer) Litres(millilitres int) string {
	if millilitres < 1000 {
		return p.Decimal(float64(millilitres)/float64(p.volume.per), 3) + p.volume.small
	}
	return p.Decimal(float64(millilitres)/1000, 3) + p.volume.litre
}
