package gallery

import (
	"html"
	"strings"
	"time"

	"caveau/i18n"
	"caveau/templates/component"
	"caveau/templates/layout"
	"caveau/templates/live"
)

// A shop is the fixture of one edition.
type shop struct {
	p        *i18n.Printer
	locale   i18n.Locale
	market   layout.Market
	currency string
	rate     float64
	place    string
	assets   Assets
	say      map[string]string
	long     *live.Phrase
	short    *live.Phrase
	cases    *live.Phrase
	stamp    *live.Stamp
}

func newShop(cat *i18n.Catalogue, l i18n.Locale, a Assets) shop {
	s := shop{p: cat.Printer(l), locale: l, assets: a, say: sentences[l.Language()], currency: "EUR", rate: 1, place: "place.bordeaux"}
	switch l {
	case "zh-Hant-HK":
		s.market, s.currency, s.rate, s.place = layout.Market{Code: "hk", Name: "香港", Currency: "HK$"}, "HKD", 9, "place.hong_kong"
	case "en-GB":
		s.market, s.currency, s.rate = layout.Market{Code: "uk", Name: "United Kingdom", Currency: "£"}, "GBP", 0.86
	case "de-DE":
		s.market = layout.Market{Code: "de", Name: "Deutschland", Currency: "€"}
	default:
		s.market = layout.Market{Code: "fr", Name: "France", Currency: "€"}
	}
	s.long, s.cases = s.words("unit.bottle"), s.words("unit.case")
	s.short = live.NewPhrase(func(n int) string {
		if n == 0 {
			return html.EscapeString(s.p.T("stock.none"))
		}
		return html.EscapeString(s.p.N("unit.bottle", n))
	})
	s.stamp = live.NewStamp(time.FixedZone("CET", 3600),
		func(clock string) string { return html.EscapeString(s.p.T("stock.checked", "time", clock)) },
		func(clock string) string { return html.EscapeString(s.p.T("stock.age", "time", clock)) })
	return s
}

func (s shop) words(unit string) *live.Phrase {
	place := s.p.T(s.place)
	return live.NewPhrase(func(n int) string {
		switch live.LevelOf(n) {
		case live.None:
			return html.EscapeString(s.p.T("stock.none"))
		case live.Low:
			return html.EscapeString(s.p.T("stock.low", "what", s.p.N(unit, n), "place", place))
		default:
			return html.EscapeString(s.p.T("stock.many", "what", s.p.N(unit, n), "place", place))
		}
	})
}

func (s shop) money(euros int) string {
	return s.p.MoneyShort(int64(float64(euros)*s.rate)*100, s.currency)
}

func (s shop) live() component.Live { return component.Live{Src: "/live/stock", Stamp: s.stamp} }

func (s shop) frame(title string, crumbs ...string) layout.Frame {
	f := layout.Frame{
		P: s.p, Lang: s.locale.Tag(), Title: title + " · Caveau", Description: title,
		Canonical: "https://" + s.market.Code + ".caveau.example/x", Market: s.market, Home: "/",
		Nav: []component.Link{
			{Text: s.p.T("nav.vintages"), Href: "/millesime"}, {Text: s.p.T("nav.regions"), Href: "/region"}, {Text: s.p.T("nav.primeur"), Href: "/primeur"},
		},
		Cart:   layout.CartLink{Href: "/panier", Badge: badge},
		Switch: markets(s.market.Code), Alternates: alternates(),
		Assets: layout.Assets{CSS: s.assets.CSS, Script: s.assets.Script, Font: s.assets.Font, Icon: s.assets.Icon},
		Notices: layout.Notices{
			Health: s.say["health"], Demo: s.say["demo"], Notices: s.notices(),
		},
	}
	for _, key := range []string{"nav.delivery", "nav.imprint", "nav.terms", "nav.privacy", "nav.contact"} {
		f.Footer = append(f.Footer, component.Link{Text: s.p.T(key), Href: "/" + strings.TrimPrefix(key, "nav.")})
	}
	f.Breadcrumbs = append(f.Breadcrumbs, component.Link{Text: s.p.T("nav.home"), Href: "/"})
	for _, c := range crumbs {
		f.Breadcrumbs = append(f.Breadcrumbs, component.Link{Text: c, Href: "/x"})
	}
	f.Breadcrumbs = append(f.Breadcrumbs, component.Link{Text: title})
	return f
}

var badge = live.NewPhrase(func(n int) string {
	if n == 0 {
		return ""
	}
	return string(rune('0' + n%10))
})

func (s shop) notices() []component.Name {
	if s.market.Code != "hk" {
		return nil
	}
	return []component.Name{
		{Text: "根據香港法律，不得在業務過程中，向未成年人售賣或供應令人醺醉的酒類。"},
		{Text: "Under the law of Hong Kong, intoxicating liquor must not be sold or supplied to a minor in the course of business.", Lang: "en"},
	}
}

func markets(current string) layout.Switch {
	s := layout.Switch{Href: "/pays"}
	for _, m := range []struct{ code, name, label, lang, zone string }{
		{"fr", "France", "Français", "fr-FR", "Europe/Paris"}, {"be", "Belgique", "Français", "fr-BE", "Europe/Brussels"},
		{"de", "Deutschland", "Deutsch", "de-DE", "Europe/Berlin"}, {"uk", "United Kingdom", "English", "en-GB", "Europe/London"},
		{"it", "Italia", "Italiano", "it-IT", "Europe/Rome"}, {"hk", "香港", "繁體中文", "zh-Hant-HK", "Asia/Hong_Kong"},
	} {
		s.Markets = append(s.Markets, layout.SwitchMarket{
			Code: m.code, Name: m.name, Lang: m.lang,
			Locales: []layout.SwitchLocale{{Label: m.label, Lang: m.lang, Href: "https://" + m.code + ".caveau.example/x", Current: m.code == current}},
		})
	}
	return s
}

func alternates() []layout.Alternate {
	var out []layout.Alternate
	for _, m := range markets("").Markets {
		out = append(out, layout.Alternate{Hreflang: m.Locales[0].Lang, Href: m.Locales[0].Href})
	}
	return append(out, layout.Alternate{Hreflang: "x-default", Href: "https://uk.caveau.example/x"})
}
