package view

import (
	"caveau/store/alert"
	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/live"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// AlertAsked is the last part of the path of the page that every asking leads to, whatever came of it.
const AlertAsked = "asked"

// alertBox of a vintage: any format or one, back in stock or at a price.
func (d *desk) alertBox(v *catalog.Vintage, offers []offer) component.Alert {
	out := component.Alert{
		Action: d.shell().alerts, Of: alert.Subject{Wine: v.Wine.Code, Year: v.Year}.Key(), Summary: d.p.T("alert.summary"),
		Always: len(offers) == 0, Stock: live.Stock(slots(offers)), Format: d.p.T("alert.format"), Below: d.atMost(), Hint: d.p.T("alert.hint"),
		Email: d.p.T("checkout.email"), Button: d.p.T("alert.ask"), Note: d.p.T("alert.note"),
	}
	if len(offers) == 0 {
		return out
	}
	out.Formats = append(out.Formats, component.AlertFormat{Text: d.p.T("alert.any")})
	for _, o := range offers {
		out.Formats = append(out.Formats, component.AlertFormat{SKU: o.sku.Code, Text: d.shortFormat(o.sku)})
	}
	return out
}

// nextBox of a wine: its next vintage.
func (d *desk) nextBox(w *catalog.Wine) component.Alert {
	return component.Alert{
		Action: d.shell().alerts, Of: alert.Subject{Wine: w.Code, Year: alert.AnyYear}.Key(), Summary: d.p.T("alert.summary_next"),
		Stock: everything(d, w), Email: d.p.T("checkout.email"), Button: d.p.T("alert.ask"), Note: d.p.T("alert.note"),
	}
}

// everything that the market sells of a wine.
func everything(d *desk, w *catalog.Wine) live.Stock {
	var out live.Stock
	for _, v := range w.Vintages {
		out = append(out, slots(d.offers(v))...)
	}
	return out
}

func (d *desk) atMost() string { return d.p.T("alert.below", "currency", d.currency()) }

// shortFormat tells the SKUs of a vintage apart: "Magnum × 6, original wooden case".
func (ed *edition) shortFormat(sku *catalog.SKU) string {
	words := ed.format(sku)
	if more := pack(sku); more != "" {
		words += " " + more
	}
	if kind := ed.packaging(sku); kind != "" {
		words += ed.comma() + kind
	}
	return words
}

// AlertForm is what a visitor entered in the box of a wine.
type AlertForm struct {
	Of, SKU, Below, Email string
}

// Alerts is the page of alerts. form is nil where nothing is to be mended.
func (s *Site) Alerts(snap *catalog.Snapshot, e *market.Edition, form *AlertForm, problems []Problem) templ.Component {
	d := s.alertDesk(snap, e)
	out := d.alertPage("alert.page")
	if form == nil {
		out.Lead = d.p.T("alert.about")
		return out.View()
	}
	out.ProblemsHead = d.p.T("checkout.errors")
	wrong := map[string]bool{}
	for _, p := range problems {
		wrong[p.Field] = true
		out.Problems = append(out.Problems, p.form())
	}
	subject, _ := alert.SubjectOf(form.Of)
	w := snap.Wine(subject.Wine)
	if w == nil {
		return out.View()
	}
	box, to := d.nextBox(w), d.winePath(w)
	out.What = d.fullName(w)
	if v, ok := w.Vintage(subject.Year); ok {
		box, to = d.alertBox(v, d.offers(v)), d.vintagePath(v)
		out.What += " " + d.yearText(v)
	}
	out.Back = component.Link{Text: out.What, Href: to}
	out.Form = d.alertForm(box, form, wrong)
	return out.View()
}

// alertForm is the box in full, with what was entered.
func (d *desk) alertForm(box component.Alert, form *AlertForm, wrong map[string]bool) *page.FieldForm {
	out := &page.FieldForm{Action: box.Action, Button: box.Button, Note: box.Note, Hidden: []page.Hidden{{Name: "of", Value: form.Of}}}
	if len(box.Formats) > 0 {
		format := page.Field{Name: "sku", Label: box.Format, Value: form.SKU, Choose: box.Formats[0].Text, Wrong: wrong["sku"]}
		for _, f := range box.Formats[1:] {
			format.Options = append(format.Options, page.Option{Value: f.SKU, Text: f.Text})
		}
		out.Fields = append(out.Fields, format, page.Field{Name: "below", Label: box.Below, Value: form.Below, Type: "text", Wrong: wrong["below"]})
		out.Note = box.Hint + " " + box.Note
	}
	out.Fields = append(out.Fields, page.Field{
		Name: "email", Label: box.Email, Value: form.Email, Type: "email", Complete: "email", Required: true, Wrong: wrong["email"],
	})
	return out
}

// AlertNews is a page that says one thing about alerts.
type AlertNews string

// The news.
const (
	AlertWasAsked     AlertNews = "asked"
	AlertWasConfirmed AlertNews = "confirmed"
	AlertWasStopped   AlertNews = "stopped"
	AlertLinkUsed     AlertNews = "used"
)

// AlertSaid is the page that says it.
func (s *Site) AlertSaid(snap *catalog.Snapshot, e *market.Edition, news AlertNews) templ.Component {
	d := s.alertDesk(snap, e)
	keys := map[AlertNews][2]string{
		AlertWasAsked: {"alert.asked_title", "alert.asked"}, AlertWasConfirmed: {"alert.confirmed_title", "alert.confirmed"},
		AlertWasStopped: {"alert.stopped_title", "alert.stopped"}, AlertLinkUsed: {"alert.used_title", "alert.used"},
	}[news]
	out := d.alertPage(keys[0])
	out.Lead = d.p.T(keys[1])
	return out.View()
}

// ConfirmAlert is the page that a letter's link leads to: only its button confirms.
func (s *Site) ConfirmAlert(snap *catalog.Snapshot, e *market.Edition, a alert.Alert, token alert.Token) templ.Component {
	d := s.alertDesk(snap, e)
	out := d.alertPage("alert.confirm_title")
	out.What = d.alertWhat(a)
	out.Buttons = []page.FormButton{d.alertButton("alert.confirm", alert.ConfirmPath, token)}
	return out.View()
}

// StopAlert is the page on which an alert is ended, or all of its address.
func (s *Site) StopAlert(snap *catalog.Snapshot, e *market.Edition, a alert.Alert, token alert.Token) templ.Component {
	d := s.alertDesk(snap, e)
	out := d.alertPage("alert.stop_title")
	out.What = d.alertWhat(a)
	all := d.alertButton("alert.stop_all", alert.StopPath, token)
	all.Hidden = append(all.Hidden, page.Hidden{Name: "all", Value: "yes"})
	out.Buttons = []page.FormButton{d.alertButton("alert.stop_one", alert.StopPath, token), all}
	return out.View()
}

func (d *desk) alertButton(key, action string, token alert.Token) page.FormButton {
	return page.FormButton{Action: d.shell().alerts + "/" + action, Text: d.p.T(key), Hidden: []page.Hidden{{Name: "token", Value: token.String()}}}
}

func (s *Site) alertDesk(snap *catalog.Snapshot, e *market.Edition) *desk {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Alerts})
	return s.desk(snap, e, node)
}

// alertPage is private: nothing for crawlers.
func (d *desk) alertPage(heading string) page.Alert {
	out := page.Alert{Frame: d.cartFrame(), Heading: d.p.T(heading), Back: component.Link{Text: d.p.T("home.title"), Href: d.shell().home}}
	out.Title = d.title(head{title: out.Heading})
	return out
}
