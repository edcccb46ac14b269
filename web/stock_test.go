package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// stockAnswer is what the page's script counts on.
type stockAnswer struct {
	AsOf  time.Time `json:"as_of"`
	Stamp string    `json:"stamp"`
	Stock map[string]struct {
		Available    int
		Level        string
		Words, Short string
	} `json:"stock"`
}

func (s *shop) liveStock(t *testing.T, market, path string) stockAnswer {
	t.Helper()
	a := s.get(t, market, path).want(t, http.StatusOK)
	same(t, path+": type", a.Header.Get("Content-Type"), "application/json")
	same(t, path+": Cache-Control", a.Header.Get("Cache-Control"), "no-store")
	var out stockAnswer
	decoder := json.NewDecoder(strings.NewReader(string(a.body)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&out); err != nil {
		t.Fatalf("%s: %v in %s", path, err, a.body)
	}
	return out
}

func TestLiveStockSaysWhatIsLeft(t *testing.T) {
	s := newShop(t)
	s.has("M90-75", "bordeaux", 3)
	s.has("M90-150", "bordeaux", 0)
	got := s.liveStock(t, "fr", "/live/stock?sku=M90-75,M90-75-6,M90-150,NONE,,M90-75")
	same(t, "time", got.AsOf.UTC(), today)
	same(t, "stamp", got.Stamp, "vérifié à 10:30:00")
	same(t, "SKUs", len(got.Stock), 3)
	for sku, want := range map[string]string{
		"M90-75":   "3 low / Plus que 3 bouteilles dans nos chais de Bordeaux / 3 bouteilles",
		"M90-75-6": "12 many / 12 caisses dans nos chais de Bordeaux / 12 caisses",
		"M90-150":  "0 none / Épuisé / Épuisé",
	} {
		of := got.Stock[sku]
		same(t, sku, words(fmt.Sprint(of.Available, " ", of.Level, " / ", of.Words, " / ", of.Short)), want)
	}
}

// A shop speaks of its own warehouse only, whatever the others have, and of what it sells only.
func TestLiveStockIsThatOfTheMarketsWarehouse(t *testing.T) {
	s := newShop(t)
	s.has("M90-75", "new-york", 40)
	for market, want := range map[string]int{"fr": 12, "de": 12, "be": 12, "hk": 5, "us": 40} {
		same(t, market, s.liveStock(t, market, "/live/stock?sku=M90-75").Stock["M90-75"].Available, want)
	}
	same(t, "hk in English", s.liveStock(t, "hk", "/en/live/stock?sku=M90-75").Stock["M90-75"].Available, 5)
	contains(t, "words in hk", s.liveStock(t, "hk", "/live/stock?sku=M90-75").Stock["M90-75"].Words, "香港", "5 支")
	if _, there := s.liveStock(t, "us", "/live/stock?sku=M90-150").Stock["M90-150"]; there {
		t.Error("us is told of a magnum that it does not sell")
	}
}

func TestLiveStockBoundsWhatIsAsked(t *testing.T) {
	s := newShop(t)
	list := func(n int) string { return "/live/stock?sku=" + strings.Repeat("KNV-75,", n-1) + "M90-75" }
	same(t, "of 200", len(s.liveStock(t, "fr", list(200)).Stock), 2)
	reads := s.stock.reads
	s.get(t, "fr", list(201)).want(t, http.StatusBadRequest)
	same(t, "readings for what is refused", s.stock.reads, reads)
	for _, query := range []string{"", "?sku=", "?sku=,,", "?other=M90-75", "?sku=%00%ff"} {
		got := s.liveStock(t, "fr", "/live/stock"+query)
		if got.Stock == nil || len(got.Stock) > 0 {
			t.Errorf("%q: stock %v, want {}", query, got.Stock)
		}
	}
}

// The script puts the words of /live/stock where the page has its own: they must be the same ones.
func TestLiveStockSaysTheWordsOfThePage(t *testing.T) {
	s := newShop(t)
	for _, n := range []int{0, 1, 2, 3, 4, 70, 1234} {
		for _, sku := range []string{"M90-75", "M90-75-6", "M90-150", "M25-75-6"} {
			s.has(sku, "bordeaux", n)
			s.has(sku, "hong-kong", n)
		}
		for _, test := range []struct{ market, prefix, wine string }{{"fr", "", "vin"}, {"de", "", "wein"}, {"hk", "", "wine"}, {"hk", "/en", "wine"}, {"be", "/nl", "wijn"}} {
			path := test.prefix + "/" + test.wine + "/chateau-margaux"
			s.wantSameWords(t, test.market, test.prefix, path+"/1990")
			if test.market != "be" { // be sells no format of which there is one SKU alone, and nothing in barrel
				s.wantSameWords(t, test.market, test.prefix, path)
				s.wantSameWords(t, test.market, test.prefix, path+"/2025")
			}
		}
	}
}

func (s *shop) wantSameWords(t *testing.T, market, prefix, path string) {
	t.Helper()
	doc := s.get(t, market, path).want(t, http.StatusOK).page(t)
	same(t, path+": address of the script", attr(t, doc, "live-stock", "data-src"), prefix+"/live/stock")
	var skus []string
	places := doc.Find("[data-sku]")
	for _, place := range places.EachIter() {
		skus = append(skus, place.AttrOr("data-sku", ""))
	}
	if len(skus) == 0 {
		t.Fatalf("%s of %s: no place for stock", path, market)
	}
	got := s.liveStock(t, market, prefix+"/live/stock?sku="+strings.Join(skus, ","))
	same(t, path+": stamp", words(got.Stamp), text(t, doc, "live-stock time"))
	same(t, path+": time", got.AsOf.Format(time.RFC3339), attr(t, doc, "live-stock time", "datetime"))
	for _, place := range places.EachIter() {
		sku := place.AttrOr("data-sku", "")
		said := got.Stock[sku].Words
		if _, short := place.Attr("data-short"); short {
			said = got.Stock[sku].Short
		}
		what := fmt.Sprintf("%s of %s: %s", path, market, sku)
		same(t, what+": words", words(said), words(place.Find(".stock").Text()))
		same(t, what+": level", got.Stock[sku].Level, place.Find(".stock").AttrOr("data-level", ""))
	}
}

// offerState is all that a vintage page and its wine's matrix say of one SKU.
type offerState struct {
	Level, Words   string
	Buyable        bool
	Availability   string // of the JSON-LD
	Cell, CellSays string
}

func (s *shop) state(t *testing.T, sku string) offerState {
	t.Helper()
	doc := s.get(t, "fr", "/vin/chateau-margaux/1990", zipped).want(t, http.StatusOK).page(t)
	offer := one(t, doc, `.offer[data-sku="`+sku+`"]`)
	_, disabled := one(t, doc, `input[value="`+sku+`"]`).Attr("disabled")
	matrix := s.get(t, "fr", "/vin/chateau-margaux", zipped).want(t, http.StatusOK).page(t)
	cell := one(t, matrix, `td[data-sku="`+sku+`"]`)
	return offerState{
		offer.Find(".stock").AttrOr("data-level", ""), words(offer.Find(".stock").Text()), !disabled, availability(t, doc, sku),
		cell.Find(".stock").AttrOr("data-level", ""), words(cell.Find(".stock").Text()),
	}
}

// availability of a SKU in the page's JSON-LD.
func availability(t *testing.T, doc *goquery.Document, sku string) string {
	t.Helper()
	for _, script := range doc.Find(`script[type="application/ld+json"]`).EachIter() {
		type product struct {
			SKU    string
			Offers struct{ Availability string }
		}
		var group struct {
			product
			HasVariant []product
		}
		if err := json.Unmarshal([]byte(script.Text()), &group); err != nil {
			t.Fatal(err)
		}
		for _, p := range append(group.HasVariant, group.product) {
			if p.SKU == sku {
				return strings.TrimPrefix(p.Offers.Availability, "https://schema.org/")
			}
		}
	}
	t.Fatalf("no JSON-LD offer of %s", sku)
	return ""
}

func TestEverythingThatHangsOnStockChangesWithIt(t *testing.T) {
	s := newShop(t)
	for _, test := range []struct {
		left int
		want offerState
	}{
		{12, offerState{"many", "12 magnums dans nos chais de Bordeaux", true, "InStock", "many", "12 magnums"}},
		{2, offerState{"low", "Plus que 2 magnums dans nos chais de Bordeaux", true, "LimitedAvailability", "low", "2 magnums"}},
		{1, offerState{"low", "Dernier magnum dans nos chais de Bordeaux", true, "LimitedAvailability", "low", "1 magnum"}},
		{0, offerState{"none", "Épuisé", false, "OutOfStock", "none", "Épuisé"}},
		{9, offerState{"many", "9 magnums dans nos chais de Bordeaux", true, "InStock", "many", "9 magnums"}},
	} {
		s.has("M90-150", "bordeaux", test.left)
		same(t, fmt.Sprint("with ", test.left), s.state(t, "M90-150"), test.want)
		same(t, "another SKU meanwhile", attr(t, s.get(t, "fr", "/vin/chateau-margaux/1990").page(t), `.offer[data-sku="M90-75"] > .stock`, "data-level"), "many")
	}
}

// The button is one for the whole form: it is off when nothing at all is left.
func TestButtonIsOffWhenNothingIsLeft(t *testing.T) {
	s := newShop(t)
	off := func() bool {
		_, disabled := one(t, s.get(t, "fr", "/vin/chateau-margaux/1990").page(t), "form.buy .btn").Attr("disabled")
		return disabled
	}
	for _, sku := range []string{"M90-75", "M90-75-6", "M90-150"} {
		same(t, "button is off before "+sku+" is sold out", off(), false)
		s.has(sku, "bordeaux", 0)
	}
	same(t, "button is off when nothing is left", off(), true)
	s.has("M90-75-6", "bordeaux", 1)
	same(t, "button is off when a case comes in", off(), false)
}

func TestPrimeursArePreOrdered(t *testing.T) {
	s := newShop(t)
	ask := func() string {
		return availability(t, s.get(t, "fr", "/vin/chateau-margaux/2025").page(t), "M25-75-6")
	}
	same(t, "in barrel", ask(), "PreOrder")
	s.has("M25-75-6", "bordeaux", 0)
	same(t, "all allotted", ask(), "OutOfStock")
}

// When no replica answers the shop stays open with what it last knew, and says of when that is.
func TestStaleStockIsShownAsTheLastKnown(t *testing.T) {
	s := newShop(t)
	s.has("M90-75", "bordeaux", 3)
	s.stock.asOf, s.stock.stale = today.Add(-time.Minute), true
	a := s.get(t, "fr", "/vin/chateau-margaux/1990").want(t, http.StatusOK)
	doc := a.page(t)
	same(t, "stamp", text(t, doc, "live-stock time"), "dernier relevé connu à 10:29:00")
	same(t, "time", a.Header.Get("X-Stock-As-Of"), "2026-11-22T09:29:00Z")
	same(t, "words", text(t, doc, `[data-sku="M90-75"] .stock`), "Plus que 3 bouteilles dans nos chais de Bordeaux")
	same(t, "stamp of /live/stock", s.liveStock(t, "fr", "/live/stock?sku=M90-75").Stamp, "dernier relevé connu à 10:29:00")
	same(t, "stamp in German", text(t, s.get(t, "de", "/wein/chateau-margaux/1990").page(t), "live-stock time"), "letzter bekannter Stand 10:29:00 Uhr")
	s.stock.stale = false
	same(t, "stamp once a replica is back", text(t, s.get(t, "fr", "/vin/chateau-margaux/1990").page(t), "live-stock time"), "vérifié à 10:29:00")
}

// Each shop's clock is its own.
func TestStampGoesByTheClockOfTheShop(t *testing.T) {
	s := newShop(t)
	for market, clock := range map[string]string{"fr": "10:30:00", "uk": "09:30:00", "us": "04:30:00", "hk": "17:30:00"} {
		path := "/wine/chateau-margaux"
		if market == "fr" {
			path = "/vin/chateau-margaux"
		}
		contains(t, market, text(t, s.get(t, market, path).want(t, http.StatusOK).page(t), "live-stock time"), clock)
	}
}
