package gallery

import (
	"strconv"

	"caveau/templates/component"
	"caveau/templates/live"
)

// A wine of the fixtures.
type wine struct {
	name, zh, lang, place, shape, colour string
	year, volume, price, stock           int
	score, state                         string
}

var wines = []wine{
	{"Château Margaux", "瑪歌酒莊", "fr", "Margaux", "bordeaux", "red", 1990, 750, 1090, 18, "100", "ready"},
	{"Château Palmer", "寶馬酒莊", "fr", "Margaux", "bordeaux", "red", 2005, 1500, 690, 6, "97", "ready"},
	{"Clos de Tart", "", "fr", "Clos de Tart Grand Cru", "burgundy", "red", 2010, 750, 520, 9, "96", "ready"},
	{"Château d’Yquem", "滴金酒莊", "fr", "Sauternes", "bordeaux", "sweet", 2001, 750, 480, 2, "100", "ready"},
	{"Weingut Joh. Jos. Prüm Wehlener Sonnenuhr Riesling Auslese Goldkapsel", "", "de", "Mosel", "flute", "sweet", 2009, 750, 145, 24, "98", "ready"},
	{"Krug Grande Cuvée", "庫克香檳", "fr", "Champagne", "champagne", "sparkling", 0, 750, 215, 60, "95", "ready"},
	{"Château Lafite Rothschild", "拉菲羅斯柴爾德酒莊", "fr", "Pauillac", "bordeaux", "red", 1982, 750, 3900, 1, "97", "late"},
	{"Taylor’s Vintage Port", "", "en", "Porto", "port", "fortified", 1977, 750, 190, 12, "96", "ready"},
	{"Hermitage La Chapelle", "", "fr", "Hermitage", "rhone", "red", 1990, 750, 940, 0, "98", "ready"},
	{"Domaine Leflaive Puligny-Montrachet Les Pucelles", "", "fr", "Puligny-Montrachet Premier Cru", "burgundy", "white", 2017, 750, 390, 5, "95", "ready"},
	{"Bürgerspital Würzburger Stein-Harfe Silvaner Großes Gewächs", "", "de", "Franken", "bocksbeutel", "white", 2021, 750, 39, 36, "93", "ready"},
	{"Château Pichon Longueville Comtesse de Lalande", "碧尚女爵酒莊", "fr", "Pauillac", "bordeaux", "red", 2016, 375, 118, 48, "99", "keep"},
}

func (w wine) yearText() string {
	if w.year == 0 {
		return ""
	}
	return strconv.Itoa(w.year)
}

func (w wine) nameIn(s shop) component.Name {
	switch {
	case s.locale.Language() == "zh" && w.zh != "":
		return component.Name{Text: w.zh}
	case w.lang == s.locale.Language():
		return component.Name{Text: w.name}
	default:
		return component.Name{Text: w.name, Lang: w.lang}
	}
}

func (w wine) bottle(height, neighbour int) component.Bottle {
	return component.Bottle{
		Shape: w.shape, Colour: w.colour, Name: w.name, Appellation: w.place, Year: w.yearText(), Volume: w.volume,
		Seed: w.name, Neighbour: neighbour, Height: height, Decorative: true,
	}
}

func (s shop) row(w wine, height, i int) component.Row {
	year := w.yearText()
	if year == "" {
		year = s.p.T("vintage.nv")
	}
	return component.Row{
		Href: "/v/" + strconv.Itoa(i), Name: w.nameIn(s), Year: year, Place: w.place, Score: w.score, State: w.state,
		Price: s.say["from"] + s.money(w.price), Unit: s.p.Litres(w.volume) + " · " + s.p.T("offer.incl_vat"), Per: s.p.T("offer.per_litre", "price", s.money(w.price*1000/w.volume)),
		Stock: live.Stock{uint32(w.stock)}, Words: s.short, Bottle: w.bottle(height, i),
	}
}

func (s shop) rows(list []wine, height int) []component.Row {
	var out []component.Row
	for i, w := range list {
		out = append(out, s.row(w, height, i))
	}
	return out
}

func (s shop) ribbon(from, to, current int) component.Ribbon {
	r := component.Ribbon{Label: s.p.T("nav.vintages")}
	for y := from; y <= to; y++ {
		n := (y*7919 + y*y*31) % 97
		if y < 1980 {
			n /= 5
		}
		if n == 0 {
			continue
		}
		r.Years = append(r.Years, component.RibbonYear{
			Year: strconv.Itoa(y), Href: "/millesime/" + strconv.Itoa(y), Count: strconv.Itoa(n) + s.say["wines"],
			Step: n * 8 / 98, Current: y == current,
		})
	}
	return r
}
