package search

import (
	"caveau/store/catalog"
)

// anySKU says that a filter holds of one of the wine's SKUs.
func (m *matching) anySKU(doc uint32, p Part) bool {
	for _, v := range m.snap.Wines[doc].Vintages {
		if !ofVintage(p.Kind) {
			for _, s := range v.SKUs {
				if m.holdsSKU(s, p) {
					return true
				}
			}
		} else if holdsVintage(v, p) {
			return true
		}
	}
	return false
}

// ofVintage says that a filter is about the wine or its vintage; the others are about what is sold.
func ofVintage(k Kind) bool { return k == Year || k == Score || k == Colour || k == Style }

func holdsVintage(v *catalog.Vintage, p Part) bool {
	switch p.Kind {
	case Year:
		if p.NV || v.Year == 0 {
			return p.NV == (v.Year == 0)
		}
		return float64(v.Year) >= p.Low && float64(v.Year) <= p.High
	case Score:
		for _, s := range v.Scores {
			if s.Scale == 100 && s.High >= p.Low || s.Scale == 20 && s.High*5 >= p.Low {
				return true
			}
		}
		return false
	case Colour:
		return string(v.Wine.Colour) == p.Code
	default:
		return string(v.Wine.Style) == p.Code
	}
}

func (m *matching) holdsSKU(s *catalog.SKU, p Part) bool {
	switch p.Kind {
	case Format:
		return (p.Pack == 0 || s.Pack == p.Pack) && contains(p.Volumes, s.Volume)
	case Pack:
		return s.Pack == p.Pack
	case Packaging:
		return string(s.Packaging) == p.Code
	case Sale:
		return string(s.SaleType) == p.Code
	default:
		return m.costs(s, p.Low, p.High)
	}
}

// costs says that one bottle is within a range; 0 is open.
func (m *matching) costs(s *catalog.SKU, low, high float64) bool {
	price, sold := s.Price(m.shop.Market)
	if !sold {
		return false
	}
	bottle := float64(price.Minor) / 100 / float64(max(1, s.Pack)) // all our currencies have hundredths
	return bottle >= low && (high == 0 || bottle <= high)
}
