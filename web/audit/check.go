package audit

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/valyala/fasthttp"

	"caveau/store/market"
	"caveau/store/route"
)

// Lengths that search engines show whole or nearly so, in characters; Chinese signs are twice as wide.
const (
	longestTitle        = 75
	shortestTitle       = 5
	longestDescription  = 200
	shortestDescription = 50
	shortestChinese     = 25
)

// look is one page.
type look struct {
	*visitor
	edition *market.Edition
	node    *route.Node
	number  int
	address string
	set     uint64 // of its alternates
}

// at looks; false where there is no page to look at, or one that is not to be listed.
func (l *look) at() bool {
	path := strings.TrimPrefix(l.address, l.site.Base(l.edition.Market.Code))
	status, err := l.get(l.edition, path)
	if err != nil || status != fasthttp.StatusOK {
		l.note(Status, fmt.Sprintf("status %d %v", status, err))
		return false
	}
	l.facts.read(l.body.Bytes())
	f := &l.facts
	if strings.Contains(string(f.robots), "noindex") {
		l.note(Canonical, onlyIf(len(f.canonicals)+len(f.alternates) > 0, "it is noindex and has a canonical or alternates"))
		return false
	}
	l.tally.Pages++
	l.note(Status, "")
	l.note(Canonical, l.canonical())
	l.note(Hreflang, l.hreflang())
	if l.number == 1 && l.published.listed != nil {
		l.note(Mapped, l.mapped())
	}
	l.note(Language, onlyIf(string(f.lang) != l.edition.Locale.Tag(), "lang is "+string(f.lang)))
	l.note(Heading, l.heading())
	l.note(Links, l.broken())
	l.words()
	l.data()
	return true
}

func (l *look) note(c Check, what string) { l.tally.note(c, l.address, what) }

func onlyIf(bad bool, what string) string {
	if bad {
		return what
	}
	return ""
}

func (l *look) canonical() string {
	switch all := l.facts.canonicals; {
	case len(all) != 1:
		return fmt.Sprintf("%d canonicals", len(all))
	case plain(all[0]) != l.address:
		return "canonical is " + plain(all[0])
	}
	return ""
}

// xDefault is the market whose page is for those whom no other fits.
const xDefault = "uk"

// hreflang compares the links with what the URL table says, in the order of the editions.
func (l *look) hreflang() string {
	all := l.facts.alternates
	var whole []byte
	for _, a := range all {
		whole = append(append(append(append(whole, a.hreflang...), ' '), a.href...), '\n')
	}
	l.set = hash(string(whole))
	i, fallback := 0, ""
	for _, e := range l.site.Editions {
		want := l.site.address(e, l.node, l.number)
		if want == "" {
			continue
		}
		if e.Market.Code == xDefault && fallback == "" {
			fallback = want
		}
		if i == len(all) || string(all[i].hreflang) != e.Locale.Tag() || plain(all[i].href) != want {
			return "is missing or wrong: " + e.Locale.Tag() + " " + want
		}
		i++
	}
	if fallback != "" {
		if i == len(all) || string(all[i].hreflang) != "x-default" || plain(all[i].href) != fallback {
			return "is missing or wrong: x-default " + fallback
		}
		i++
	}
	return onlyIf(i != len(all), fmt.Sprintf("%d links too many", len(all)-i))
}

func (l *look) heading() string {
	if len(l.facts.headings) != 1 {
		return fmt.Sprintf("%d h1", len(l.facts.headings))
	}
	return onlyIf(text(l.facts.headings[0]) == "", "h1 is empty")
}

// words are title and description.
func (l *look) words() {
	if len(l.facts.titles) != 1 {
		l.note(Title, fmt.Sprintf("%d titles", len(l.facts.titles)))
		return
	}
	title, description := text(l.facts.titles[0]), text(l.facts.description)
	l.note(Title, l.length(title, shortestTitle, longestTitle))
	least := shortestDescription
	if l.edition.Locale.Language() == "zh" {
		least = shortestChinese
	}
	l.note(Describe, l.length(description, least, longestDescription))
	l.mu.Lock()
	other, another := l.claim(l.titles, title), l.claim(l.descriptions, description)
	l.mu.Unlock()
	l.note(TitleOwn, onlyIf(other != "", fmt.Sprintf("%q is also that of %s", title, other)))
	l.note(DescribeOwn, onlyIf(another != "", fmt.Sprintf("%q is also that of %s", description, another)))
}

func (l *look) length(words string, least, most int) string {
	n := utf8.RuneCountInString(words)
	return onlyIf(n < least || n > most, fmt.Sprintf("%d characters: %q", n, words))
}

// claim says which page of the edition has the words already.
func (l *look) claim(all []map[uint64]string, words string) string {
	key := hash(words)
	if other := all[l.edition.Index][key]; other != "" {
		return other
	}
	all[l.edition.Index][key] = l.address
	return ""
}
