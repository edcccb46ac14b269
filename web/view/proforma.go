package view

import (
	"caveau/store/order"
	"caveau/templates/page"
)

// account is where transfers of a market go.
type account struct {
	bank, number string // what tells the bank and the account
	keys         [2]string
}

// How a country names an account.
var (
	byIBAN    = [2]string{"proforma.bic", "proforma.iban"}
	byRouting = [2]string{"proforma.routing", "proforma.account"}
	byCode    = [2]string{"proforma.bank_code", "proforma.account"}
)

// accounts are demonstration data: the IBANs are those that the register of IBANs prints as examples of their countries, and
// belong to nobody; where there is no such example the digits are zeros.
var accounts = map[string]account{
	"fr": {"XXXXFRPPXXX", "FR14 2004 1010 0505 0001 3M02 606", byIBAN},
	"be": {"XXXXBEBBXXX", "BE68 5390 0754 7034", byIBAN},
	"lu": {"XXXXLULLXXX", "LU28 0019 4006 4475 0000", byIBAN},
	"ch": {"XXXXCHZZXXX", "CH93 0076 2011 6238 5295 7", byIBAN},
	"de": {"XXXXDEFFXXX", "DE89 3704 0044 0532 0130 00", byIBAN},
	"at": {"XXXXATWWXXX", "AT61 1904 3002 3457 3201", byIBAN},
	"uk": {"XXXXGB2LXXX", "GB29 NWBK 6016 1331 9268 19", byIBAN},
	"ie": {"XXXXIE2DXXX", "IE29 AIBK 9311 5212 3456 78", byIBAN},
	"it": {"XXXXITMMXXX", "IT60 X054 2811 1010 0000 0123 456", byIBAN},
	"es": {"XXXXESMMXXX", "ES91 2100 0418 4502 0005 1332", byIBAN},
	"pt": {"XXXXPTPLXXX", "PT50 0002 0123 1234 5678 9015 4", byIBAN},
	"nl": {"XXXXNL2AXXX", "NL91 ABNA 0417 1643 00", byIBAN},
	"us": {"000000000", "0000000000", byRouting},
	"hk": {"000", "000-000000-000", byCode},
}

// proForma is the paper that a bank transfer is made by: to whom, how much, with what reference, until when.
// i18n:prefix proforma.
func (d *desk) proForma(o order.Order) *page.ProForma {
	a := accounts[d.Market.Code]
	row := func(key, value string) page.Total { return page.Total{Label: d.p.T(key), Value: value} }
	return &page.ProForma{
		Heading: d.p.T("proforma.title", "number", o.Number), Demo: d.p.T("proforma.demo"),
		Facts: []page.Total{
			row("proforma.holder", d.p.T("site.title")), row(a.keys[1], a.number), row(a.keys[0], a.bank),
			row("proforma.amount", d.p.Money(o.Sums.Total.Minor, string(o.Sums.Total.Currency))), row("proforma.reference", string(o.Number)),
			row("proforma.until", d.day(o.Expires)),
		},
	}
}
