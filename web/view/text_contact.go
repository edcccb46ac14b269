package view

import "caveau/templates/component"

// Addresses of the house. The top-level domain "example" is reserved (RFC 2606): no letter to the fictional merchant
// reaches anybody.
const (
	mailContact = "contact@caveau.example"
	mailPrivacy = "privacy@caveau.example"
)

// mailAccessibility is where barriers are reported, by language: who reads it answers in it.
var mailAccessibility = map[string]string{
	"fr": "accessibilite@caveau.example",
	"en": "accessibility@caveau.example",
	"de": "barrierefreiheit@caveau.example",
	"it": "accessibilita@caveau.example",
	"es": "accesibilidad@caveau.example",
	"pt": "acessibilidade@caveau.example",
	"nl": "toegankelijkheid@caveau.example",
	"zh": "accessibility-hk@caveau.example",
}

// contactText says how to reach the house.
var contactText = textPage{
	heading: "nav.contact",
	lead:    "text.contact.lead",
	chapters: []textChapter{
		{"write", "text.contact.write_title", []textBlock{textSays("text.contact.write"), textFacts(contactFacts)}},
		{"bottles", "text.contact.bottles_title", []textBlock{textSays("text.contact.bottles")}},
		{"post", "text.contact.post_title", []textBlock{postalAddress, textSays("text.contact.post")}},
	},
}

func contactFacts(w *textWriter) []component.Fact {
	barriers := mailAccessibility[w.p.Locale().Language()]
	return []component.Fact{
		{Term: w.t("text.contact.wine"), Text: mailContact, Href: "mailto:" + mailContact},
		{Term: w.t("text.contact.data"), Text: mailPrivacy, Href: "mailto:" + mailPrivacy},
		{Term: w.t("nav.accessibility"), Text: barriers, Href: "mailto:" + barriers},
	}
}
