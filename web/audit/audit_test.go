package audit_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"caveau/store/market"
	"caveau/store/route"
	"caveau/web/audit"
)

func base(code string) string { return "http://" + code + ".localhost" }

// house is a shop of three pages, made by hand, in all editions.
type house struct {
	audit.Site
	spoil func(e *market.Edition, node *route.Node, page string) string // plants a fault
}

func newHouse(t *testing.T) *house {
	t.Helper()
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	var nodes []*route.Node
	var rows []route.Row
	for i, p := range []route.Page{{Kind: route.Home}, {Kind: route.Wine, Code: "petrus"}, {Kind: route.Vintage, Code: "petrus", Year: 1990}, {Kind: route.Cart}} {
		nodes = append(nodes, &route.Node{ID: uint32(i + 1), Page: p})
		for _, l := range route.Languages {
			rows = append(rows, route.Row{PageID: uint32(i + 1), Language: l, Path: route.NewPath(p, l)})
		}
	}
	h := &house{}
	h.Site = audit.Site{Routes: route.NewTable(nodes, rows), Editions: markets.Editions, Base: base, Handler: h.serve}
	return h
}

func (h *house) serve(c *fasthttp.RequestCtx) {
	for _, e := range h.Editions {
		for _, n := range h.Routes.Nodes() {
			if e.Market.Code+".localhost" == string(c.Host()) && e.Prefix+n.Path(e.Locale.Language()) == string(c.Path()) {
				page := h.page(e, n)
				if h.spoil != nil {
					page = h.spoil(e, n, page)
				}
				c.SetBodyString(page)
				return
			}
		}
	}
	c.SetStatusCode(fasthttp.StatusNotFound)
}

func (h *house) url(e *market.Edition, n *route.Node) string {
	return base(e.Market.Code) + e.Prefix + n.Path(e.Locale.Language())
}

func (h *house) page(e *market.Edition, n *route.Node) string {
	var b strings.Builder
	name := "Petrus " + n.Page.String()
	fmt.Fprintf(&b, `<!doctype html><html lang="%s"><head><title>%s</title><meta name="description" content="%s: a page about one wine, with a price &amp; a level of stock.">`, e.Locale.Tag(), name, name)
	fmt.Fprintf(&b, `<link rel="canonical" href="%s">`, h.url(e, n))
	fallback := ""
	for _, other := range h.Editions {
		fmt.Fprintf(&b, `<link rel="alternate" hreflang="%s" href="%s">`, other.Locale.Tag(), h.url(other, n))
		if other.Market.Code == "uk" {
			fallback = h.url(other, n)
		}
	}
	fmt.Fprintf(&b, `<link rel="alternate" hreflang="x-default" href="%s"></head><body><!-- <h1>not one</h1> --><h1><span>%s</span></h1><a href="%s/">home</a>`, fallback, name, e.Prefix)
	b.WriteString(`<label class="offer" data-sku="P90"><span class="offer__f">Magnum</span> <span class="offer__k">1,5 l</span><span class="offer__p"><b>1&nbsp;090 €</b></span><span class="stock" data-level="low">2</span></label>`)
	fmt.Fprintf(&b, `<script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"%s","url":"%s","sku":"P90","offers":[{"@type":"Offer","name":"Magnum 1,5 l","url":"x","price":"1090.00","priceCurrency":"EUR","availability":"https://schema.org/LimitedAvailability"}]}</script>`, name, h.url(e, n))
	return b.String() + `</body></html>`
}

