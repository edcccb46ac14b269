package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
)

// data checks the JSON-LD: that it is JSON of types we know, and that offers, names and breadcrumbs say what the page says.
func (l *look) data() {
	offers, product := map[string]said{}, ""
	for _, raw := range l.facts.scripts {
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			l.note(Data, err.Error())
			continue
		}
		top, ok := v.(map[string]any)
		if !ok || top["@context"] != "https://schema.org" {
			l.note(Data, "not of schema.org")
			continue
		}
		l.note(Data, invalid(top))
		if what, has := l.named(top); has {
			l.note(DataEqual, what)
		}
		if kind := top["@type"]; kind == "Product" || kind == "ProductGroup" {
			product, _ = top["name"].(string)
		}
		gather(offers, top, "")
	}
	l.offers(product, offers)
}

// wants are the fields that a type must have to be of use to a search engine.
var wants = map[string][]string{
	"BreadcrumbList":       {"itemListElement"},
	"ItemList":             {"itemListElement"},
	"ListItem":             {"position"},
	"Product":              {"name"},
	"ProductGroup":         {"name", "hasVariant", "productGroupID", "variesBy"},
	"Offer":                {"price", "priceCurrency", "availability", "url"},
	"OnlineStore":          {"name", "url"},
	"WebSite":              {"name", "url"},
	"SearchAction":         {"target", "query-input"},
	"Brand":                {"name"},
	"MerchantReturnPolicy": {"applicableCountry", "returnPolicyCategory"},
	"OfferShippingDetails": {"shippingDestination"},
}

// invalid says what is missing, here or below.
func invalid(v any) string {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if what := invalid(item); what != "" {
				return what
			}
		}
	case map[string]any:
		kind, _ := v["@type"].(string)
		for _, field := range wants[kind] {
			if empty(v[field]) {
				return kind + " has no " + field
			}
		}
		for name, inner := range v {
			if empty(inner) {
				return kind + " has an empty " + name
			}
			if what := invalid(inner); what != "" {
				return what
			}
		}
	}
	return ""
}

func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// said is what JSON-LD says of an offer.
type said struct{ name, price, currency, availability, url string }

// gather finds the offers below v; an offer without an SKU or a name has its product's.
func gather(out map[string]said, v any, sku string) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			gather(out, item, sku)
		}
	case map[string]any:
		if own, ok := v["sku"].(string); ok {
			sku = own
		}
		if v["@type"] == "Offer" {
			str := func(field string) string { s, _ := v[field].(string); return s }
			out[sku] = said{str("name"), str("price"), str("priceCurrency"), str("availability"), str("url")}
			return
		}
		for _, inner := range v {
			gather(out, inner, sku)
		}
	}
}

// named compares the names of a product and of the breadcrumbs with the page; false where the data has neither.
func (l *look) named(top map[string]any) (string, bool) {
	switch top["@type"] {
	case "Product", "ProductGroup":
		name, _ := top["name"].(string)
		if len(l.facts.headings) == 0 {
			return "", false
		}
		if missing := missingWord(text(l.facts.headings[0]), name); missing != "" {
			return fmt.Sprintf("product is called %q, the page's heading says %q", name, missing), true
		}
		return onlyIf(top["url"] != l.address, fmt.Sprintf("product has the address %v", top["url"])), true
	case "ItemList":
		return l.listed(top), true
	case "BreadcrumbList":
		items, _ := top["itemListElement"].([]any)
		last, _ := items[len(items)-1].(map[string]any)
		return onlyIf(last["item"] != l.address, fmt.Sprintf("breadcrumbs end at %v", last["item"])), true
	}
	return "", false
}

// listed says which address of a list the page does not link to.
func (l *look) listed(top map[string]any) string {
	links := map[string]bool{}
	for _, to := range l.facts.links {
		links[l.site.Base(l.edition.Market.Code)+plain(to.href)] = true
	}
	items, _ := top["itemListElement"].([]any)
	for _, item := range items {
		entry, _ := item.(map[string]any)
		if url, _ := entry["url"].(string); !links[url] {
			return "a list names what the page does not link to: " + url
		}
	}
	return ""
}

// missingWord is the first word of some text that other text does not have.
func missingWord(words, in string) string {
	has := map[string]bool{}
	for word := range strings.FieldsFuncSeq(in, apart) {
		has[strings.Trim(word, ",.")] = true
	}
	for word := range strings.FieldsFuncSeq(words, apart) {
		if word = strings.Trim(word, ",."); !has[word] {
			return word
		}
	}
	return ""
}

// apart says what stands between words.
func apart(r rune) bool { return unicode.IsSpace(r) || r == '，' }

// offers compares the form that sells with the data: the same SKUs, prices, levels and names.
func (l *look) offers(product string, data map[string]said) {
	shown := map[string]bool{}
	for _, o := range l.facts.offers {
		sku := plain(o.sku)
		shown[sku] = true
		l.tally.Offers++
		l.note(DataEqual, differs(sku, o.inside, data))
		if l.published.listed != nil {
			l.note(Fed, l.fed(product, sku, data[sku]))
		}
	}
	for sku := range data {
		l.note(DataEqual, onlyIf(!shown[sku], "the page does not offer "+sku))
	}
}

// levels are the availabilities that fit a place's level.
var levels = map[string][]string{
	"none": {"OutOfStock"}, "low": {"LimitedAvailability", "PreOrder"}, "many": {"InStock", "PreOrder"},
}

func differs(sku string, inside []byte, data map[string]said) string {
	d, ok := data[sku]
	if !ok {
		return "the data does not offer " + sku
	}
	price := text(between(inside, `<span class="offer__p"><b>`, `</b>`))
	if !sameAmount(price, d.price) {
		return fmt.Sprintf("%s costs %s in the data and %s on the page", sku, d.price, price)
	}
	level := string(between(inside, `data-level="`, `"`))
	fits := false
	for _, a := range levels[level] {
		fits = fits || d.availability == "https://schema.org/"+a
	}
	if !fits {
		return fmt.Sprintf("%s is %s in the data and %q on the page", sku, d.availability, level)
	}
	words := text(between(inside, `<span class="offer__f">`, `<span class="offer__p">`))
	if missing := missingWord(d.name, words); missing != "" {
		return fmt.Sprintf("%s is called %q, the page does not say %q", sku, d.name, missing)
	}
	return ""
}

func between(raw []byte, from, to string) []byte {
	_, raw, _ = bytes.Cut(raw, []byte(from))
	raw, _, _ = bytes.Cut(raw, []byte(to))
	return raw
}

// sameAmount compares digits: what stands between them hangs on the language. Whole amounts are shown without the cents.
func sameAmount(shown, price string) bool {
	keep := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return r
			}
			return -1
		}, s)
	}
	digits := keep(shown)
	return digits != "" && (digits == keep(price) || digits == keep(strings.TrimSuffix(price, ".00")))
}
