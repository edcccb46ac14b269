package view

// withdrawalText is what stands on the page of withdrawals where the law of the Union does not hold: the right to cancel of the United
// Kingdom with its model form, and what the house promises where no law gives a right. Sources are those of text_terms.go.
var withdrawalText = textPage{
	heading: "text.terms.withdrawal_title",
	chapters: []textChapter{
		{"right", "text.terms.withdrawal_title", []textBlock{
			textOnly(inBritain, textSays("text.terms.withdrawal_uk", "text.terms.statement", "text.terms.refund", "text.terms.exception")),
			textOnly(inSwiss, textSays("text.terms.withdrawal_ch")),
			textOnly(inAmerica, textSays("text.terms.withdrawal_us")),
			textOnly(inHongKong, textSays("text.terms.withdrawal_hk")),
		}},
		{"form", "text.terms.form_title", []textBlock{textOnly(inBritain, withdrawalForm)}},
		{"faults", "text.terms.faults_title", []textBlock{textSays("text.terms.faults")}},
	},
}
