package web_test

import (
	"net/http"
	"testing"
)

func TestComparison(t *testing.T) {
	s := newShop(t)
	doc := s.get(t, "fr", "/comparer?v=chateau-margaux.1990&v=krug-grande-cuvee.nv").want(t, http.StatusOK).page(t)
	same(t, "robots", attr(t, doc, `meta[name="robots"]`, "content"), "noindex, follow")
	same(t, "columns", doc.Find(".compare thead th").Length(), 3)
	table := words(doc.Find(".compare").Text())
	for _, want := range []string{"Château Margaux", "Krug Grande Cuvée", "1 090 € · 75 cl · TTC", "Cabernet Sauvignon"} {
		contains(t, "table", table, want)
	}
	if doc.Find(".differs").Length() == 0 {
		t.Error("no difference is marked")
	}
	for query, want := range map[string]string{
		"?v=krug-grande-cuvee.nv&v=chateau-margaux.1990":              "/comparer?v=chateau-margaux.1990&v=krug-grande-cuvee.nv",
		"?v=chateau-margaux.1990&v=chateau-margaux.1990&utm_source=x": "/comparer?v=chateau-margaux.1990",
		"?v=&x=1": "/comparer",
		"?v=krug-grande-cuvee.nv&v=chateau-margaux.2025&v=chateau-margaux.1990&v=chateau-margaux.1989&v=x.1": "/comparer?v=chateau-margaux.1989&v=chateau-margaux.1990&v=chateau-margaux.2025&v=krug-grande-cuvee.nv",
	} {
		a := s.get(t, "fr", "/comparer"+query).want(t, http.StatusMovedPermanently)
		same(t, query, a.Header.Get("Location"), want)
	}
	for _, query := range []string{"?v=nothing.1990", "?v=chateau-margaux.1066", "?v=..", "?v=chateau-margaux"} {
		s.get(t, "fr", "/comparer"+query).want(t, http.StatusNotFound)
	}
	contains(t, "help", words(s.get(t, "fr", "/comparer").want(t, http.StatusOK).page(t).Find(".lead").Text()), "Cochez deux à quatre millésimes")
}

// The boxes of a list lead to a comparison.
func TestListsHaveBoxesToCompare(t *testing.T) {
	s := newShop(t)
	doc := s.get(t, "fr", "/recherche?producer=chateau-margaux&sort=vintage").want(t, http.StatusOK).page(t)
	same(t, "action", attr(t, doc, "#compare", "action"), "/comparer")
	same(t, "boxes", doc.Find(`.rows input[name="v"][form="compare"]`).Length(), doc.Find(".rows .row").Length())
}

func TestBirthYear(t *testing.T) {
	s := newShop(t)
	same(t, "front", attr(t, s.get(t, "fr", "/").page(t), "form.birth", "action"), "/annee-de-naissance")
	for query, want := range map[string]string{
		"?year=1990": "/millesime/1990", "?year=1990&max=": "/millesime/1990", "?year=1990&max=2000": "/recherche?from=1990&max=2000&to=1990", "?max=x&year=1990": "/millesime/1990",
	} {
		a := s.get(t, "fr", "/annee-de-naissance"+query).want(t, http.StatusFound)
		same(t, query, a.Header.Get("Location"), want)
	}
	none := s.get(t, "de", "/geburtsjahr?year=1903").want(t, http.StatusOK).page(t)
	contains(t, "said", words(none.Find("#wrong").Text()), "Vom Jahrgang 1903 liegt kein Wein in unseren Kellern.")
	contains(t, "nearest", words(none.Find(".links").Text()), "1989")
	same(t, "kept", attr(t, none, `input[name="year"]`, "value"), "1903")
	same(t, "robots", attr(t, none, `meta[name="robots"]`, "content"), "noindex, follow")
	for _, year := range []string{"abc", "0", "-5", "99999999999999999999", "", "%3Cscript%3E", "2999"} {
		doc := s.get(t, "fr", "/annee-de-naissance?year="+year).want(t, http.StatusOK).page(t)
		contains(t, year, words(doc.Find("#wrong").Text()), "Ce n’est pas une année.")
	}
	s.get(t, "fr", "/annee-de-naissance?utm_source=x").want(t, http.StatusOK)
}
