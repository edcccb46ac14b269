package view

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"caveau/i18n"
	"caveau/store/cart"
	"caveau/store/catalog"
	"caveau/store/checkout"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/money"
	"caveau/store/route"
)

var update = flag.Bool("update", false, "write testdata/door.txt anew")

// soldEverywhere is the small catalogue with every SKU on sale in every market, and a bottle that no shop delivers free.
func soldEverywhere(t testing.TB) *shop {
	t.Helper()
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	list := smallList()
	list.SKUs = append(list.SKUs, catalog.SKURow{Code: "M90-37", Wine: "chateau-margaux", Year: 1990, Volume: 375, Pack: 1, Packaging: catalog.Loose, SaleType: catalog.InStock})
	sold := map[string]bool{}
	for _, p := range list.Prices {
		sold[p.SKU+p.Market] = true
	}
	for _, m := range markets.Markets {
		for i, sku := range list.SKUs {
			if !sold[sku.Code+m.Code] {
				list.Prices = append(list.Prices, catalog.PriceRow{SKU: sku.Code, Market: m.Code, Minor: 12_000 + 5*int64(i), ValidFrom: day(2026, 3, 12)})
			}
		}
	}
	s, err := shopOf(list, markets)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// doors of the golden table; a market's own first.
func (s *shop) doors(m *market.Market) []*Door {
	home := homeOf(m)
	if s.rules.NeedsState(home.Country) {
		home.State = "NY"
	}
	out := []*Door{{To: home}}
	for _, to := range []law.Destination{{Country: "DE"}, {Country: "CH"}, {Country: "GB"}, {Country: "MC"}, {Country: "JP"}, {Country: "NO"}, {Country: "ES", Postcode: "35001"}, {Country: "US", State: "CA"}, {Country: "US", State: "UT"}} {
		if to != home {
			out = append(out, &Door{To: to})
		}
	}
	if m.InBond {
		out = append(out, &Door{To: home, InBond: true})
	}
	for _, d := range out {
		d.Rules = s.rules
	}
	return out
}

func (s *shop) at(t testing.TB, e *market.Edition, p route.Page, door *Door) *goquery.Document {
	t.Helper()
	page, err := s.site.PageAt(s.snap, e, s.node(t, p), 1, door, nil)
	if err != nil {
		t.Fatalf("%s of %s: %v", p, e.Locale, err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(rendered(t, page, 6)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// lawPrice is what law itself says of a unit, and whether it has a price there.
func (s *shop) lawPrice(m *market.Market, sku *catalog.SKU, door *Door) (law.Charged, bool) {
	price, _ := sku.Price(m)
	priced, err := s.rules.Door(law.Order{
		Market: m, Destination: door.To, On: today, InBond: door.InBond, Consignment: law.Consignment,
		Lines: []law.Line{{SKU: checkout.Facts(sku, price), Quantity: 1}},
	})
	if err != nil {
		return law.Charged{}, false
	}
	return priced.Lines[0], true
}

func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// The golden table: 14 markets × destinations, as the vintage page shows them. Every amount on the pages is the one that law
// gives: of an offer, its button, its breakdown, a cell of the matrix, a row of a list. Where law gives none the list price stays
// and cannot be bought.
func TestEveryAmountIsThatOfTheLaw(t *testing.T) {
	s := soldEverywhere(t)
	var golden strings.Builder
	for _, m := range s.markets.Markets {
		e := s.markets.Of(m)[0]
		ed := s.site.edition(e)
		for _, door := range s.doors(m) {
			name := fmt.Sprintf("%s to %s%s", m.Code, door.To.Country, door.To.State)
			if door.InBond {
				name += " in bond"
			}
			for _, p := range []route.Page{margaux1990, margaux2025, krug} {
				doc := s.at(t, e, p, door)
				for _, o := range doc.Find(".offer").EachIter() {
					sku := s.snap.SKU(o.AttrOr("data-sku", ""))
					charged, priced := s.lawPrice(m, sku, door)
					shown := spaced(o.Find(".offer__p b").Text())
					fmt.Fprintf(&golden, "%s %s: %s %s\n", name, sku.Code, shown, spaced(o.Find(".offer__u").Text()))
					if !priced {
						list, _ := sku.Price(m)
						if shown != spaced(ed.money(list.Amount)) || o.Find("input").Length() > 0 {
							t.Errorf("%s %s: %s can be bought, and law gives no price", name, sku.Code, shown)
						}
						continue
					}
					if want := spaced(ed.money(charged.Gross)); shown != want {
						t.Errorf("%s %s: %s, law says %s", name, sku.Code, shown, want)
					}
					if m.Code == "ch" && charged.Gross.Minor%5 != 0 {
						t.Errorf("%s %s: %s is no sum of coins", name, sku.Code, charged.Gross)
					}
				}
				s.checkBreakdowns(t, name, doc, ed, door)
			}
			s.checkList(t, name, e, door)
		}
	}
	compareGolden(t, golden.String())
}

// checkBreakdowns holds each disclosure against the items of law, part by part.
func (s *shop) checkBreakdowns(t *testing.T, name string, doc *goquery.Document, ed *edition, door *Door) {
	t.Helper()
	var want []string
	for _, o := range doc.Find(".offer").EachIter() {
		charged, priced := s.lawPrice(ed.Market, s.snap.SKU(o.AttrOr("data-sku", "")), door)
		if !priced {
			continue
		}
		sums := []law.Sum{charged.Sum}
		if charged.Due != nil && len(charged.Due.Missing) == 0 {
			sums = append(sums, charged.Due.Sum)
		}
		for _, sum := range sums {
			for _, item := range sum.Items {
				if item.Part == law.PartCustoms && item.Amount.IsZero() || item.Part == law.PartDelivery && len(item.Rules) == 0 || item.Part == law.PartSalesTax && item.Amount.IsZero() {
					continue
				}
				want = append(want, spaced(ed.p.Money(item.Amount.Minor, string(item.Amount.Currency))))
			}
			want = append(want, spaced(ed.p.Money(sum.Gross.Minor, string(sum.Gross.Currency))))
		}
	}
	var got []string
	for _, cell := range doc.Find(".made__sum td").EachIter() {
		got = append(got, spaced(cell.Text()))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: the breakdowns say\n%v, law says\n%v", name, got, want)
	}
}

// checkList holds a cell of the matrix and a row of the year's list against the cheapest price.
func (s *shop) checkList(t *testing.T, name string, e *market.Edition, door *Door) {
	t.Helper()
	ed := s.site.edition(e)
	low := money.Amount{}
	for _, code := range []string{"M90-75", "M90-75-6", "M90-150", "M90-37"} {
		charged, priced := s.lawPrice(e.Market, s.snap.SKU(code), door)
		if !priced {
			return
		}
		if low.Minor == 0 || charged.Gross.Minor < low.Minor {
			low = charged.Gross
		}
	}
	row := s.at(t, e, route.Page{Kind: route.Landing, Year: 1990}, door).Find(`.row:has(a[href$="/chateau-margaux/1990"]) .row__p`).First()
	if got := spaced(row.Text()); !strings.Contains(got, spaced(ed.money(low))) {
		t.Errorf("%s: the list says %s, the cheapest is %s", name, got, ed.money(low))
	}
	magnum, _ := s.lawPrice(e.Market, s.snap.SKU("M90-150"), door)
	cell := s.at(t, e, route.Page{Kind: route.Wine, Code: "chateau-margaux"}, door).Find(`.matrix td[data-sku="M90-150"] b`)
	if got, want := spaced(cell.Text()), spaced(ed.money(magnum.Gross)); got != want {
		t.Errorf("%s: the matrix says %s, law %s", name, got, want)
	}
}

func compareGolden(t *testing.T, got string) {
	t.Helper()
	const name = "testdata/door.txt"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	is, was := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	if len(is) != len(was) {
		t.Fatalf("%d lines, want %d: run go test ./web/view -run Law -update and read the difference", len(is), len(was))
	}
	for i := range is {
		if is[i] != was[i] {
			t.Errorf("line %d\n got %s\nwant %s", i+1, is[i], was[i])
		}
	}
}

// What crawlers read is the market's list price, whoever asks; and the notices that the law wants stay.
func TestADoorChangesNeitherJSONLDNorNotices(t *testing.T) {
	s := soldEverywhere(t)
	for _, e := range s.markets.Editions {
		public := s.at(t, e, margaux1990, nil)
		for _, door := range s.doors(e.Market) {
			private := s.at(t, e, margaux1990, door)
			for _, selector := range []string{`script[type="application/ld+json"]`, ".foot__notes", `link[rel="canonical"]`} {
				if got, want := private.Find(selector).Text(), public.Find(selector).Text(); got != want {
					t.Errorf("%s to %+v: %s differs", e.Locale, door.To, selector)
				}
			}
		}
	}
	if got := s.at(t, s.edition(t, "zh-Hant-HK"), margaux1990, &Door{To: law.Destination{Country: "JP"}, Rules: s.rules}).Find(".foot__law").Text(); !strings.Contains(got, minorsHK) || !strings.Contains(got, minorsHKzh) {
		t.Error("the notice of Hong Kong is not there")
	}
	s.complain(t)
}

// What a page says in words where the wine goes.
func TestWordsAtTheDoor(t *testing.T) {
	s := soldEverywhere(t)
	door := func(country, state string) *Door {
		return &Door{To: law.Destination{Country: country, State: state}, Rules: s.rules}
	}
	bond := door("GB", "")
	bond.InBond = true
	for _, c := range []struct {
		name   string
		locale i18n.Locale
		door   *Door
		page   route.Page
		want   []string
	}{
		{"duty paid", "fr-FR", door("DE", ""), margaux1990, []string{
			"livré, taxes comprises *", "Livraison (Allemagne)_: 11,78_€ pour une bouteille, 20,11_€ pour douze.", "Commandé aujourd’hui, livré entre le 24 novembre 2026 et le 26 novembre 2026",
			"Détail du prix_: Demi-bouteille", "part d’une expédition de douze bouteilles de 75_cl, 16,90_€ · taux du 1er janvier 2026 · donnée de démonstration", "19_% de 100,93_€", "Commandé seul_: 131,05_€ livré, soit 10,95_€ de plus",
			"offerte dès 300_€",
		}},
		{"taxes on arrival", "en-HK", door("JP", ""), margaux1990, []string{"delivered, excl. taxes", "Taxes due on arrival, not included", "HK$"}},
		{"blocked", "de-DE", door("NO", ""), margaux1990, []string{
			"Keine Lieferung, Ziel: Norwegen. Die Einfuhr von Wein ist dort Sache des Staatsmonopols.", "Zur Abholung in unseren Kellern in Bordeaux: schreiben Sie uns", "Ein anderes Lieferziel wählen", "!Format wählen", "1.081,50_€ inkl. MwSt.",
		}},
		{"another shop", "en-GB", door("DE", ""), margaux1990, []string{"No delivery to: Germany. Another of our shops delivers there.", "To the shop for: Germany"}},
		{"a state that forbids", "en-US", door("US", "UT"), margaux1990, []string{"No delivery to: Utah, United States. This state does not allow wine to be shipped to consumers."}},
		{"a state", "en-US", door("US", "NY"), margaux1990, []string{"delivered, taxes incl.", "8.875% of", "Sales tax"}},
		{"in bond", "en-GB", bond, margaux1990, []string{
			"in bond", "Due on leaving bond, at today’s rates", "75cl at 12.5% vol, £30.62 per litre of pure alcohol · rate of 1 February 2026", "to your account in a bonded warehouse in the United Kingdom", "!Delivery time", "!delivery share",
		}},
		{"primeur", "fr-FR", door("DE", ""), margaux2025, []string{"2_412_€", "HT", "!taxes comprises *"}},
	} {
		page, err := s.site.PageAt(s.snap, s.edition(t, c.locale), s.node(t, c.page), 1, c.door, nil)
		if err != nil {
			t.Fatal(err)
		}
		wants(t, c.name, words(rendered(t, page, 6)), c.want...)
	}
	s.complain(t)
}

// A cart at the door: lines and parts come to the same total, which is that of law for this very parcel.
func TestCartAtTheDoor(t *testing.T) {
	s := soldEverywhere(t)
	available := func(*catalog.SKU) int { return 9 }
	c := cart.Cart{Lines: []cart.Line{{SKU: "M90-37", Quantity: 1}, {SKU: "M90-75-6", Quantity: 2}}}
	for _, m := range s.markets.Markets {
		e := s.markets.Of(m)[0]
		ed := s.site.edition(e)
		for _, door := range s.doors(m) {
			order := law.Order{Market: m, Destination: door.To, On: today, InBond: door.InBond}
			for _, line := range c.Lines {
				sku := s.snap.SKU(line.SKU)
				price, _ := sku.Price(m)
				order.Lines = append(order.Lines, law.Line{SKU: checkout.Facts(sku, price), Quantity: line.Quantity})
			}
			priced, err := s.rules.Door(order)
			if err != nil {
				continue
			}
			c.Market = m.Code
			page := rendered(t, s.site.Cart(s.snap, e, door, c, Along{}, available), 5)
			doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := spaced(doc.Find(".sum dd").Last().Text()), spaced(ed.p.Money(priced.Gross.Minor, string(priced.Gross.Currency))); got != want {
				t.Errorf("%s to %+v: total %s, law says %s", m.Code, door.To, got, want)
			}
			for i, line := range doc.Find(".line__p b").EachIter() {
				if got, want := spaced(line.Text()), spaced(ed.money(priced.Lines[i].Gross)); got != want {
					t.Errorf("%s to %+v: line %d %s, law says %s", m.Code, door.To, i, got, want)
				}
			}
		}
	}
	wants(t, "cart to Germany", words(rendered(t, s.site.Cart(s.snap, s.edition(t, "fr-FR"), &Door{To: law.Destination{Country: "DE"}, Rules: s.rules},
		cart.Cart{Market: "fr", Lines: c.Lines[:1]}, Along{}, available), 5)),
		"Livraison (Allemagne), du 24 novembre 2026 au 26 novembre 2026", "Plus que 179,70_€ pour la livraison offerte.")
	wants(t, "cart to Norway", words(rendered(t, s.site.Cart(s.snap, s.edition(t, "fr-FR"), &Door{To: law.Destination{Country: "NO"}, Rules: s.rules},
		cart.Cart{Market: "fr", Lines: c.Lines[:1]}, Along{}, available), 5)),
		"Pas de livraison, destination_: Norvège.", "Choisir une autre destination", "!Passer commande")
	s.complain(t)
}

// Without a choice a cart says what delivery in the market's own country costs, and how much more makes it free.
func TestCartSaysTheDeliveryAtHome(t *testing.T) {
	s := soldEverywhere(t)
	available := func(*catalog.SKU) int { return 9 }
	for locale, want := range map[i18n.Locale][]string{
		"fr-FR": {"Total (TTC) 120,30_€", "Livraison (France), du 24 novembre 2026 au 26 novembre 2026 11,88_€", "Total avec livraison (TTC) 132,18_€", "Plus que 179,70_€ pour la livraison offerte."},
		"en-US": {"Delivery $19.00", "Total with delivery (excl. sales tax) $139.30", "Delivery time: 3 to 7 working days, by ground."},
		"de-CH": {"Summe mit Lieferung (inkl. MWST)"},
	} {
		e := s.edition(t, locale)
		c := cart.Cart{Market: e.Market.Code, Lines: []cart.Line{{SKU: "M90-37", Quantity: 1}}}
		wants(t, string(locale), words(rendered(t, s.site.Cart(s.snap, e, nil, c, Along{}, available), 5)), want...)
	}
}

// The day, and nothing else of the clock, moves what is said of delivery; a rule that changes moves the page's Rev.
func TestRevFollowsTheRulesOfDelivery(t *testing.T) {
	s := soldEverywhere(t)
	node := s.node(t, margaux1990)
	before := s.site.Rev(s.snap, node)
	rows, err := law.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	again, err := law.New(rows, s.markets)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if rows[i].Kind == law.Tariff && rows[i].Subject == "eu-near" && rows[i].Condition == "1-1" {
			rows[i].Value = "9.95"
		}
	}
	changed, err := law.New(rows, s.markets)
	if err != nil {
		t.Fatal(err)
	}
	s.site.rules = func() *law.Rules { return again }
	if s.site.Rev(s.snap, node) != before {
		t.Error("the same rules, read again, move the page")
	}
	s.site.rules = func() *law.Rules { return changed }
	if s.site.Rev(s.snap, node) == before {
		t.Error("another tariff does not move the page")
	}
	s.site.rules = func() *law.Rules { return nil }
	if doc := s.at(t, s.edition(t, "fr-FR"), margaux1990, nil); doc.Find(".carriage").Length() > 0 {
		t.Error("something is said of delivery before there are rules")
	}
}
