package gazetteer

import (
	"slices"

	"caveau/store/catalog"
)

var (
	shapes = []catalog.Shape{
		catalog.Bordeaux, catalog.Burgundy, catalog.Champagne, catalog.Rhone, catalog.Flute, catalog.Port, catalog.Bocksbeutel,
	}
	// volumes are the largest bottles that a wine may name, in millilitres.
	volumes = []int{375, 500, 620, 750, 1000, 1500, 2250, 3000, 4500, 5000, 6000, 9000, 12000, 15000, 18000, 27000, 30000}
)

func (r *reader) wine(c record) {
	row := Wine{
		WineRow: catalog.WineRow{
			Code: c.need("code"), Producer: c.need("producer"), Appellation: c.get("appellation"), Region: c.get("region"),
			Name: c.need("name"), Names: withChinese(nil, c.chinese()),
			Colour: choice(c, "colour", catalog.Red, catalog.White, catalog.Rose, catalog.Orange),
			Style:  choice(c, "style", catalog.Still, catalog.Sparkling, catalog.Sweet, catalog.Fortified),
			Grapes: c.list("grapes"), Classification: c.get("classification"),
			Shape: choice(c, "shape", append(shapes, "")...), Rank: c.number("rank", 0, 100),
		},
		Aliases: c.list("aliases"), Strength: c.number("strength", 15, 230), Demo: c.demo(),
	}
	if row.Appellation == "" && row.Region == "" {
		c.bad("a wine has an appellation or a region")
	}
	if c.unique("wine", row.Code, r.out.wines, len(r.out.Wines)) {
		r.out.Wines = append(r.out.Wines, row)
	}
}

// demo reads the demonstration columns.
func (c record) demo() Demo {
	d := Demo{
		EUR: c.number("eur", 1, 100_000), MaxVolume: c.number("max_ml", 1, 30_000), OWC: c.number("owc", 0, 1) == 1,
		From: c.number("from", 0, 100), PeakFrom: c.number("peak_from", 0, 100),
		PeakTo: c.number("peak_to", 0, 150), To: c.number("to", 0, 200),
		NV: c.get("first_year") == "NV",
	}
	if !d.NV {
		d.FirstYear = c.number("first_year", FirstYear, LastYear)
	}
	if d.EUR == 0 {
		c.bad("eur is blank")
	}
	if !slices.Contains(volumes, d.MaxVolume) {
		c.bad("max_ml is %d, not a bottle of %v", d.MaxVolume, volumes)
	}
	if !d.NV && d.FirstYear == 0 {
		c.bad("first_year is neither a year nor NV")
	}
	c.window(d)
	return d
}

func (c record) window(d Demo) {
	if d.NV && d.To == 0 {
		return // a wine without a year needs no window
	}
	if d.To == 0 || d.From > d.PeakFrom || d.PeakFrom > d.PeakTo || d.PeakTo > d.To {
		c.bad("the drinking window %d, %d, %d, %d does not go forward", d.From, d.PeakFrom, d.PeakTo, d.To)
	}
}
