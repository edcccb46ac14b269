package view

import (
	"strconv"
	"time"

	"caveau/store/catalog"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/live"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// primeur is the page of all campaigns, or of one.
func (d *desk) primeur(code string) (templ.Component, error) {
	title, crumbs := d.p.T("title.primeur"), []component.Link{{Text: d.p.T("nav.primeur")}}
	heading, place := d.p.T("nav.primeur"), ""
	out := page.Primeur{Lead: d.p.T("primeur.lead"), Terms: d.primeurNote(), Live: d.live()}
	for _, c := range d.snap.Campaigns {
		if code == "" || c.Code == code {
			out.Campaigns = append(out.Campaigns, d.campaign(c))
		}
	}
	switch {
	case code == "" && len(out.Campaigns) == 0:
		out.Empty = d.p.T("primeur.empty")
	case len(out.Campaigns) == 0:
		return nil, ErrNoPage
	case code != "":
		name := out.Campaigns[0].Name
		out.Campaigns[0].Name = "" // the page's heading says it
		title, heading, place = d.p.T("title.campaign", "name", name), d.p.T("title.campaign", "name", name), d.p.T("nav.primeur")
		crumbs = []component.Link{{Text: d.p.T("nav.primeur"), Href: d.path(route.Page{Kind: route.Primeur})}, {Text: name}}
	}
	out.Heading = heading
	out.Frame = d.frame(head{title: title, place: place, description: []string{title, d.p.T("primeur.lead")}, crumbs: crumbs, nav: route.Primeur})
	return out.View(), nil
}

// campaign is the wines of a campaign by appellation, the best known first.
func (d *desk) campaign(c catalog.CampaignRow) page.Campaign {
	out := page.Campaign{Name: d.campaignName(c), Text: d.campaignText(c)}
	groups := map[string]int{}
	for _, v := range d.campaigners(c) {
		offers := d.inCampaign(v, c.Code)
		name := d.placeName(v.Wine)
		at, known := groups[name.Text]
		if !known {
			at = len(out.Groups)
			groups[name.Text] = at
			out.Groups = append(out.Groups, page.PrimeurGroup{Heading: name})
		}
		out.Groups[at].Rows = append(out.Groups[at].Rows, d.primeurRow(v, offers))
	}
	return out
}

// campaigners are the vintages that a campaign sells in the market, by popularity, those first of which something is left.
func (d *desk) campaigners(c catalog.CampaignRow) []*catalog.Vintage {
	var out []*catalog.Vintage
	for _, w := range d.snap.Wines {
		if v, ok := w.Vintage(c.Year); ok && len(d.inCampaign(v, c.Code)) > 0 {
			out = append(out, v)
		}
	}
	return d.inStockFirst(out)
}

// inCampaign are the offers of a vintage that belong to a campaign.
func (d *desk) inCampaign(v *catalog.Vintage, code string) []offer {
	var out []offer
	for _, o := range d.offers(v) {
		if o.sku.Campaign == code {
			out = append(out, o)
		}
	}
	return out
}

// primeurRow shows the first offer, the usual case; the wine's page has them all.
func (d *desk) primeurRow(v *catalog.Vintage, offers []offer) page.PrimeurRow {
	o := d.shown(offers)[0]
	r := page.PrimeurRow{
		Href: d.vintagePath(v), Name: d.wineName(v.Wine), Score: d.bestScore(v), Price: d.money(o.price.Amount), Unit: d.contents(o.sku),
		Delivery: d.season(o.sku), SKU: o.sku.Code, Stock: live.Stock{o.sku.Slot}, Words: d.phrases.shorts[unitOf(o.sku)],
	}
	if basis := d.contains(o); basis != "" {
		r.Unit = basis + " · " + r.Unit
	}
	if litre := d.perLitre(o); litre != "" {
		r.Unit += " · " + litre
	}
	return r
}

func (d *desk) campaignName(c catalog.CampaignRow) string {
	if r := d.snap.Region(c.Region); r != nil {
		return d.regionName(r).Text + " " + strconv.Itoa(c.Year)
	}
	return strconv.Itoa(c.Year)
}

func (d *desk) campaignText(c catalog.CampaignRow) string {
	key, day := "primeur.opens", d.p.Date(c.Opens.In(d.Market.Zone))
	if !c.Opens.After(d.now) {
		key = "primeur.open_since"
	}
	parts := []string{d.p.T(key, "date", day)}
	if r := d.snap.Region(c.Region); r != nil {
		parts = append(parts, d.aboutHarvest(r, c.Year))
	}
	return d.sentences(parts)
}

// teaser of the newest open campaign on the front; nil where none is open.
func (d *desk) teaser() *page.Teaser {
	for _, c := range d.snap.Campaigns {
		href := d.path(route.Page{Kind: route.Primeur, Code: c.Code})
		if c.Opens.After(d.now) || href == "" {
			continue
		}
		return &page.Teaser{
			Heading: d.p.T("title.campaign", "name", d.campaignName(c)), Text: d.p.T("primeur.lead"),
			Link: component.Link{Text: d.p.T("shelf.all"), Href: href},
		}
	}
	return nil
}

// openCampaigns is how many have begun.
func openCampaigns(snap *catalog.Snapshot, now time.Time) int {
	n := 0
	for _, c := range snap.Campaigns {
		if !c.Opens.After(now) {
			n++
		}
	}
	return n
}