func (h *house) walk(t *testing.T) *audit.Result {
	t.Helper()
	r, err := h.Walk(context.Background(), audit.Options{Unpublished: true})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestACleanHouseIsClean(t *testing.T) {
	r := newHouse(t).walk(t)
	if r.Errors() != 0 || r.Pages != 3*17 || r.Offers != 3*17 {
		t.Errorf("%d pages, %d offers, %v", r.Pages, r.Offers, r.Faults)
	}
}

// Each fault is planted on one page of one edition, or on all pages of an edition, and found by the check that is meant for it.
func TestPlantedFaultsAreFound(t *testing.T) {
	replace := func(old, new string) func(string) string {
		return func(page string) string {
			if !strings.Contains(page, old) {
				panic("nothing to spoil: " + old)
			}
			return strings.Replace(page, old, new, 1)
		}
	}
	for name, c := range map[string]struct {
		check audit.Check
		spoil func(string) string
		what  string
	}{
		"another canonical":        {audit.Canonical, replace(`canonical" href="http://de`, `canonical" href="http://at`), "http://at.localhost/wein/petrus"},
		"two canonicals":           {audit.Canonical, replace(`</head>`, `<link rel="canonical" href="/x"></head>`), "2 canonicals"},
		"a canonical with noindex": {audit.Canonical, replace(`</head>`, `<meta name="robots" content="noindex"></head>`), "noindex"},
		"a missing hreflang":       {audit.Hreflang, replace(`<link rel="alternate" hreflang="nl-BE" href="http://be.localhost/nl/wijn/petrus">`, ""), "nl-BE"},
		"no x-default":             {audit.Hreflang, replace(`hreflang="x-default"`, `hreflang="xx"`), "x-default"},
		"not reciprocal":           {audit.Reciprocal, replace(`hreflang="it-IT"`, `hreflang="it-CH"`), "different"},
		"no title":                 {audit.Title, replace(`<title>`, `<titel>`), "0 titles"},
		"a title too long":         {audit.Title, replace(`<title>`, `<title>`+strings.Repeat("Pomerol ", 12)), "characters"},
		"another page's title":     {audit.TitleOwn, replace(`<title>Petrus wine/petrus/0`, `<title>Petrus home//0`), "is also that of"},
		"no description":           {audit.Describe, replace(`name="description"`, `name="keywords"`), "0 characters"},
		"two h1":                   {audit.Heading, replace(`</body>`, `<h1>more</h1></body>`), "2 h1"},
		"another language":         {audit.Language, replace(`<html lang="de-DE"`, `<html lang="de"`), "lang is de"},
		"a link to nothing":        {audit.Links, replace(`</body>`, `<a href="/wein/petrus/1961">1961</a></body>`), "404"},
		"a link with a query":      {audit.Links, replace(`</body>`, `<a href="/wein/petrus?sort=price">x</a></body>`), "query"},
		"no JSON":                  {audit.Data, replace(`"offers":[`, `"offers":`), "invalid character"},
		"an offer without a price": {audit.Data, replace(`"price":"1090.00"`, `"price":""`), "no price"},
		"another price":            {audit.DataEqual, replace(`1090.00`, `1091.00`), "costs 1091.00"},
		"cents that are dropped":   {audit.DataEqual, replace(`1090.00`, `1090.50`), "costs 1090.50"},
		"another availability":     {audit.DataEqual, replace(`LimitedAvailability`, `InStock`), "InStock"},
		"another SKU":              {audit.DataEqual, replace(`"sku":"P90"`, `"sku":"P91"`), "does not offer P9"},
		"another name":             {audit.DataEqual, replace(`"name":"Petrus`, `"name":"Le Pin`), "Petrus"},
		"another format":           {audit.DataEqual, replace(`Magnum 1,5 l`, `Jeroboam 1,5 l`), "Jeroboam"},
		"another shop's address":   {audit.DataEqual, replace(`"url":"http://de`, `"url":"http://fr`), "http://fr"},
	} {
		h := newHouse(t)
		h.spoil = func(e *market.Edition, n *route.Node, page string) string {
			if e.Market.Code == "de" && n.Page.Kind == route.Wine {
				return c.spoil(page)
			}
			return page
		}
		r := h.walk(t)
		found := false
		for _, f := range r.Faults {
			found = found || f.Check == c.check && strings.Contains(f.What, c.what)
		}
		if !found {
			t.Errorf("%s: not found: %v", name, r.Faults)
		}
	}
}

func TestWhatIsNotThereIsFound(t *testing.T) {
	h := newHouse(t)
	serve := h.Handler
	h.Handler = func(c *fasthttp.RequestCtx) {
		if serve(c); string(c.Path()) == "/vin/petrus" {
			c.SetStatusCode(fasthttp.StatusInternalServerError)
		}
	}
	if r := h.walk(t); r.Bad[audit.Status] != 3 { // fr, be, lu; in ch it stands below /fr
		t.Error(r.Table())
	}
}

func TestReportIsLinesOfJSON(t *testing.T) {
	h := newHouse(t)
	h.spoil = func(_ *market.Edition, _ *route.Node, page string) string {
		return strings.Replace(page, "<h1><span>", "<h2><span>", 1)
	}
	r := h.walk(t)
	var b bytes.Buffer
	if err := r.Report(&b); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	var f audit.Fault
	if err := json.Unmarshal([]byte(lines[0]), &f); err != nil || len(lines) != len(r.Faults) || f.Check == "" || f.URL == "" || f.What == "" {
		t.Errorf("%v: %d lines of %d: %s", err, len(lines), len(r.Faults), lines[0])
	}
}
