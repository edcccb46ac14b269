package view

import (
	"caveau/i18n"
	"caveau/templates/component"
	"caveau/templates/page"
)

// privacyText says which data are kept, for what and how long; its table of cookies is Cookies. Sources: Regulation (EU)
// 2016/679, articles 13 and 15 to 21; the UK GDPR; the Swiss federal act on data protection of 25 September 2020; Hong
// Kong's Personal Data (Privacy) Ordinance, chapter 486; invoices: each market's KeepLaw. What it says is done by Customers.Erase and
// Orders.Forget (store/mysql).
var privacyText = textPage{
	heading: "nav.privacy",
	lead:    "text.privacy.lead",
	chapters: []textChapter{
		{"controller", "text.privacy.controller_title", []textBlock{textSays("text.privacy.controller")}},
		{"visit", "text.privacy.visit_title", []textBlock{textSays("text.privacy.visit", "text.privacy.logs")}},
		{"cookies", "text.privacy.cookies_title", []textBlock{textSays("text.privacy.cookies"), cookieTable}},
		{"order", "text.privacy.order_title", []textBlock{
			textSays("text.privacy.cart", "text.privacy.order"),
			textOnly(inUnion, textSays("text.privacy.withdrawal")),
			textSays("text.privacy.mail", "text.privacy.account", "text.privacy.alerts"),
		}},
		{"recipients", "text.privacy.recipients_title", []textBlock{
			textSays("text.privacy.recipients"),
			textOnly(not(inUnion), textSays("text.privacy.abroad")),
		}},
		{"rights", "text.privacy.rights_title", []textBlock{
			textOnly(inUnion, textSays("text.privacy.rights_eu")),
			textOnly(inBritain, textSays("text.privacy.rights_uk")),
			textOnly(inSwiss, textSays("text.privacy.rights_ch")),
			textOnly(inAmerica, textSays("text.privacy.rights_us")),
			textOnly(inHongKong, textSays("text.privacy.rights_hk")),
			supervision,
		}},
	},
}

// supervision names the authority to complain to. The United States have none of that kind.
func supervision(w *textWriter) []page.Block {
	name, ok := authorities[w.p.Locale()]
	if !ok {
		return nil
	}
	return []page.Block{{Facts: []component.Fact{{Term: w.t("text.privacy.authority"), Text: name}}}}
}

// authorities that supervise data protection, by the name they give themselves in the locale's language.
var authorities = map[i18n.Locale]string{
	"fr-FR":      "Commission nationale de l’informatique et des libertés (CNIL)",
	"fr-BE":      "Autorité de protection des données (APD)",
	"nl-BE":      "Gegevensbeschermingsautoriteit (GBA)",
	"fr-LU":      "Commission nationale pour la protection des données (CNPD)",
	"de-CH":      "Eidgenössischer Datenschutz- und Öffentlichkeitsbeauftragter (EDÖB)",
	"fr-CH":      "Préposé fédéral à la protection des données et à la transparence (PFPDT)",
	"de-DE":      "Aufsichtsbehörde Ihres Bundeslandes",
	"de-AT":      "Österreichische Datenschutzbehörde (DSB)",
	"en-GB":      "Information Commissioner’s Office (ICO)",
	"en-IE":      "Data Protection Commission (DPC)",
	"it-IT":      "Garante per la protezione dei dati personali",
	"es-ES":      "Agencia Española de Protección de Datos (AEPD)",
	"pt-PT":      "Comissão Nacional de Proteção de Dados (CNPD)",
	"nl-NL":      "Autoriteit Persoonsgegevens (AP)",
	"zh-Hant-HK": "個人資料私隱專員公署",
	"en-HK":      "Office of the Privacy Commissioner for Personal Data (PCPD)",
}
