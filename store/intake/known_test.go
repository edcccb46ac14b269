package intake

import (
	"strings"
	"testing"
)

// TestOtherWinesOfKnownHouses holds the mistakes that reading by eye has found: a line that shares its words with
// a wine of the gazetteer and is another one.
func TestOtherWinesOfKnownHouses(t *testing.T) {
	cases := []struct{ name, class, country, not string }{
		{"PAUILLAC - L'ESSAI DE CHATEAU LATOUR 2018", "France Red Wine", "FR", "chateau-latour"},
		{"PAUILLAC - CHATEAU LATOUR 2018", "France Red Wine", "FR", "pauillac-de-chateau-latour"},
		{"MEURSAULT 1ER PERRIERES - DOMAINE DE L'ESSAI 2018", "France White Wine", "FR", "coche-dury-meursault-perrieres"},
		{"CHAMBOLLE MUSIGNY 1ER CRU LES FUEES 2021", "France Red Wine", "FR", "mugnier-chambolle-musigny-les-fuees"},
		{"CHAMBOLLE MUSIGNY 1ER - COMTE GEORGES DE VOGUE 2019", "France Red Wine", "FR", "comte-de-vogue-chambolle-musigny"},
		{"BORDEAUX BLANC - CHATEAU DOISY DAENE 2019", "France White Wine", "FR", "chateau-doisy-daene"},
		{"BOURGOGNE - DOMAINE DES BEAUMONT PINOT NOIR 2016", "France Red Wine", "FR", "chateau-beaumont"},
		{"TOSCANA BIANCO - ORNELLAIA 2019", "Italy White Wine", "IT", "ornellaia"},
		{"BRUNELLO DI MONTALCINO - LUCE 2018", "Italy Red Wine", "IT", "luce"},
		{"AMARONE CLASSICO RISERVA - MASI COSTASERA 2013", "Italy Red Wine", "IT", "masi-costasera"},
		{"RIOJA - FAUSTINO ORGANIC WINE", "Spain Red Wine", "ES", "faustino-i"},
		{"CABERNET SAUVIGNON - THE PRISONER", "USA Red Wine", "US", "the-prisoner"},
		{"CABERNET SAUVIGNON - CAYMUS CALIFORNIA 2022", "USA Red Wine", "US", "caymus-napa-valley-cabernet-sauvignon"},
	}
	o := options(t)
	for _, c := range cases {
		if _, ok := o.Gazetteer.Wine(c.not); !ok {
			t.Errorf("the gazetteer has no wine %s", c.not)
		}
		res := read(t, []byte(header+"1,"+c.name+","+c.class+","+c.country+",750,1,13,99,\n"), o)
		if w := res.List.Wines[0]; w.Code == c.not {
			t.Errorf("%s is taken for %s", c.name, c.not)
		}
	}
}

func TestGrapesOfPlaces(t *testing.T) {
	cases := []struct{ name, country, want string }{
		{"BARBERA D'ALBA - CASA ESSAI 2020", "IT", "Barbera"},
		{"VINO NOBILE DI MONTEPULCIANO - CASA ESSAI 2020", "IT", ""},
		{"MONTEPULCIANO D'ABRUZZO - CASA ESSAI 2020", "IT", "Montepulciano"},
		{"CABERNET SAUVIGNON MERLOT - CASA ESSAI 2020", "CL", "Cabernet Sauvignon Merlot"},
		{"GIGONDAS - VIDAL FLEURY 2020", "FR", ""},
	}
	o := options(t)
	for _, c := range cases {
		res := read(t, []byte(header+"1,"+c.name+",Any Red Wine,"+c.country+",750,1,13,30,\n"), o)
		if w := res.List.Wines[0]; strings.Join(w.Grapes, " ") != c.want || w.Colour != "red" {
			t.Errorf("%s: grapes %v, %s; want %q, red", c.name, w.Grapes, w.Colour, c.want)
		}
	}
}
