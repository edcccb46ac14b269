package catalog

import (
	"time"

	"caveau/store/route"
)

// List is a catalogue as flat rows that name their relations by code.
type List struct {
	About        About
	Regions      []RegionRow
	Appellations []AppellationRow
	Producers    []ProducerRow
	Wines        []WineRow
	Vintages     []VintageRow
	SKUs         []SKURow
	Prices       []PriceRow
	Stock        []StockRow
	Allocations  []AllocationRow
	Harvests     []HarvestRow
	Campaigns    []CampaignRow
	Banners      []BannerRow // not a merchant's list's: package store/banner
}

// About says where a catalogue comes from and which of its figures are demonstration data.
type About struct {
	Code       string // "demo", or the importer's name for the list
	Source     string // where the facts come from, licence included
	DemoPrices bool
	DemoScores bool
	DemoStock  bool
}

// Names holds a name by language ("fr", "en", "de", "it", "es", "pt", "nl", "zh"); a language that is
// absent uses the row's own Name.
type Names map[string]string

// RegionRow is a wine region, or a country when Parent is empty.
type RegionRow struct {
	Code    string // slug: "bordeaux"
	Parent  string // code of the country or the region above; empty for a country
	Country string // ISO 3166
	Name    string // in its own language
	Names   Names
	Shape   Shape // the bottle that the region uses
}

// AppellationRow is a name of origin as on the label.
type AppellationRow struct {
	Code   string // slug: "pauillac"
	Region string
	Name   string
	Level  string // "AOC", "DOCG", "Grand Cru", "AVA" …
	Names  Names
}

// ProducerRow is a house, château, domaine or winery.
type ProducerRow struct {
	Code    string
	Name    string
	Region  string
	Commune string
	Names   Names // other scripts: "zh"
}

// WineRow is the family of all vintages of one label.
type WineRow struct {
	Code           string // slug, unique: "chateau-margaux"
	Producer       string
	Appellation    string // may be empty: then Region stands
	Region         string
	Name           string // as it is spoken of: "Château Margaux"
	Names          Names
	Colour         Colour
	Style          Style
	Grapes         []string // as on the label, main grape first
	Classification string   // in its own language: "Premier grand cru classé en 1855"
	Shape          Shape    // empty: the region's
	LWIN           string   // LWIN-7, never invented
	Rank           int      // popularity, higher first; 0 unknown
}

// VintageRow is one wine in one year.
type VintageRow struct {
	Wine     string
	Year     int // 0 is NV
	Strength int // tenths of % vol; 0 unknown
	Window   Window
	Scores   []Score
}

// SKURow is a sellable unit.
type SKURow struct {
	Code      string // the merchant's own
	Wine      string
	Year      int
	Volume    int // millilitres of one bottle
	Pack      int // bottles in the unit
	Packaging Packaging
	SaleType  SaleType
	GTIN      string
	LWIN      string
	Campaign  string    // primeur only
	Delivery  time.Time // primeur only: first day of the quarter in which it is delivered
}

// PriceRow is one line of the append-only price log: from ValidFrom on, the SKU costs this in the market.
type PriceRow struct {
	SKU       string
	Market    string
	Minor     int64 // of the whole SKU, in the market's currency and basis (primeur: excluding tax)
	ValidFrom time.Time
}

// StockRow is what is free to sell, in SKU units.
type StockRow struct {
	SKU       string
	Warehouse string
	Available int
}

// AllocationRow is how many units of a SKU one customer may have in a market; without a row as many as there are.
type AllocationRow struct {
	SKU         string
	Market      string
	PerCustomer int
}

// HarvestRow says what a year was in a region, by public consensus.
type HarvestRow struct {
	Region string
	Year   int
	Rating int // 1 poor, 2 fair, 3 good, 4 very good, 5 great
}

// BannerRow is what the front of an edition says for a time.
type BannerRow struct {
	Code         string
	Locale       string     // BCP 47, of the edition
	Words        string     // plain text; empty where nobody has written them: then nothing is shown
	Page         route.Page // that it leads to; no Kind: nowhere
	Starts, Ends time.Time
}

// Holds says whether it is the time of a banner.
func (b BannerRow) Holds(now time.Time) bool { return !now.Before(b.Starts) && now.Before(b.Ends) }

// CampaignRow is a primeur campaign.
type CampaignRow struct {
	Code   string // "bordeaux-2025"
	Region string
	Year   int
	Opens  time.Time
}
