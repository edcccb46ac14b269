package view

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"caveau/i18n"
	"caveau/store/route"
)

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	blanks = regexp.MustCompile(`[ \n]+`)
)

// words of a page without its tags; no-break spaces are written as _ so that a test can see them.
func words(page string) string {
	_, page, _ = strings.Cut(page, "<main")
	text := html.UnescapeString(tags.ReplaceAllString(page, " "))
	text = strings.NewReplacer("\u00a0", "_", "\u202f", "_").Replace(text)
	return blanks.ReplaceAllString(text, " ")
}

var (
	margaux1990 = route.Page{Kind: route.Vintage, Code: "chateau-margaux", Year: 1990}
	margaux2025 = route.Page{Kind: route.Vintage, Code: "chateau-margaux", Year: 2025}
	richebourg  = route.Page{Kind: route.Vintage, Code: "leroy-richebourg", Year: 1990}
	krug        = route.Page{Kind: route.Vintage, Code: "krug-grande-cuvee"}
)

// TestWords are pages whose figures are known, in the words of the people who read them.
func TestWords(t *testing.T) {
	s := smallShop(t)
	cases := []struct {
		locale i18n.Locale
		page   route.Page
		count  int
		want   []string
	}{
		{"fr-FR", margaux1990, 6, []string{
			"Château Margaux Bordeaux 1990_: millésime exceptionnel. À boire",
			"À boire de 2000 à 2045, au mieux 2010–2030", "98 / 100 Caveau panel mars 2019", "19,5 / 20", "Notes de démonstration",
			"Bouteille 75_cl 1_090_€ TTC * 1_453,33_€/l", "Bouteille ×_6 75_cl · Caisse bois d’origine 6_420_€ TTC * 1_070_€ la bouteille 1_426,67_€/l",
			"Magnum 1,5_l 2_310,50_€ TTC * 1_540,33_€/l", "Dernier prix_: 1_090_€, 12 mars 2026", "* Prix de démonstration",
			"6 caisses dans nos chais de Bordeaux", "6 magnums dans nos chais de Bordeaux", "Prix TTC, TVA de 20_% comprise.", "Contient des sulfites.",
			"vérifié à 10:30:00", "12,5_% vol", "L’abus d’alcool est dangereux pour la santé. À consommer avec modération.",
			"Vente réservée aux personnes de 18 ans et plus.", "Données de démonstration_: prix, notes, périodes de dégustation et stock.", "!Interdiction de vente",
		}},
		{"fr-FR", margaux1990, 1, []string{"Dernière bouteille dans nos chais de Bordeaux", "Dernière caisse", "Dernier magnum dans nos chais de Bordeaux"}},
		{"fr-FR", margaux1990, 0, []string{"Épuisé", "Dernier prix_: 2_310,50_€, 12 mars 2026"}},
		{"fr-FR", margaux2025, 8, []string{"Caisse bois d’origine · Livraison_: printemps 2028 · 2 caisses au plus par client 2_412_€ HT * 402_€ la bouteille 536_€/l", "En primeur, encore en élevage · 8 caisses", "96–98", "sur fût, avril 2026", "prix hors taxes", "Ajouter au panier"}},
		{"fr-FR", krug, 5, []string{"non millésimé Krug Grande Cuvée", "219,90_€ TTC * 293,20_€/l", "Vin effervescent blanc, Champagne, France."}},
		{"fr-BE", margaux1990, 9, []string{"1_099_€ TVAC", "!Magnum", "!L’abus d’alcool"}},
		{"de-DE", margaux1990, 2, []string{
			"Rotwein, Margaux, Bordeaux, Frankreich.", "1.081,50_€ inkl. MwSt. * 1.442_€/l", "6.369_€ inkl. MwSt. * 1.061,50_€ je Flasche", "0,75_l",
			"Nur noch 2 Flaschen in unseren Kellern in Bordeaux", "Preise inkl. 19_% MwSt. * Demonstrationspreis", "Lieferung (Deutschland): 11,78_€ für eine Flasche, 20,11_€ für zwölf. Kostenlos ab 300_€. Die Lieferkosten sind Demonstrationsdaten. Lieferzeit: 2 bis 4 Werktage, per Spedition.", "Enthält Sulfite.", "Letzter Preis: 1.081,50_€, 12. März 2026",
			"!Magnum", "Verkauf nur an Personen ab 18 Jahren.",
		}},
		{"de-CH", margaux1990, 9, []string{"CHF_995.65", "CHF_1'327.55/l", "CHF_5'864.35", "CHF_977.40 je Flasche"}},
		{"zh-Hant-HK", margaux1990, 3, []string{
			"紅酒，瑪歌、波爾多、法國。分級：Premier grand cru classé en 1855。葡萄：Cabernet Sauvignon及Merlot。波爾多 1990 年份：偉大。正值適飲期，2000–2045。",
			"HK$9,800", "每支 HK$9,616.67", "!每公升", "!增值稅 ", "我們的香港酒窖僅餘 3 支", "香港不設增值稅", "含亞硫酸鹽。", "最近售價：HK$9,800（2026年3月12日）",
			"根據香港法律，不得在業務過程中，向未成年人售賣或供應令人醺醉的酒類。",
			"Under the law of Hong Kong, intoxicating liquor must not be sold or supplied to a minor in the course of business.", "只售予年滿 18 歲人士。",
		}},
		{"en-US", margaux1990, 4, []string{"$1,125 excl. sales tax", "750ml", "!/liter", "4 bottles in our New York cellars", "adults of 21 and over", "Prices exclude sales tax"}},
		{"en-GB", margaux1990, 4, []string{"£949.50 incl. VAT * £1,266/litre", "75cl", "Prices include VAT at 20%."}},
		{"en-US", richebourg, 4, []string{"Not on sale in this shop at the moment."}},
		{"fr-FR", route.Page{Kind: route.Wine, Code: "chateau-margaux"}, 4, []string{
			"dès_1_090_€ 1_453,33_€/l", "× 6 · HT · 536_€/l", "2_310,50_€ 1_540,33_€/l 4 magnums", "Prix TTC, TVA de 20_% comprise.", "À boire 2000–2045",
		}},
		{"fr-FR", route.Page{Kind: route.Landing, Year: 1990}, 4, []string{
			"Richebourg Grand Cru 1990 Domaine Leroy · Richebourg 12_500_€ 75_cl_· TTC_· 16_666,67_€/l", "dès_1_090_€ 75_cl_· TTC", "Bordeaux Exceptionnel", "En stock",
		}},
		{"fr-FR", route.Page{Kind: route.Landing, Year: 1989, Code: "appellation:margaux"}, 4, []string{"Anciennement au catalogue", "Château Margaux 1989 Margaux Épuisé"}},
		{"de-DE", route.Page{Kind: route.Primeur, Code: "bordeaux-2025"}, 4, []string{"Eröffnet am 4. Mai 2026.", "2.412_€ zzgl. MwSt. · 6_×_0,75_l · 536_€/l Frühjahr 2028 4 Kisten"}},
		{"en-US", route.Page{Kind: route.Primeur}, 4, []string{"$2,600 excl. sales tax", "spring 2028"}},
		{"zh-Hant-HK", route.Page{Kind: route.Appellation, Code: "champagne-aoc"}, 4, []string{"香檳區 AOC", "Krug Grande Cuvée"}},
	}
	for _, c := range cases {
		html := s.html(t, c.locale, c.page, c.count)
		wants(t, string(c.locale)+" "+c.page.String(), words(html), c.want...)
		if strings.Contains(html, "⟦") {
			t.Errorf("%s %s: a word is missing", c.locale, c.page)
		}
	}
}

