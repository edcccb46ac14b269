package catalog_test

import (
	"testing"

	"caveau/store/catalog"
)

func TestWindowOverTime(t *testing.T) {
	whole := catalog.Window{From: 2000, PeakFrom: 2010, PeakTo: 2030, To: 2045}
	noPeak := catalog.Window{From: 2000, To: 2045}
	for _, c := range []struct {
		window catalog.Window
		year   int
		want   catalog.Drinkability
	}{
		{whole, 1999, catalog.Keep},
		{whole, 2000, catalog.Ready},
		{whole, 2030, catalog.Ready},
		{whole, 2031, catalog.Late},
		{whole, 2045, catalog.Late},
		{whole, 2046, catalog.Past},
		{noPeak, 2045, catalog.Ready},
		{noPeak, 2046, catalog.Past},
		{catalog.Window{From: 2020, To: 2020}, 2020, catalog.Ready},
		{catalog.Window{}, 2020, ""},
		{catalog.Window{From: 2020}, 2020, ""},
		{catalog.Window{From: 2020, To: 2019}, 2020, ""},
		{catalog.Window{To: 2030}, 2020, ""},
	} {
		if got := c.window.In(c.year); got != c.want {
			t.Errorf("%+v in %d is %q, want %q", c.window, c.year, got, c.want)
		}
		if known := c.window.Known(); known != (c.want != "") {
			t.Errorf("%+v: known is %v", c.window, known)
		}
	}
}

// What a size is called hangs on the region: Bordeaux counts in magnums where Champagne has kings.
func TestFormatKeyByShape(t *testing.T) {
	for _, c := range []struct {
		volume              int
		bordeaux, elsewhere string
	}{
		{187, "quarter", "quarter"},
		{200, "quarter", "quarter"},
		{375, "half", "half"},
		{500, "half_litre", "half_litre"},
		{750, "bottle", "bottle"},
		{1000, "litre", "litre"},
		{1500, "magnum", "magnum"},
		{3000, "double_magnum", "jeroboam"},
		{4500, "jeroboam", "rehoboam"},
		{5000, "jeroboam", "rehoboam"},
		{6000, "imperial", "methuselah"},
		{9000, "salmanazar", "salmanazar"},
		{12000, "balthazar", "balthazar"},
		{15000, "nebuchadnezzar", "nebuchadnezzar"},
		{18000, "melchior", "melchior"},
		{700, "other", "other"},
		{0, "other", "other"},
	} {
		if got := catalog.FormatKey(c.volume, catalog.Bordeaux); got != "format."+c.bordeaux {
			t.Errorf("%d ml in Bordeaux is %s, want %s", c.volume, got, c.bordeaux)
		}
		for _, shape := range []catalog.Shape{catalog.Burgundy, catalog.Champagne, catalog.Rhone, catalog.Flute, catalog.Port, catalog.Bocksbeutel} {
			if got := catalog.FormatKey(c.volume, shape); got != "format."+c.elsewhere {
				t.Errorf("%d ml in a %s bottle is %s, want %s", c.volume, shape, got, c.elsewhere)
			}
		}
	}
}

func TestNamesFallBack(t *testing.T) {
	names := catalog.Names{"de": "Burgund", "zh": ""}
	for language, want := range map[string]string{"de": "Burgund", "fr": "Bourgogne", "zh": "Bourgogne", "": "Bourgogne"} {
		if got := names.In(language, "Bourgogne"); got != want {
			t.Errorf("in %q: %q, want %q", language, got, want)
		}
	}
	if got := catalog.Names(nil).In("de", "Bourgogne"); got != "Bourgogne" {
		t.Errorf("no names: %q", got)
	}
}
