package view

import (
	"caveau/templates/component"
	"caveau/templates/page"
)

// imprintText says who runs the shop. The merchant is fictional: where a register or a licence would be named the page
// says "demonstration data", for a number that is made up may be somebody's.
var imprintText = textPage{
	heading: "nav.imprint",
	lead:    "text.imprint.lead",
	chapters: []textChapter{
		{"company", "text.imprint.company_title", []textBlock{textFacts(companyFacts), textSays("text.imprint.demo")}},
		{"licence", "text.imprint.licence_title", []textBlock{
			textOnly(inHongKong, textSays("text.imprint.licence_hk"), textNotices),
			textOnly(not(inHongKong), textSays("text.imprint.licence")),
			textOnly(not(inHongKong), textNotices),
		}},
		{"mediation", "text.imprint.mediation_title", []textBlock{textOnly(withdrawable, textSays("text.imprint.mediation"))}},
		{"rights", "text.imprint.rights_title", []textBlock{textSays("text.imprint.rights")}},
	},
}

func companyFacts(w *textWriter) []component.Fact {
	demo := w.t("text.demo")
	return []component.Fact{
		{Term: w.t("text.imprint.name"), Text: w.aside(w.t("site.title"), demo)},
		{Term: w.t("text.imprint.form"), Text: demo},
		{Term: w.t("text.imprint.seat"), Text: w.aside(w.within(w.t("text.city.bordeaux"), w.p.Country("FR")), demo)},
		{Term: w.t("text.imprint.director"), Text: demo},
		{Term: w.t("text.imprint.register"), Text: demo},
		{Term: w.t("text.imprint.tax"), Text: demo},
		{Term: w.t("text.fact.mail"), Text: mailContact, Href: "mailto:" + mailContact},
		{Term: w.t("text.imprint.telephone"), Text: demo},
		{Term: w.t("text.imprint.host"), Text: demo},
	}
}

// postalAddress is where letters go.
func postalAddress(w *textWriter) []page.Block {
	return []page.Block{{Lines: []string{
		w.t("site.title"),
		w.t("text.contact.street"),
		"33000 Bordeaux",
		w.p.Country("FR"),
	}}}
}