// TestMarkup is what no reader sees and machines rely on.
func TestMarkup(t *testing.T) {
	s := smallShop(t)
	wants(t, "several offers", s.html(t, "fr-FR", margaux1990, 6), "<title>Château Margaux 1990 – Margaux | Caveau</title>", "! checked", `action="/panier"`,
		`"price":"2310.50","priceCurrency":"EUR","availability":"https://schema.org/InStock`, `hreflang="x-default" href="http://uk.localhost:8080/wine/chateau-margaux/1990"`,
		`<link rel="canonical" href="http://fr.localhost:8080/vin/chateau-margaux/1990"`, `"@type":"BreadcrumbList"`, `data-src="/live/stock"`, `id="sku-M90-150"`)
	wants(t, "sold out", s.html(t, "fr-FR", margaux1990, 0), "https://schema.org/OutOfStock", "disabled", `data-level="none"`)
	wants(t, "the only offer", s.html(t, "de-DE", margaux2025, 6), " checked", "https://schema.org/PreOrder")
	wants(t, "foreign words", s.html(t, "de-DE", margaux1990, 6), `<span lang="fr">Premier grand cru classé en 1855</span>`, `<span lang="fr">Château Margaux</span>`, `<html lang="de-DE"`)
	wants(t, "own words", s.html(t, "zh-Hant-HK", margaux1990, 6), `lang="zh-Hant-HK"`, `<span lang="en">Under the law`, "!<span lang=\"fr\">瑪歌")
	wants(t, "second locale", s.html(t, "nl-BE", margaux1990, 6), `<link rel="canonical" href="http://be.localhost:8080/nl/wijn/chateau-margaux/1990"`, `data-src="/nl/live/stock"`)
	wants(t, "the front in France", s.html(t, "fr-FR", route.Page{Kind: route.Home}, 6), "Interdiction de vente de boissons alcooliques aux mineurs de moins de 18 ans.", "Bordeaux 2025 en primeur")
	wants(t, "the front in Belgium", s.html(t, "fr-BE", route.Page{Kind: route.Home}, 6), "!Interdiction de vente")
	wants(t, "the switch", s.html(t, "fr-FR", margaux1990, 6), `data-m="us"`, `href="/shops"`, `href="http://ch.localhost:8080/fr/vin/chateau-margaux/1990"`)
}
