package view

import (
	"caveau/i18n"
	"caveau/store/market"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// ShopsPath is where an edition lists all shops, below its prefix. No language changes it, so it is not in
// the URL table: the server routes it to Shops.
const ShopsPath = "/shops"

// Shops is the page that lists all shops.
func (s *Site) Shops(e *market.Edition) templ.Component {
	ed := s.edition(e)
	f := s.plainFrame(ed, ed.p.T("title.shops"))
	f.Robots = "noindex, follow"
	return page.Markets{Frame: f, Heading: ed.p.T("title.shops"), Lead: ed.p.T("shop.lead"), Shops: s.shops(ed)}.View()
}

// shopName is a market as one edition calls it.
type shopName struct {
	code, name string
	own        string // as it calls itself
	cellar     string
	currency   string
	locales    []shopLocale
}

type shopLocale struct {
	index      int // market.Edition.Index
	label, tag string
	home       string // absolute
}

func (ed *edition) shopName(m *market.Market, markets *market.Table) shopName {
	name := shopName{
		code: m.Code, name: ed.marketName(m),
		cellar: ed.p.T("shop.cellar", "place", ed.placeOf(m)), currency: string(m.Currency),
	}
	for _, e := range markets.Of(m) {
		name.locales = append(name.locales, shopLocale{index: e.Index, label: endonyms[e.Locale.Language()], tag: e.Locale.Tag()})
	}
	return name
}

// nameShops lets every shop say in all editions what it calls itself, in its first language.
func (s *Site) nameShops() {
	for _, ed := range s.editions {
		for i := range ed.shops {
			home := s.editions[ed.shops[i].locales[0].index]
			ed.shops[i].own = home.marketName(home.Market)
		}
	}
}

// MarketName is the country's name in the words of a printer. Hong Kong's in CLDR is the official one of a region of China, which nobody
// says in a shop.
func MarketName(p *i18n.Printer, m *market.Market) string {
	if m.Country == "HK" {
		return p.T("shop.hong_kong")
	}
	return p.Country(m.Country)
}

func (ed *edition) marketName(m *market.Market) string { return MarketName(ed.p, m) }

// placeOf a market's warehouse, in this edition's words.
func (ed *edition) placeOf(m *market.Market) string {
	switch m.Warehouse {
	case "new-york":
		return ed.p.T("place.new_york")
	case "hong-kong":
		return ed.p.T("place.hong_kong")
	default:
		return ed.p.T("place.bordeaux")
	}
}

// shops for the pages that show them as a list.
func (s *Site) shops(ed *edition) []page.Shop {
	out := make([]page.Shop, len(ed.shops))
	for i, m := range ed.marketSwitch(nil).Markets {
		out[i] = page.Shop{Name: ed.shops[i].name, Currency: ed.shops[i].currency, Cellar: ed.shops[i].cellar, Current: i == ed.Market.Index, Locales: m.Locales}
	}
	return out
}

// endonyms are the languages in themselves.
var endonyms = map[string]string{
	"fr": "Français", "nl": "Nederlands", "de": "Deutsch", "en": "English", "it": "Italiano", "es": "Español", "pt": "Português", "zh": "繁體中文",
}
