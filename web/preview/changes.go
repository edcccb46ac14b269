package preview

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"caveau/store/market"
	"caveau/store/preview"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/office"
)

// The keys of the form for two dates.
const (
	fromKey = "from"
	toKey   = "to"
)

// week is the time that is looked at where none is given.
const week = 7 * 24 * time.Hour

// listed is how many pages of a moment are named.
const listed = 60

// changes lists what changes by itself between two dates, moment by moment, with the pages of this edition as they are from then on.
func (v *visit) changes() error {
	zone := v.edition.Market.Zone
	from, to := v.server.Now(), v.server.Now().Add(week)
	for key, at := range map[string]*time.Time{fromKey: &from, toKey: &to} {
		typed := strings.TrimSpace(v.Query(key))
		if typed == "" {
			continue
		}
		moment, err := market.Clock(typed, zone)
		if err != nil {
			return v.refuseDate(typed, err, v.edition)
		}
		*at = moment
	}
	if to.Before(from) {
		return v.say(fiber.StatusBadRequest, "preview.backwards")
	}
	all, err := v.server.Catalogue.Changes(v.Context(), from, to)
	if err != nil {
		return err
	}
	out := office.Changes{
		Document: v.server.document(v.p, v.p.T("preview.changes")), Bar: v.bar("/", false), Action: Prefix + v.token + changesPath, Show: v.p.T("preview.show"),
		From:    office.Field{Label: v.p.T("preview.from"), Value: from.In(zone).Format("2006-01-02T15:04")},
		To:      office.Field{Label: v.p.T("preview.to"), Value: to.In(zone).Format("2006-01-02T15:04")},
		Moments: v.turns(all), Nothing: v.p.T("preview.unchanged"),
	}
	return v.server.send(v.Ctx, out.View())
}

// turns are the changes by their moments.
func (v *visit) turns(all []preview.Change) (out []office.Turn) {
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].At.Equal(all[0].At) {
			n++
		}
		out = append(out, v.turnOf(all[:n]))
		all = all[n:]
	}
	return out
}

// turnOf what changes at one moment.
func (v *visit) turnOf(all []preview.Change) office.Turn {
	count := map[preview.What]int{}
	banners := map[string]bool{} // a banner is one in all its editions
	pages := map[route.Page]bool{}
	var order []route.Page
	link := v.link
	link.At = all[0].At
	for _, c := range all {
		if c.What != preview.Banner || !banners[c.Code] {
			count[c.What]++
		}
		banners[c.Code] = banners[c.Code] || c.What == preview.Banner
		if page, here := v.pageOf(c); here && !pages[page] {
			pages[page] = true
			order = append(order, page)
		}
	}
	turn := office.Turn{When: momentWords(v.p, all[0].At.In(v.edition.Market.Zone)), Here: v.p.T("preview.here", "shop", v.server.nameOf(v.p, v.edition))}
	for _, what := range []struct {
		of  preview.What
		key string
	}{{preview.Price, "preview.prices"}, {preview.Banner, "preview.banners"}, {preview.Release, "preview.releases"}} {
		if n := count[what.of]; n > 0 {
			turn.Counts = append(turn.Counts, v.p.N(what.key, n))
		}
	}
	for _, page := range order[:min(len(order), listed)] {
		if path, ok := v.moment.snap.Routes.Path(page, v.edition.Locale.Language()); ok {
			turn.Pages = append(turn.Pages, component.Link{Href: v.server.href(link, path), Text: path})
		}
	}
	if more := len(order) - listed; more > 0 {
		turn.More = v.p.N("preview.more_pages", more)
	}
	return turn
}

// pageOf a change is where this edition shows it; false where it does not.
func (v *visit) pageOf(c preview.Change) (route.Page, bool) {
	switch c.What {
	case preview.Price:
		return route.Page{Kind: route.Vintage, Code: c.Code, Year: c.Year}, c.Market == v.edition.Market.Code
	case preview.Banner:
		return route.Page{Kind: route.Home}, c.Locale == v.edition.Locale.Tag()
	default:
		return route.Page{Kind: route.Primeur, Code: c.Code}, true
	}
}
