package gazetteer

import "caveau/store/catalog"

// check follows every relation, fills in what is inherited from above and reports what leads nowhere.
func (r *reader) check() {
	r.checkRegions()
	for i := range r.out.Appellations {
		a := &r.out.Appellations[i]
		r.resolve("appellation", a.Code, "region", a.Region, r.out.regions)
	}
	for i := range r.out.Producers {
		p := &r.out.Producers[i]
		r.resolve("producer", p.Code, "region", p.Region, r.out.regions)
	}
	for i := range r.out.Wines {
		r.checkWine(&r.out.Wines[i])
	}
	for _, h := range r.out.Harvests {
		if _, ok := r.out.regions[h.Region]; !ok {
			r.at(harvestKey{h.Region, h.Year}, "unknown region %q", h.Region)
		}
	}
}

func (r *reader) checkRegions() {
	for i := range r.out.Regions {
		region := &r.out.Regions[i]
		if region.Parent != "" && !r.resolve("region", region.Code, "region", region.Parent, r.out.regions) {
			continue
		}
		line := r.out.Lineage(region.Code)
		if top := line[len(line)-1]; top.Parent != "" {
			r.at(placeKey{"region", region.Code}, "the regions above %q go in a circle or nowhere", region.Code)
			continue
		}
		region.Shape = inherited(line)
	}
}

// inherited is the bottle of the nearest region above that names one.
func inherited(line []*Region) catalog.Shape {
	for _, region := range line {
		if region.Shape != "" {
			return region.Shape
		}
	}
	return catalog.Bordeaux // the commonest bottle in the world
}

func (r *reader) checkWine(w *Wine) {
	r.resolve("wine", w.Code, "producer", w.Producer, r.out.producers)
	if w.Region != "" && !r.resolve("wine", w.Code, "region", w.Region, r.out.regions) {
		return
	}
	if w.Appellation == "" || !r.resolve("wine", w.Code, "appellation", w.Appellation, r.out.appellations) {
		return
	}
	a, _ := r.out.Appellation(w.Appellation)
	if w.Region == "" {
		w.Region = a.Region
	}
	if !r.above(a.Region, w.Region) && !r.above(w.Region, a.Region) {
		r.at(placeKey{"wine", w.Code}, "region %q and the region %q of appellation %q are not on one line", w.Region, a.Region, a.Code)
	}
}

// above says that upper is region itself or lies over it.
func (r *reader) above(upper, region string) bool {
	for _, step := range r.out.Lineage(region) {
		if step.Code == upper {
			return true
		}
	}
	return false
}

func (r *reader) resolve(kind, code, what, target string, index map[string]int) bool {
	if target == "" {
		return false // reported as blank where it is needed
	}
	if _, ok := index[target]; ok {
		return true
	}
	r.at(placeKey{kind, code}, "unknown %s %q", what, target)
	return false
}

// at reports a fault of a row that was read earlier.
func (r *reader) at(key any, format string, args ...any) {
	place := r.places[key]
	r.fault(place.file, place.line, format, args...)
}
