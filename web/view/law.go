package view

import (
	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/templates/component"
	"caveau/templates/layout"
)

// Words that a law prescribes. They are shown as they stand, in their own language, and never translated.
const (
	// Code de la santé publique, art. L. 3323-4.
	healthFR = "L’abus d’alcool est dangereux pour la santé. À consommer avec modération."
	// The banner of sites that sell: arrêté du 17 octobre 2016, annexe 4; full width on home and payment pages.
	minorsFR = "Interdiction de vente de boissons alcooliques aux mineurs de moins de 18 ans. " +
		"La vente d’alcool à des mineurs de moins de 18 ans est interdite. " +
		"La preuve de majorité de l’acheteur est exigée au moment de la vente en ligne. " +
		"Code de la santé publique, art. L. 3342-1 et L. 3353-3."
	// Dutiable Commodities (Liquor) Regulations, Cap. 109B, part 5; both versions on every offer (reg. 42).
	minorsHK   = "Under the law of Hong Kong, intoxicating liquor must not be sold or supplied to a minor in the course of business."
	minorsHKzh = "根據香港法律，不得在業務過程中，向未成年人售賣或供應令人醺醉的酒類。"
)

// Notices of markets.json that pages of this package show.
const (
	evin         = "loi-evin"
	minorsBanner = "minors-banner-fr"
	minorsNotice = "hk-minors-notice-bilingual"
	pricePerUnit = "unit-price-litre"
)

// notices of all pages of the edition; those of some pages are added by the frame.
func (ed *edition) notices() layout.Notices {
	n := layout.Notices{Age: ed.p.T("notice.age", "age", ed.Market.MinAge)}
	if ed.Market.Has(evin) {
		n.Health = healthFR
	}
	if ed.Market.Has(minorsNotice) {
		n.Notices = []component.Name{
			{Text: minorsHKzh, Lang: foreign("zh-Hant", ed)}, {Text: minorsHK, Lang: foreign("en", ed)},
		}
	}
	return n
}

// demo says which figures of the catalogue are not to be taken for true.
func (ed *edition) demo(a catalog.About) string {
	var list []string
	if a.DemoPrices {
		list = append(list, ed.p.T("notice.prices"))
	}
	if a.DemoScores {
		list = append(list, ed.p.T("notice.scores"), ed.p.T("notice.windows"))
	}
	if a.DemoStock {
		list = append(list, ed.p.T("notice.stock"))
	}
	if len(list) == 0 {
		return ""
	}
	return ed.p.T("notice.demo", "list", ed.p.List(list))
}

// taxNote says what the prices of the market contain.
func (ed *edition) taxNote() string {
	switch {
	case ed.Market.Basis == market.Excl:
		return ed.p.T("note.tax_us")
	case ed.Market.VAT == 0:
		return ed.p.T("note.tax_none")
	default:
		return ed.p.T("note.tax", "rate", ed.p.Percent(ed.Market.VAT, 1))
	}
}
