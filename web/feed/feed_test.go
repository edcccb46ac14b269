package feed

import (
	"strings"
	"testing"
	"time"

	"caveau/templates/component"
	"caveau/web/view"
)

var margaux = view.Goods{
	Product: component.Product{Name: "Château Margaux 1990", Description: "Red\twine,\nMargaux", Brand: "Château Margaux", Category: "Red wine", Year: "1990"},
	Label:   "Château Margaux", Group: "chateau-margaux-1990",
}

func offer(change func(*view.GoodsOffer)) view.GoodsOffer {
	o := view.GoodsOffer{
		ProductOffer: component.ProductOffer{SKU: "M90", URL: "https://fr/x#sku-M90", Name: "Magnum 1,5 l × 6", Price: "9900.00", Currency: "EUR"}, Volume: 1500, Pack: 6, Taxed: true,
	}
	if change != nil {
		change(&o)
	}
	return o
}

// value of a column in a row.
func value(columns, row []string, name string) string {
	for i, c := range columns {
		if c == name {
			return row[i]
		}
	}
	return "no such column"
}

func TestGoogleRow(t *testing.T) {
	primeur := offer(func(o *view.GoodsOffer) { o.Primeur, o.From = true, time.Date(2028, 4, 1, 0, 0, 0, 0, time.UTC) })
	for _, c := range []struct {
		o            view.GoodsOffer
		left         int
		column, want string
	}{
		{offer(nil), 3, "id", "M90"},
		{offer(nil), 3, "title", "Château Margaux 1990, Magnum 1,5 l × 6"},
		{offer(nil), 3, "price", "9900.00 EUR"},
		{offer(nil), 3, "availability", "in_stock"},
		{offer(nil), 0, "availability", "out_of_stock"},
		{offer(nil), 3, "availability_date", ""},
		{primeur, 3, "availability", "preorder"},
		{primeur, 3, "availability_date", "2028-04-01T00:00Z"},
		{primeur, 0, "availability", "out_of_stock"},
		{offer(nil), 3, "multipack", "6"},
		{offer(func(o *view.GoodsOffer) { o.Pack = 1 }), 3, "multipack", ""},
		{offer(nil), 3, "unit_pricing_measure", "9000 ml"},
		{offer(nil), 3, "identifier_exists", "no"},
		{offer(func(o *view.GoodsOffer) { o.GTIN = "3760012345678" }), 3, "identifier_exists", "yes"},
	} {
		row := googleRow(margaux, c.o, c.left)
		if got := value(googleColumns, row, c.column); got != c.want || len(row) != len(googleColumns) {
			t.Errorf("%s is %q, want %q", c.column, got, c.want)
		}
	}
	if line := tabbed(googleRow(margaux, offer(nil), 1)); strings.Count(line, "\t") != len(googleColumns)-1 || strings.Count(line, "\n") != 1 {
		t.Errorf("a field breaks the line: %q", line)
	}
}

func TestWineSearcherRow(t *testing.T) {
	for _, c := range []struct {
		g            view.Goods
		o            view.GoodsOffer
		column, want string
	}{
		{margaux, offer(nil), "Unit size", "6 x 1500ml"},
		{margaux, offer(func(o *view.GoodsOffer) { o.Pack, o.Volume = 1, 750 }), "Unit size", "750ml"},
		{margaux, offer(nil), "Vintage", "1990"},
		{view.Goods{Label: "Krug Grande Cuvée"}, offer(nil), "Vintage", "nv"},
		{margaux, offer(nil), "Name", "Château Margaux"},
		{margaux, offer(nil), "Price", "9900.00"},
	} {
		if got := value(wineSearcherColumns, wineSearcherRow(c.g, c.o), c.column); got != c.want {
			t.Errorf("%s is %q, want %q", c.column, got, c.want)
		}
	}
}

func TestMost(t *testing.T) {
	for _, c := range []struct {
		words string
		n     int
		want  string
	}{
		{"Château Margaux", 15, "Château Margaux"}, {"Château Margaux 1990", 15, "Château"}, {"Château, Margaux", 12, "Château"}, {"Châteauneuf", 4, "Chât"},
	} {
		if got := most(c.words, c.n); got != c.want {
			t.Errorf("%q in %d: %q", c.words, c.n, got)
		}
	}
}
