package audit

import (
	"bytes"
	"html"
	"strings"
)

// facts are what a page says of itself. The slices are parts of the page's own bytes, as they stand in it (raw: unescaped by text).
type facts struct {
	lang        []byte
	titles      [][]byte
	description []byte
	robots      []byte
	canonicals  [][]byte
	alternates  []alternate
	headings    [][]byte // the insides of h1
	scripts     [][]byte // JSON-LD
	links       []link
	offers      []offer
	next        bool // a list that goes on
}

type alternate struct{ hreflang, href []byte }

type link struct{ element, href []byte }

// offer is one row of the form that sells.
type offer struct{ sku, inside []byte }

// reset keeps the room.
func (f *facts) reset() {
	*f = facts{
		titles: f.titles[:0], canonicals: f.canonicals[:0], alternates: f.alternates[:0], headings: f.headings[:0],
		scripts: f.scripts[:0], links: f.links[:0], offers: f.offers[:0],
	}
}

// read fills the facts from a page.
func (f *facts) read(page []byte) {
	f.reset()
	for {
		at := bytes.IndexByte(page, '<')
		if at < 0 || at+1 == len(page) {
			return
		}
		page = page[at+1:]
		switch page[0] {
		case '/':
			continue
		case '!':
			page = afterMarkup(page)
			continue
		}
		name, attributes, rest, ok := tag(page)
		if !ok {
			return
		}
		page = f.element(name, attributes, rest)
	}
}

// afterMarkup is what follows a comment or a doctype.
func afterMarkup(page []byte) []byte {
	end := ">"
	if bytes.HasPrefix(page, []byte("!--")) {
		end = "-->"
	}
	_, rest, _ := bytes.Cut(page, []byte(end))
	return rest
}

// tag splits an opening tag. A > within quotes does not end it.
func tag(page []byte) (name, attributes, rest []byte, ok bool) {
	end := 0
	for {
		at := bytes.IndexByte(page[end:], '>')
		if at < 0 {
			return nil, nil, nil, false
		}
		end += at
		if bytes.Count(page[:end], []byte{'"'})%2 == 0 {
			break
		}
		end++
	}
	name, attributes, _ = bytes.Cut(page[:end], []byte{' '})
	return name, attributes, page[end+1:], true
}

// element notes what it says and returns where to go on.
func (f *facts) element(name, attributes, rest []byte) []byte {
	switch string(name) {
	case "html":
		f.lang = attribute(attributes, "lang")
	case "title":
		inside, after, _ := bytes.Cut(rest, []byte("</title>"))
		f.titles = append(f.titles, inside)
		return after
	case "meta":
		f.meta(attributes)
	case "link":
		f.link(attributes)
	case "h1":
		inside, _, _ := bytes.Cut(rest, []byte("</h1>"))
		f.headings = append(f.headings, inside)
	case "script":
		inside, after, _ := bytes.Cut(rest, []byte("</script>"))
		if bytes.Equal(attribute(attributes, "type"), []byte("application/ld+json")) {
			f.scripts = append(f.scripts, inside)
		} else if src := attribute(attributes, "src"); src != nil {
			f.links = append(f.links, link{name, src})
		}
		return after
	case "a":
		f.anchor(name, attributes)
	case "form":
		if action := attribute(attributes, "action"); action != nil {
			f.links = append(f.links, link{name, action})
		}
	case "img":
		if src := attribute(attributes, "src"); src != nil {
			f.links = append(f.links, link{name, src})
		}
	case "label":
		if sku := attribute(attributes, "data-sku"); sku != nil {
			inside, _, _ := bytes.Cut(rest, []byte("</label>"))
			f.offers = append(f.offers, offer{sku, inside})
		}
	}
	return rest
}

func (f *facts) meta(attributes []byte) {
	switch string(attribute(attributes, "name")) {
	case "description":
		f.description = attribute(attributes, "content")
	case "robots":
		f.robots = attribute(attributes, "content")
	}
}

func (f *facts) link(attributes []byte) {
	href := attribute(attributes, "href")
	switch string(attribute(attributes, "rel")) {
	case "canonical":
		f.canonicals = append(f.canonicals, href)
	case "alternate":
		if lang := attribute(attributes, "hreflang"); lang != nil {
			f.alternates = append(f.alternates, alternate{lang, href})
		}
	default:
		f.links = append(f.links, link{[]byte("link"), href})
	}
}

func (f *facts) anchor(name, attributes []byte) {
	href := attribute(attributes, "href")
	if href == nil {
		return
	}
	f.links = append(f.links, link{name, href})
	if bytes.Equal(attribute(attributes, "rel"), []byte("next")) {
		f.next = true
	}
}

// attribute by name; nil where the tag has none.
func attribute(attributes []byte, name string) []byte {
	for len(attributes) > 0 {
		at := bytes.Index(attributes, []byte(name))
		if at < 0 {
			return nil
		}
		whole := at == 0 || attributes[at-1] == ' ' || attributes[at-1] == '\n'
		if value, ok := bytes.CutPrefix(attributes[at+len(name):], []byte(`="`)); ok && whole {
			value, _, _ = bytes.Cut(value, []byte{'"'})
			return value
		}
		attributes = attributes[at+len(name):]
	}
	return nil
}

// text of raw bytes: without tags, unescaped, its blanks single.
func text(raw []byte) string {
	if bytes.IndexByte(raw, '<') >= 0 {
		var b []byte
		for {
			before, rest, more := bytes.Cut(raw, []byte{'<'})
			b = append(append(b, before...), ' ')
			if !more {
				break
			}
			_, raw, _ = bytes.Cut(rest, []byte{'>'})
		}
		raw = b
	}
	return strings.Join(strings.Fields(plain(raw)), " ")
}

// plain is an attribute's value.
func plain(raw []byte) string {
	if bytes.IndexByte(raw, '&') < 0 {
		return string(raw)
	}
	return html.UnescapeString(string(raw))
}
