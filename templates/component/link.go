package component

import "github.com/a-h/templ"

// Link is a place to go to and its words.
type Link struct {
	Text string
	Href string
	Lang string // BCP 47 tag of Text, empty where it is the page's own language
	Note string // quiet words behind it, often a count; may be empty
}

// Name is a text that may be in another language than the page: "Château Margaux" in a German shop.
type Name struct {
	Text string
	Lang string // empty where it is the page's own language, or where the name is not in any
}

// langOf is the attribute lang where there is something to say.
func langOf(tag string) templ.Attributes {
	if tag == "" {
		return nil
	}
	return templ.Attributes{"lang": tag}
}
