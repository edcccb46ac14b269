package view

import (
	"slices"
	"time"

	"caveau/store/order"
	"caveau/templates/page"
)

// CameBack says how a visitor came to an order's page, where that changes what it says. It says nothing of the order: that is in
// the database.
type CameBack string

// How visitors come.
const (
	CamePaid     CameBack = "paid"   // the provider says that they are done
	CameUnpaid   CameBack = "unpaid" // they left the provider's page
	ProviderAway CameBack = "away"   // they could not be sent there
	TooLate      CameBack = "late"   // the bottles are not held for another try
)

// What the buttons of an order that waits for money ask for.
const (
	PayNow        = "pay"
	PayByTransfer = "transfer"
	PayByCard     = "card"
	GiveUp        = "giveup"
)

// methods are the ways to pay.
func (d *desk) methods(f Form) page.FieldGroup {
	g := page.FieldGroup{Heading: d.p.T("checkout.payment")}
	transfer := d.p.T("checkout.transfer", "date", d.day(d.site.now().Add(order.Transfer.Hold())))
	if !f.Cards {
		g.Text = transfer
		return g
	}
	minutes := int(order.Redirect.Hold().Minutes())
	g.Choices = []page.Choice{
		{Name: "method", Value: string(order.Redirect), Label: d.p.T("checkout.by_card"), Text: d.p.T("checkout.card", "minutes", minutes), Checked: f.Method == order.Redirect},
		{Name: "method", Value: string(order.Transfer), Label: d.p.T("checkout.by_transfer"), Text: transfer, Checked: f.Method != order.Redirect},
	}
	return g
}

// pay is what a page says and offers of an order that waits for money; nil when it does not.
func (d *desk) pay(o OrderSeen) *page.OrderPay {
	access, back := o.Access, o.Back
	if o.State != order.Awaiting {
		return nil
	}
	out := &page.OrderPay{Heading: d.p.T("status.payment"), Action: d.shell().cart + "/" + CartOrder + "?" + access.Encode()}
	total := d.p.Money(o.Sums.Total.Minor, string(o.Sums.Total.Currency))
	if o.Method == order.Transfer {
		out.Notes = []string{d.p.T("status.pay", "amount", total, "date", d.day(o.Expires), "number", o.Number)}
		out.ProForma = d.proForma(o.Order)
		if o.Cards {
			out.Buttons = []page.OrderButton{{Do: PayByCard, Text: d.p.T("status.by_card")}}
		}
		return out
	}
	out.Say = d.cameBack(back)
	out.Waiting = back == CamePaid
	if held := d.heldUntil(o.Order); held != "" {
		out.Notes = append(out.Notes, held)
	}
	out.Buttons = []page.OrderButton{
		{Do: PayNow, Text: d.p.T("status.pay_now", "amount", total), Main: true},
		{Do: PayByTransfer, Text: d.p.T("status.by_transfer")}, {Do: GiveUp, Text: d.p.T("status.give_up")},
	}
	switch {
	case out.Waiting:
		out.Buttons = nil // the money is on its way: nothing to press
	case back == TooLate:
		out.Buttons = out.Buttons[1:]
	}
	return out
}

func (d *desk) cameBack(back CameBack) string {
	switch back {
	case CamePaid:
		return d.p.T("status.waiting")
	case ProviderAway:
		return d.p.T("status.away")
	case TooLate:
		return d.p.T("status.late")
	case CameUnpaid:
		return d.p.T("status.unpaid")
	default:
		return d.p.T("status.card")
	}
}

// heldUntil is said only where others would take the bottles: when no more of one of the wines is left. Whoever buys
// what there is enough of is not hurried.
func (d *desk) heldUntil(o order.Order) string {
	last := slices.ContainsFunc(o.Goods, func(r order.Reservation) bool { return r.Goods == order.Held && r.Left == 0 })
	if !last {
		return ""
	}
	return d.p.T("status.held", "time", o.Expires.In(d.Market.Zone).Format("15:04"))
}

// reloadAfter is how soon a page that waits for the provider's word looks again: soon at first, and then less and less.
func reloadAfter(waited time.Duration) int {
	switch {
	case waited < 2*time.Minute:
		return 5
	case waited < 10*time.Minute:
		return 20
	default:
		return 60
	}
}
