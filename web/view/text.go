package view

import (
	"fmt"
	"strings"
	"time"

	"caveau/i18n"
	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/layout"
	"caveau/templates/page"
)

// textsRevised is the day on which the words of the text pages were last changed. A page shows it, so it is moved
// with the words and not by the clock.
var textsRevised = time.Date(2026, time.November, 28, 0, 0, 0, 0, time.UTC)

// textPage is the outline of a page of words. Outlines are data: what is said in which market is read off
// text_delivery.go, text_terms.go and so on, and the words are messages. They are a careful draft with its sources; a
// lawyer of each country confirms them before trade.
type textPage struct {
	heading  string // message keys
	lead     string // may be empty
	chapters []textChapter
}

// textChapter is a heading and what stands below it. A chapter of which a market needs nothing is left out there.
type textChapter struct {
	id      string // fragment, the same in all languages
	heading string // message key
	blocks  []textBlock
}

// textBlock writes a part of a chapter: nothing where the market does not need it.
type textBlock func(w *textWriter) []page.Block

// textOutlines are the pages of words by kind.
var textOutlines = map[route.Kind]textPage{
	route.Delivery:      deliveryText,
	route.Imprint:       imprintText,
	route.Terms:         termsText,
	route.Privacy:       privacyText,
	route.Contact:       contactText,
	route.Accessibility: accessibilityText,
	route.Withdrawal:    withdrawalText,
}

// text fills a page of words for an edition. The frame comes with the edition's notices, which the page repeats where
// it speaks of them. A kind that is no page of words is an error.
func (s *Site) text(_ *catalog.Snapshot, e *market.Edition, kind route.Kind, f layout.Frame) (page.Text, error) {
	outline, ok := textOutlines[kind]
	if !ok {
		return page.Text{}, fmt.Errorf("write text page %q: no such page", kind)
	}
	w := newTextWriter(s.printer(e), e.Market, f.Notices)
	return page.Text{
		Frame:    f,
		Heading:  w.t(outline.heading),
		Lead:     w.lead(outline),
		Updated:  w.p.T("text.updated", "date", w.p.Date(textsRevised)),
		Sections: w.sections(outline.chapters),
	}, nil
}

// textWriter writes outlines for one edition.
type textWriter struct {
	p       *i18n.Printer
	m       *market.Market
	notices layout.Notices
	args    []any // values of all placeholders that text.* messages may have
}

func newTextWriter(p *i18n.Printer, m *market.Market, notices layout.Notices) *textWriter {
	return &textWriter{p: p, m: m, notices: notices, args: []any{
		"age", m.MinAge,
		"keep_years", m.KeepYears,
		"keep_law", m.KeepLaw,
		"currency", string(m.Currency),
		"shop", p.T("site.title"),
		"mail", mailContact,
		"privacy_mail", mailPrivacy,
		"withdraw", p.T("withdrawal.label"),
		"withdraw_confirm", p.T("withdrawal.confirm"),
	}}
}

func (w *textWriter) t(key string) string { return w.p.T(key, w.args...) }

// lead of a page; one may have none.
func (w *textWriter) lead(outline textPage) string {
	if outline.lead == "" {
		return ""
	}
	return w.t(outline.lead)
}

func (w *textWriter) sections(chapters []textChapter) []page.Section {
	var out []page.Section
	for _, c := range chapters {
		if blocks := w.blocks(c.blocks); len(blocks) > 0 {
			out = append(out, page.Section{ID: c.id, Heading: w.t(c.heading), Blocks: blocks})
		}
	}
	return out
}

func (w *textWriter) blocks(parts []textBlock) []page.Block {
	var out []page.Block
	for _, part := range parts {
		out = append(out, part(w)...)
	}
	return out
}

// textSays is one paragraph per key.
func textSays(keys ...string) textBlock {
	return func(w *textWriter) []page.Block {
		out := make([]page.Block, len(keys))
		for i, key := range keys {
			out[i].Text = w.t(key)
		}
		return out
	}
}

// textLists is a list with one entry per key.
func textLists(keys ...string) textBlock {
	return func(w *textWriter) []page.Block {
		entries := make([]string, len(keys))
		for i, key := range keys {
			entries[i] = w.t(key)
		}
		return []page.Block{{List: entries}}
	}
}

// textFacts is a table of terms and what is so; the function leaves out what does not apply.
func textFacts(facts func(w *textWriter) []component.Fact) textBlock {
	return func(w *textWriter) []page.Block { return []page.Block{{Facts: facts(w)}} }
}

// textOnly keeps blocks to the markets of a rule.
func textOnly(rule marketRule, parts ...textBlock) textBlock {
	return func(w *textWriter) []page.Block {
		if !rule(w.m) {
			return nil
		}
		return w.blocks(parts)
	}
}

// textNotices repeats the words that the market's law prescribes, each in its own language. They come from the frame
// so that they stand in the program once.
func textNotices(w *textWriter) []page.Block {
	var out []page.Block
	if w.notices.Health != "" {
		out = append(out, page.Block{Text: w.notices.Health})
	}
	for _, n := range w.notices.Notices {
		out = append(out, page.Block{Text: n.Text, Lang: n.Lang})
	}
	return out
}

// warehouse is the city and the country of the cellar that serves the market.
func (w *textWriter) warehouse() string {
	place, known := textWarehouses[w.m.Warehouse]
	if !known {
		return strings.ToUpper(w.m.Warehouse)
	}
	city, country := w.t(place.city), w.country(place.country)
	if city == country {
		return city
	}
	return w.within(city, country)
}

// within is a city in its country; Chinese goes from the large to the small.
func (w *textWriter) within(city, country string) string {
	if w.p.Locale().Language() == chinese {
		return country + city
	}
	return city + ", " + country
}

// aside is a fact with a remark behind it.
func (w *textWriter) aside(fact, remark string) string {
	if w.p.Locale().Language() == chinese {
		return fact + "（" + remark + "）"
	}
	return fact + " (" + remark + ")"
}

// country is a name as people say it: CLDR's own for Hong Kong is that of its administration.
func (w *textWriter) country(code string) string {
	if code == "HK" {
		return w.t("shop.hong_kong")
	}
	return w.p.Country(code)
}

// textWarehouses says where the warehouses of markets.json are.
var textWarehouses = map[string]struct{ city, country string }{
	"bordeaux":  {"text.city.bordeaux", "FR"},
	"new-york":  {"text.city.new_york", "US"},
	"hong-kong": {"shop.hong_kong", "HK"},
}
