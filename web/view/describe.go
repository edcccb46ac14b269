package view

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"caveau/store/catalog"
)

// Lengths that search engines show, in characters.
const (
	titleLength       = 65
	longestTitle      = 75 // of names that are long
	descriptionLength = 160
	shortDescription  = 70
)

// title is "Château Margaux 1990 – Margaux | Caveau"; where there is no room for all of it the shop's name
// goes first and then the place, and a page number always stays. A name that is longer than all that loses words
// in its middle: producer and year say which page it is.
func (d *desk) title(h head) string {
	number := ""
	if h.number > 1 {
		number = " – " + d.p.T("pager.page", "page", h.number)
	}
	full, brand := h.title, " | "+d.p.T("site.title")
	if h.place != "" {
		full += " – " + h.place
	}
	for _, candidate := range []string{full + number + brand, full + number, h.title + number + brand, h.title + number} {
		if utf8.RuneCountInString(candidate) <= titleLength {
			return candidate
		}
	}
	name := h.title
	if h.short != "" {
		name = h.short
	}
	return abridged(name, longestTitle-utf8.RuneCountInString(number)) + number
}

// abridged leaves out words before the last one until the rest has so many characters.
func abridged(title string, most int) string {
	words := strings.Fields(title)
	for n := len(words) - 1; utf8.RuneCountInString(title) > most && n > 1; n-- {
		title = strings.Join(words[:n-1], " ") + " … " + words[len(words)-1]
	}
	return title
}

// description joins clauses for as long as they fit, and says what every page of the shop offers where
// they are too few.
func (d *desk) description(h head) string {
	var kept []string
	length := 0
	add := func(clause string) {
		n := utf8.RuneCountInString(clause) + 2
		if clause == "" || length+n > descriptionLength && len(kept) > 0 {
			return
		}
		kept, length = append(kept, clause), length+n
	}
	if h.number > 1 {
		add(sentence(d.p.T("pager.page", "page", h.number)))
	}
	for _, clause := range h.description {
		add(clause)
	}
	if length < shortDescription {
		add(d.p.T("about.live"))
	}
	if length < shortDescription {
		add(d.p.T("about.shop", "market", d.shops[d.Market.Index].name))
	}
	return d.sentences(kept)
}

// sentences of clauses.
func (ed *edition) sentences(clauses []string) string {
	stop, join := ". ", "."
	if ed.language == chinese {
		stop, join = "。", "。"
	}
	kept := make([]string, 0, len(clauses))
	for _, c := range clauses {
		if c != "" {
			kept = append(kept, strings.TrimRight(sentence(c), ".。"))
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return strings.Join(kept, stop) + join
}

// sentence begins with a capital.
func sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 || !unicode.IsLower(first) {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// kind is what the wine is: "Sweet white wine".
func (ed *edition) kind(w *catalog.Wine) string {
	return ed.p.T("kind." + string(w.Colour) + "_" + string(w.Style)) // i18n:prefix kind.
}

// about is what is known of a wine, clause by clause, the most telling first.
func (d *desk) about(w *catalog.Wine) []string {
	out := []string{d.p.T("about.origin", "wine", d.kind(w), "place", d.origin(w.Appellation, w.Region))}
	if w.Classification != "" {
		out = append(out, d.p.T("about.classification", "name", w.Classification))
	}
	if n := len(w.Grapes); n > 0 {
		out = append(out, d.p.N("about.grapes", n, "list", d.p.List(w.Grapes)))
	}
	return out
}

// aboutVintage adds what the year adds.
func (d *desk) aboutVintage(v *catalog.Vintage) []string {
	out := d.about(v.Wine)
	if harvest := d.aboutHarvest(v.Wine.Region, v.Year); harvest != "" {
		out = append(out, harvest)
	}
	if v.Window.Known() {
		out = append(out, sentence(d.stateWord(v.Window))+d.comma()+years(v.Window.From, v.Window.To))
	}
	return out
}

// aboutHarvest is "Bordeaux 1990: great vintage"; empty where nobody rated it.
func (d *desk) aboutHarvest(r *catalog.Region, year int) string {
	if year == 0 {
		return ""
	}
	rating, of := d.snap.Harvest(r, year)
	if rating == 0 {
		return ""
	}
	return d.p.T("about.harvest", "place", d.regionName(of).Text, "year", year, "rating", d.rating(rating))
}

// count of the wines of a list.
func (d *desk) count(n int) string { return d.p.N("count.wines", n) }

// span of years: "Vintages 1945 to 2023".
func (d *desk) span(years []yearCount) string {
	switch len(years) {
	case 0:
		return ""
	case 1:
		return d.p.T("about.year", "year", years[0].year)
	default:
		return d.p.T("about.years", "from", years[len(years)-1].year, "to", years[0].year)
	}
}
