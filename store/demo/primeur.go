package demo

import (
	"cmp"
	"slices"
	"time"

	"caveau/store/catalog"
	"caveau/store/gazetteer"
)

// The primeur campaign: Bordeaux 2025, offered in the spring of 2026 and delivered two years later.
const (
	campaignCode   = "bordeaux-2025"
	campaignRegion = "bordeaux"
	campaignYear   = 2025
	campaignSize   = 60
)

var (
	campaignOpens = time.Date(2026, time.May, 4, 7, 0, 0, 0, time.UTC) // a Monday, 9 o'clock in Bordeaux
	delivery      = time.Date(2028, time.April, 1, 0, 0, 0, 0, time.UTC)
)

// primeurForms are what négociants offer from the barrel: wooden cases only.
var primeurForms = []form{
	{750, 6, catalog.OWC}, {750, 12, catalog.OWC}, {1500, 1, catalog.OWC}, {3000, 1, catalog.OWC}, {6000, 1, catalog.OWC},
}

// notOffered are labels that are not sold from the barrel: Latour left the system with its 2012. And
// Lafleur, which leaves the appellation of Pomerol with its 2025: the gazetteer's facts are not that year's.
var notOffered = []string{
	"chateau-latour", "les-forts-de-latour", "pauillac-de-chateau-latour", "chateau-lafleur", "les-pensees-de-lafleur",
}

// campaign adds the best known châteaux that sell from the barrel, each with its first label.
func (m *maker) campaign() {
	offered := m.offered()
	if len(offered) == 0 {
		return
	}
	m.list.Campaigns = append(m.list.Campaigns, catalog.CampaignRow{
		Code: campaignCode, Region: campaignRegion, Year: campaignYear, Opens: campaignOpens,
	})
	for _, w := range offered {
		v := m.vintage(w, campaignYear)
		v.primeur, m.primeurs[w.Code] = true, true
		var out []form
		for _, f := range primeurForms {
			if f.volume <= w.Demo.MaxVolume {
				out = append(out, f)
			}
		}
		m.add(v, out)
	}
}

func (m *maker) offered() []*gazetteer.Wine {
	var all []*gazetteer.Wine
	for i := range m.g.Wines {
		if w := &m.g.Wines[i]; m.sellsFromTheBarrel(w) {
			all = append(all, w)
		}
	}
	slices.SortStableFunc(all, func(a, b *gazetteer.Wine) int { return cmp.Compare(b.Rank, a.Rank) })
	houses := map[string]bool{}
	first := slices.DeleteFunc(all, func(w *gazetteer.Wine) bool {
		again := houses[w.Producer]
		houses[w.Producer] = true
		return again
	})
	return first[:min(len(first), campaignSize)]
}

func (m *maker) sellsFromTheBarrel(w *gazetteer.Wine) bool {
	if w.Demo.NV || !w.Demo.OWC || w.Style != catalog.Still || w.Colour != catalog.Red || slices.Contains(notOffered, w.Code) {
		return false
	}
	return slices.ContainsFunc(m.g.Lineage(w.Region), func(r *gazetteer.Region) bool { return r.Code == campaignRegion })
}
