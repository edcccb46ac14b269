package view

import (
	"caveau/templates/component"
	"caveau/templates/page"
)

// termsText is the conditions of sale. Facts about the law come from:
//
//   - withdrawal in the European Union: Directive 2011/83/EU, articles 9 to 16 (11a: the function of every page, by Directive (EU) 2023/2673); its annex I (B) is the model form,
//     in each language's own version; article 16 (g) is the exception for wine en primeur;
//   - the same in the United Kingdom: Consumer Contracts (Information, Cancellation and Additional Charges) Regulations
//     2013, regulations 28 to 38;
//   - Switzerland, the United States and Hong Kong give no such right for purchases online: the house's own promise;
//   - words of the button that orders: article 8 (2) of the directive, and § 312j (3) BGB;
//   - price per litre: Directive 98/6/EC; lowest price of 30 days: its article 6a;
//   - ingredients and nutrition of wine: Regulation (EU) 2021/2117; sulphites: Regulation (EU) No 1169/2011, annex II;
//   - minors in France: Code de la santé publique, article L. 3342-1; in Hong Kong: chapter 109B.
var termsText = textPage{
	heading: "nav.terms",
	lead:    "text.terms.lead",
	chapters: []textChapter{
		{"scope", "text.terms.scope_title", []textBlock{
			textSays("text.terms.scope"), textFacts(saleFacts), textSays("text.terms.demo"),
		}},
		{"age", "text.terms.age_title", []textBlock{
			textSays("text.terms.age"),
			textOnly(inMarkets("fr"), textSays("text.terms.minors_fr")),
			textOnly(inAmerica, textSays("text.delivery.signature")),
			textOnly(inHongKong, textSays("text.delivery.declaration")),
			textNotices,
		}},
		{"wine", "text.terms.wine_title", []textBlock{
			textSays("text.terms.wine", "text.terms.old", "text.terms.sulphites"),
			textOnly(hasNotice("e-label"), textSays("text.terms.label")),
		}},
		{"price", "text.terms.price_title", []textBlock{
			textOnly(taxed, textSays("text.terms.price_vat")),
			textOnly(inAmerica, textSays("text.terms.price_us")),
			textOnly(inHongKong, textSays("text.terms.price_hk")),
			textOnly(rounded, textSays("text.terms.rounding")),
			textOnly(hasNotice("unit-price-litre"), textSays("text.terms.litre")),
			textOnly(hasNotice("omnibus"), textSays("text.terms.lowest")),
			textOnly(sellsInBond, textSays("text.terms.bond")),
			textSays("text.terms.primeur"),
		}},
		{"order", "text.terms.order_title", []textBlock{
			textSays("text.terms.stock"),
			textOnly(withdrawable, textSays("text.terms.button")),
			textSays("text.terms.contract", "text.terms.payment"),
		}},
		{"withdrawal", "text.terms.withdrawal_title", []textBlock{
			textOnly(inUnion, textSays("text.terms.withdrawal_eu", "text.terms.function")),
			textOnly(inBritain, textSays("text.terms.withdrawal_uk")),
			textOnly(withdrawable, textSays("text.terms.statement", "text.terms.refund", "text.terms.exception")),
			textOnly(inSwiss, textSays("text.terms.withdrawal_ch")),
			textOnly(inAmerica, textSays("text.terms.withdrawal_us")),
			textOnly(inHongKong, textSays("text.terms.withdrawal_hk")),
		}},
		{"form", "text.terms.form_title", []textBlock{textOnly(withdrawable, withdrawalForm)}},
		{"faults", "text.terms.faults_title", []textBlock{
			textSays("text.terms.faults"),
			textOnly(inUnion, textSays("text.terms.guarantee")),
			textOnly(inAmerica, textSays("text.terms.law_us")),
			textOnly(inHongKong, textSays("text.terms.law_hk")),
			textOnly(not(either(inAmerica, inHongKong)), textSays("text.terms.law")),
		}},
	},
}

// saleFacts are what differs from shop to shop, as figures rather than in a sentence.
func saleFacts(w *textWriter) []component.Fact {
	prices := w.t("offer.excl_sales_tax")
	if w.m.Basis == "incl" {
		prices = w.t("offer.incl_vat")
	}
	facts := []component.Fact{
		{Term: w.t("text.fact.destination"), Text: w.country(w.m.Country)},
		{Term: w.t("text.fact.currency"), Text: string(w.m.Currency)},
		{Term: w.t("text.fact.prices"), Text: prices},
	}
	if taxed(w.m) {
		facts = append(facts, component.Fact{Term: w.t("text.fact.vat"), Text: w.p.Percent(w.m.VAT, 1)})
	}
	return append(facts,
		component.Fact{Term: w.t("text.fact.warehouse"), Text: w.warehouse()},
		component.Fact{Term: w.t("text.fact.age"), Text: w.t("text.age")},
	)
}

// withdrawalForm is the model form of annex I (B) of Directive 2011/83/EU, which the British regulations share.
func withdrawalForm(w *textWriter) []page.Block {
	intro := textSays("text.terms.form")
	form := textLists(
		"text.terms.form_to", "text.terms.form_notice", "text.terms.form_dates",
		"text.terms.form_name", "text.terms.form_address", "text.terms.form_signature",
	)
	return w.blocks([]textBlock{intro, form, textSays("text.terms.form_delete")})
}
