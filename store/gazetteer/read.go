package gazetteer

import (
	"io/fs"
	"strings"

	"caveau/store/catalog"
)

// The columns of the five files of a country.
const (
	regionColumns      = "code,parent,country,name,shape,en,fr,de,it,es,pt,nl,zh"
	appellationColumns = "code,region,name,level,zh,aliases"
	producerColumns    = "code,name,region,commune,zh,aliases"
	wineColumns        = "code,producer,appellation,region,name,zh,colour,style,grapes,classification,shape,strength,rank," +
		"aliases,eur,from,peak_from,peak_to,to,first_year,max_ml,owc"
	harvestColumns = "region,year,rating"
)

// FirstYear and LastYear are the harvests that the gazetteer knows.
const (
	FirstYear = 1945
	LastYear  = 2025
)

// Read reads and checks a folder with one folder per country. A gazetteer comes back only where there
// is nothing to report; the error is of type Faults.
func Read(fsys fs.FS) (*Gazetteer, error) {
	r := &reader{fsys: fsys, places: map[any]position{}, out: &Gazetteer{
		regions: map[string]int{}, appellations: map[string]int{}, producers: map[string]int{}, wines: map[string]int{},
		harvests: map[harvestKey]int{},
	}}
	r.countries()
	r.check()
	if len(r.faults) > 0 {
		return nil, r.faults
	}
	return r.out, nil
}

func (r *reader) countries() {
	folders, err := fs.ReadDir(r.fsys, ".")
	if err != nil {
		r.fault(".", 0, "list the countries: %v", err)
		return
	}
	for _, f := range folders {
		if !f.IsDir() {
			continue // data/README.md
		}
		r.country = strings.ToUpper(f.Name())
		r.table(f.Name()+"/regions.csv", regionColumns, r.region)
		r.table(f.Name()+"/appellations.csv", appellationColumns, r.appellation)
		r.table(f.Name()+"/producers.csv", producerColumns, r.producer)
		r.table(f.Name()+"/wines.csv", wineColumns, r.wine)
		r.table(f.Name()+"/harvests.csv", harvestColumns, r.harvest)
	}
}

func (r *reader) region(c record) {
	row := Region{catalog.RegionRow{
		Code: c.need("code"), Parent: c.get("parent"), Country: c.need("country"), Name: c.need("name"),
		Names: c.names("en", "fr", "de", "it", "es", "pt", "nl"),
		Shape: choice(c, "shape", append(shapes, "")...),
	}}
	if row.Country != r.country {
		c.bad("country is %q in the folder of %s", row.Country, r.country)
	}
	if row.Parent == "" && len(row.Names) < 7 {
		c.bad("a country has a name in each language")
	}
	row.Names = withChinese(row.Names, c.chinese())
	if c.unique("region", row.Code, r.out.regions, len(r.out.Regions)) {
		r.out.Regions = append(r.out.Regions, row)
	}
}

func (r *reader) appellation(c record) {
	row := Appellation{
		AppellationRow: catalog.AppellationRow{
			Code: c.need("code"), Region: c.need("region"), Name: c.need("name"), Level: c.need("level"),
			Names: withChinese(nil, c.chinese()),
		},
		Aliases: c.list("aliases"),
	}
	if c.unique("appellation", row.Code, r.out.appellations, len(r.out.Appellations)) {
		r.out.Appellations = append(r.out.Appellations, row)
	}
}

func (r *reader) producer(c record) {
	row := Producer{
		ProducerRow: catalog.ProducerRow{
			Code: c.need("code"), Name: c.need("name"), Region: c.need("region"), Commune: c.get("commune"),
			Names: withChinese(nil, c.chinese()),
		},
		Aliases: c.list("aliases"),
	}
	if c.unique("producer", row.Code, r.out.producers, len(r.out.Producers)) {
		r.out.Producers = append(r.out.Producers, row)
	}
}

func (r *reader) harvest(c record) {
	row := catalog.HarvestRow{
		Region: c.need("region"), Year: c.number("year", FirstYear, LastYear), Rating: c.number("rating", 1, 5),
	}
	if row.Year == 0 || row.Rating == 0 {
		c.bad("a harvest has a year and a rating")
		return
	}
	key := harvestKey{row.Region, row.Year}
	if _, twice := r.out.harvests[key]; twice {
		c.bad("%s %d is rated twice, first at %s", row.Region, row.Year, r.places[key])
		return
	}
	r.places[key] = c.position
	r.out.harvests[key] = row.Rating
	r.out.Harvests = append(r.out.Harvests, row)
}

// unique checks a code and remembers where its row stands.
func (c record) unique(kind, code string, index map[string]int, at int) bool {
	if !isSlug(code) {
		c.bad("code %q is not a slug of a-z, 0-9 and single hyphens", code)
		return false
	}
	key := placeKey{kind, code}
	if _, twice := index[code]; twice {
		c.bad("%s %q is written twice, first at %s", kind, code, c.places[key])
		return false
	}
	index[code] = at
	c.places[key] = c.position
	return true
}

type placeKey struct{ kind, code string }

func (p position) String() string { return Fault{File: p.file, Line: p.line}.place() }

// names gathers the columns of languages that are not blank.
func (c record) names(languages ...string) catalog.Names {
	names := catalog.Names{}
	for _, l := range languages {
		if v := c.get(l); v != "" {
			names[l] = v
		}
	}
	return names
}

func withChinese(names catalog.Names, zh string) catalog.Names {
	if zh == "" {
		return names
	}
	if names == nil {
		names = catalog.Names{}
	}
	names["zh"] = zh
	return names
}
