package view

import (
	"strconv"
	"strings"

	"caveau/store/catalog"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/live"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// vintage is the page that sells.
func (d *desk) vintage(v *catalog.Vintage) templ.Component {
	w := v.Wine
	out := page.Vintage{
		Frame: d.frame(d.vintageHead(v)),
		Name:  d.wineName(w), Overline: d.overline(w), Lead: d.sentences([]string{d.aboutHarvest(w.Region, v.Year)}), Bottle: d.bottle(v, stageHeight), Window: d.window(v.Window),
		Facts: append(d.facts(w), d.vintageFacts(v)...), Scores: d.scores(v), ScoresNote: d.scoresNote(v),
		Neighbours: component.Ribbon{Label: d.p.T("vintage.neighbours"), Years: d.neighbours(v)}, NearHead: d.p.T("vintage.neighbours"),
		All: component.Link{Text: d.p.T("vintage.all"), Href: d.winePath(w)}, SameYear: d.sameYear(v),
	}
	if v.Year > 0 {
		out.Year = strconv.Itoa(v.Year)
	} else {
		out.NV = d.p.T("vintage.nv")
	}
	offers := d.offers(v)
	out.Product, out.Alert = d.product(v, offers, out.Description, out.Canonical), d.alertBox(v, offers)
	out.Remember = d.remember()
	if len(offers) == 0 {
		out.Gone = d.p.T("vintage.gone")
		return out.View()
	}
	out.Buy = d.buy(d.shown(offers))
	return out.View()
}

func (d *desk) vintageHead(v *catalog.Vintage) head {
	name := d.fullName(v.Wine) + " " + d.yearText(v)
	return head{
		title: name, place: d.placeName(v.Wine).Text, description: append([]string{name}, d.aboutVintage(v)...),
		crumbs: d.crumbsTo(v), nav: route.Vintages, product: true,
	}
}

// overline stands above a wine: who made it, unless that is its name, where, and its rank.
func (d *desk) overline(w *catalog.Wine) []component.Link {
	var out []component.Link
	if producer := d.producerName(w.Producer); producer.Text != d.wineName(w).Text {
		out = append(out, component.Link{Text: producer.Text, Lang: producer.Lang, Href: d.producerPath(w.Producer)})
	}
	if w.Appellation != nil {
		name := d.appellationName(w.Appellation)
		out = append(out, component.Link{Text: name.Text, Lang: name.Lang, Href: d.appellationPath(w.Appellation)})
	} else {
		name := d.regionName(w.Region)
		out = append(out, component.Link{Text: name.Text, Lang: name.Lang, Href: d.regionPath(w.Region)})
	}
	if w.Classification != "" {
		out = append(out, component.Link{
			Text: w.Classification, Lang: foreign(spoken[countryOf(w.Region)], d.edition),
			Href: d.path(route.Page{Kind: route.Classification, Code: catalog.ClassificationCode(w.Classification)}),
		})
	}
	return out
}

// facts of a wine in all its years.
func (d *desk) facts(w *catalog.Wine) []component.Fact {
	country := countryOf(w.Region)
	producer, region := d.producerName(w.Producer), d.regionName(w.Region)
	out := []component.Fact{{Term: d.p.T("fact.producer"), Text: producer.Text, Lang: producer.Lang, Href: d.producerPath(w.Producer)}}
	if w.Appellation != nil {
		name := d.appellationName(w.Appellation)
		out = append(out, component.Fact{Term: d.p.T("fact.appellation"), Text: name.Text, Lang: name.Lang, Href: d.appellationPath(w.Appellation)})
	}
	out = append(out, component.Fact{Term: d.p.T("fact.region"), Text: region.Text, Lang: region.Lang, Href: d.regionPath(w.Region)})
	if country != "" {
		out = append(out, component.Fact{Term: d.p.T("fact.country"), Text: d.p.Country(country)})
	}
	if w.Classification != "" {
		out = append(out, component.Fact{Term: d.p.T("fact.classification"), Text: w.Classification, Lang: foreign(spoken[country], d.edition)})
	}
	out = append(out, component.Fact{Term: d.p.T("fact.colour"), Text: d.kind(w)})
	if len(w.Grapes) > 0 {
		out = append(out, component.Fact{Term: d.p.T("fact.grapes"), Text: d.p.List(w.Grapes)})
	}
	return out
}

// vintageFacts are those of one year.
func (d *desk) vintageFacts(v *catalog.Vintage) []component.Fact {
	var out []component.Fact
	if v.Strength > 0 {
		out = append(out, component.Fact{Term: d.p.T("fact.strength"), Text: d.p.Percent(float64(v.Strength)/10, 1) + " vol"})
	}
	return out
}

// buy is the form with all offers. Only an only offer is chosen before the visitor chooses.
func (d *desk) buy(offers []offer) component.Buy {
	b := component.Buy{
		Action: d.shell().cart, Any: live.Stock(slots(offers)), Max: d.mostOf(offers), Live: d.live(), Notes: d.buyNotes(offers),
		Choose: d.p.T("offer.choose"), Confirm: d.p.T("cart.added"), Blocked: d.blocked(), Made: d.breakdowns(offers), Carriage: d.carriage(offers),
	}
	for _, o := range offers {
		b.Offers = append(b.Offers, d.offer(o))
	}
	if len(offers) == 1 {
		b.Offers[0].Preselect, b.Choose = true, d.p.T("offer.add")
	}
	return b
}

// demoMark stands behind invented prices; a note below the offers says what it means.
const demoMark = "*"

func (d *desk) offer(o offer) component.Offer {
	price := d.money(o.price.Amount)
	out := component.Offer{
		SKU: o.sku.Code, Format: d.format(o.sku), Litres: d.p.Litres(o.sku.Volume), Pack: pack(o.sku), Packaging: d.packaging(o.sku),
		Price: price, Basis: d.contains(o), PerLitre: d.perLitre(o), PerBottle: d.perBottle(o), Last: d.lastPrice(o),
		Button: d.p.T("offer.add_price", "price", price), Bottle: d.bottle(o.sku.Vintage, offerHeight),
		Stock: live.Stock{o.sku.Slot}, Words: d.phrase(o.sku), Allotted: d.allottedNote(o.sku), Max: d.most(o.sku),
	}
	out.Bottle.Volume = o.sku.Volume
	if d.door != nil && d.door.block != nil {
		out.Restricted = d.p.T("door.not_delivered")
	}
	if d.door != nil && d.door.block == nil && o.door.Terms == "" {
		out.Restricted = d.p.T("door.unknown")
	}
	if d.snap.About.DemoPrices {
		out.Demo = demoMark
	}
	if o.door != nil && o.door.Terms != "" && out.Basis != "" {
		out.Terms, out.Basis, out.Demo = strings.TrimSpace(out.Basis+" "+out.Demo), "", ""
	}
	if season := d.season(o.sku); season != "" && o.sku.SaleType == catalog.Primeur {
		out.Delivery = d.p.T("offer.delivery", "when", season)
	}
	return out
}

// buyNotes stand below the button.
func (d *desk) buyNotes(offers []offer) []string {
	var stock, primeur bool
	for _, o := range offers {
		primeur = primeur || o.sku.SaleType == catalog.Primeur
		stock = stock || o.sku.SaleType != catalog.Primeur
	}
	var out []string
	if stock {
		out = append(out, d.priceNote()+d.deliveryNote())
	}
	if primeur {
		out = append(out, d.primeurNote())
	}
	if d.snap.About.DemoPrices {
		out = append(out, demoMark+" "+d.p.T("offer.demo_price"))
	}
	return append(out, d.p.T("note.sulphites"))
}

// deliveryNote says that delivery is not in the price, where the page says nothing else of it.
func (d *desk) deliveryNote() string {
	if d.door != nil || d.site.carriages() != nil {
		return ""
	}
	return " " + d.p.T("note.delivery")
}

func (ed *edition) primeurNote() string {
	if ed.Market.VAT == 0 && ed.basis(ed.Market.Basis) == "" {
		return ed.p.T("note.primeur_hk")
	}
	return ed.p.T("note.primeur")
}

// nearYears is how many other years of the wine are shown on either side.
const nearYears = 8

// neighbours are the years around a vintage that the wine is listed in.
func (d *desk) neighbours(v *catalog.Vintage) []component.RibbonYear {
	all, at := v.Wine.Vintages, 0
	for i, other := range all {
		if other.Year == v.Year {
			at = i
		}
	}
	var out []component.RibbonYear
	for _, other := range all[max(0, at-nearYears):min(len(all), at+nearYears+1)] {
		out = append(out, d.wineYear(other, other.Year == v.Year))
	}
	if len(out) == 1 {
		return nil
	}
	return out
}

// wineYear is one year of a wine on a ribbon: the larger, the more formats it comes in.
func (d *desk) wineYear(v *catalog.Vintage, current bool) component.RibbonYear {
	return component.RibbonYear{
		Year: d.yearText(v), Href: d.vintagePath(v), Step: min(largest, len(v.SKUs)), Current: current,
	}
}

// shelfSize is how many bottles stand on a shelf.
const shelfSize = 6

// sameYear is what else the place made in that year; the region's where the appellation has too little.
func (d *desk) sameYear(v *catalog.Vintage) component.Shelf {
	if v.Year == 0 {
		return component.Shelf{}
	}
	w := v.Wine
	at := place{route.Region, w.Region.Code}
	wines := w.Region.Wines
	if w.Appellation != nil {
		if own := d.vintagesOf(w.Appellation.Wines, v, shelfSize); len(own) >= shelfSize/2 {
			at, wines = place{route.Appellation, w.Appellation.Code}, w.Appellation.Wines
		}
	}
	return component.Shelf{
		Heading: d.p.T("vintage.same_year", "year", v.Year), Href: d.path(landing(at, v.Year)), More: d.p.T("shelf.all"),
		Rows: d.rows(d.vintagesOf(wines, v, shelfSize), shelfHeight),
	}
}

// vintagesOf the year of v among some wines, without v's own wine, by popularity.
func (d *desk) vintagesOf(wines []int, v *catalog.Vintage, most int) []*catalog.Vintage {
	var out []*catalog.Vintage
	for _, i := range wines {
		w := d.snap.Wines[i]
		if w.Code == v.Wine.Code {
			continue
		}
		if other, ok := w.Vintage(v.Year); ok && len(d.offers(other)) > 0 {
			if out = append(out, other); len(out) == most {
				break
			}
		}
	}
	return out
}
