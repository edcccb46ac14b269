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

// notOffered are estates that do not sell from the barrel: Latour left the system with its 2012, Yquem
// sells in bottle.
var notOffered = []string{"chateau-latour", "chateau-d-yquem"}

// campaign adds the best known châteaux that sell from the barrel.
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
	var out []*gazetteer.Wine
	for i := range m.g.Wines {
		w := &m.g.Wines[i]
		line := m.g.Lineage(w.Region)
		inRegion := slices.ContainsFunc(line, func(r *gazetteer.Region) bool { return r.Code == campaignRegion })
		if inRegion && !w.Demo.NV && w.Style == catalog.Still && w.Demo.OWC && !slices.Contains(notOffered, w.Code) {
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b *gazetteer.Wine) int { return cmp.Compare(b.Rank, a.Rank) })
	return out[:min(len(out), campaignSize)]
}
