package feed

import (
	"context"
	"encoding/csv"
	"strconv"
	"strings"

	"caveau/store/catalog"
	"caveau/store/crawl"
	"caveau/store/market"
	"caveau/web/view"
)

// feeds of an edition; their paths come back.
func (b *Builder) feeds(ctx context.Context, snap *catalog.Snapshot, e *market.Edition) ([]string, error) {
	paths := []string{GooglePath(e), WineSearcherPath(e)}
	google, err := b.open(ctx, crawl.Name{Market: e.Market.Code, Path: paths[0]})
	if err != nil {
		return nil, err
	}
	trade, err := b.open(ctx, crawl.Name{Market: e.Market.Code, Path: paths[1]})
	if err != nil {
		return nil, err
	}
	google.WriteString(strings.Join(googleColumns, "\t") + "\n") //nolint:errcheck // a bufio.Writer keeps its error
	rows := csv.NewWriter(trade)
	rows.Write(wineSearcherColumns) //nolint:errcheck // a csv.Writer keeps its error
	warehouse := b.Levels.Warehouse(e.Market.Warehouse)
	for _, w := range snap.Wines {
		for _, v := range w.Vintages {
			goods := b.Site.Goods(snap, e, v)
			for _, o := range goods.Offers {
				left := b.Levels.Available(o.Stock, warehouse)
				if o.Taxed {
					google.WriteString(tabbed(googleRow(goods, o, left))) //nolint:errcheck // likewise
				}
				if left > 0 && !o.Primeur {
					rows.Write(wineSearcherRow(goods, o)) //nolint:errcheck // likewise
				}
			}
		}
	}
	rows.Flush()
	if err := rows.Error(); err != nil {
		return nil, err
	}
	if err := google.finish(); err != nil {
		return nil, err
	}
	return paths, trade.finish()
}

// GooglePath is where an edition's feed for Google Merchant Center is.
func GooglePath(e *market.Edition) string { return "/feeds/google-" + e.Locale.Tag() + ".tsv" }

// WineSearcherPath is where an edition's feed for Wine-Searcher is.
func WineSearcherPath(e *market.Edition) string {
	return "/feeds/wine-searcher-" + e.Locale.Tag() + ".csv"
}

var googleColumns = []string{
	"id", "title", "description", "link", "image_link", "availability", "availability_date", "price", "condition", "brand", "gtin", "identifier_exists",
	"item_group_id", "google_product_category", "product_type", "multipack", "unit_pricing_measure", "unit_pricing_base_measure",
}

// wine is "Food, Beverages & Tobacco > Beverages > Alcoholic Beverages > Wine" in Google's taxonomy.
const wine = "421"

// Lengths that the feeds' specifications bound, in characters.
const (
	googleTitle       = 150
	wineSearcherName  = 160
	wineSearcherWords = 160
)

func googleRow(g view.Goods, o view.GoodsOffer, left int) []string {
	multipack, date := "", ""
	if o.Pack > 1 {
		multipack = strconv.Itoa(o.Pack)
	}
	if o.Primeur && !o.From.IsZero() {
		date = o.From.UTC().Format("2006-01-02T15:04Z")
	}
	exists := "yes"
	if o.GTIN == "" {
		exists = "no"
	}
	return []string{
		o.SKU, most(g.Name+", "+o.Name, googleTitle), g.Description, o.URL, g.Image, availability(o, left), date, o.Price + " " + o.Currency, "new", g.Brand, o.GTIN, exists,
		g.Group, wine, g.Category, multipack, strconv.Itoa(o.Volume*o.Pack) + " ml", "1 l",
	}
}

// availability in Google's words, by what the page's JSON-LD says.
func availability(o view.GoodsOffer, left int) string {
	switch {
	case left <= 0:
		return "out_of_stock"
	case o.Primeur:
		return "preorder"
	default:
		return "in_stock"
	}
}

// tabbed is a row of tab-separated text: no field holds a tab or a line's end.
func tabbed(fields []string) string {
	for i, f := range fields {
		fields[i] = strings.Join(strings.Fields(f), " ")
	}
	return strings.Join(fields, "\t") + "\n"
}

var wineSearcherColumns = []string{"SKU", "Name", "Description", "Vintage", "Unit size", "Price", "URL"}

// wineSearcherRow has the price of the whole unit, without a sign, and the size as "6 x 750ml".
func wineSearcherRow(g view.Goods, o view.GoodsOffer) []string {
	year := g.Year
	if year == "" {
		year = "nv"
	}
	size := strconv.Itoa(o.Volume) + "ml"
	if o.Pack > 1 {
		size = strconv.Itoa(o.Pack) + " x " + size
	}
	return []string{o.SKU, most(g.Label, wineSearcherName), most(o.Name, wineSearcherWords), year, size, o.Price, o.URL}
}

// most is at most so many characters, whole words.
func most(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	cut := string(runes[:n])
	if at := strings.LastIndexByte(cut, ' '); at > 0 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,")
}
