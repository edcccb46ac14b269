package view

import "caveau/templates/component"

// accessibilityText is the statement of Directive (EU) 2019/882, annex V. It claims what the project's own tests show
// and names what they cannot.
var accessibilityText = textPage{
	heading: "nav.accessibility",
	lead:    "text.accessibility.lead",
	chapters: []textChapter{
		{"goal", "text.accessibility.goal_title", []textBlock{textSays("text.accessibility.goal")}},
		{"built", "text.accessibility.built_title", []textBlock{textLists(
			"text.accessibility.keyboard", "text.accessibility.script", "text.accessibility.contrast",
			"text.accessibility.names", "text.accessibility.stock",
		)}},
		{"tests", "text.accessibility.tests_title", []textBlock{textSays("text.accessibility.tests", "text.accessibility.limits")}},
		{"feedback", "text.accessibility.feedback_title", []textBlock{
			textSays("text.accessibility.feedback"),
			textFacts(feedbackFacts),
			textOnly(inUnion, textSays("text.accessibility.authority")),
		}},
	},
}

func feedbackFacts(w *textWriter) []component.Fact {
	mail := mailAccessibility[w.p.Locale().Language()]
	return []component.Fact{{Term: w.t("text.fact.mail"), Text: mail, Href: "mailto:" + mail}}
}
