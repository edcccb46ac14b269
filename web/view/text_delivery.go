package view

import "caveau/templates/component"

// deliveryText says from where and to where wine is sent. Tariffs are not listed: cost and date depend on the address
// and stand beside the order before it is placed.
var deliveryText = textPage{
	heading: "nav.delivery",
	lead:    "text.delivery.lead",
	chapters: []textChapter{
		{"area", "text.delivery.area_title", []textBlock{
			textFacts(deliveryFacts),
			textSays("text.delivery.area"),
			textOnly(inAmerica, textSays("text.delivery.states")),
			textOnly(inSwiss, textSays("text.delivery.customs")),
			textOnly(sellsInBond, textSays("text.delivery.bond")),
			textSays("text.delivery.elsewhere"),
		}},
		{"cost", "text.delivery.cost_title", []textBlock{textSays("text.delivery.cost", "text.delivery.dispatch")}},
		{"primeur", "nav.primeur", []textBlock{textSays("text.delivery.primeur")}},
		{"receipt", "text.delivery.receipt_title", []textBlock{
			textOnly(not(inAmerica), textSays("text.delivery.adult")),
			textOnly(inAmerica, textSays("text.delivery.signature")),
			textOnly(inHongKong, textSays("text.delivery.declaration")),
			textSays("text.delivery.receipt"),
		}},
	},
}

func deliveryFacts(w *textWriter) []component.Fact {
	return []component.Fact{
		{Term: w.t("text.fact.destination"), Text: w.country(w.m.Country)},
		{Term: w.t("text.fact.warehouse"), Text: w.warehouse()},
	}
}
