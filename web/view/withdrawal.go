package view

import (
	"strconv"
	"strings"
	"time"

	"caveau/store/catalog"
	"caveau/store/mail"
	"caveau/store/market"
	"caveau/store/order"
	"caveau/store/route"
	"caveau/store/withdrawal"
	"caveau/templates/component"
	"caveau/templates/layout"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// The last parts of the paths below that of withdrawals; the path itself takes the first step.
const (
	WithdrawalConfirm = "confirm"
	WithdrawalReceipt = "receipt"
)

// Withdraws says that a shop has a withdrawal function; the others have a page of words in its place.
func (s *Site) Withdraws(e *market.Edition) bool { return inUnion(e.Market) }

// withdrawal is the page as everybody gets it: the empty first step, or what is so where there is no function.
func (d *desk) withdrawal() (templ.Component, error) {
	if !inUnion(d.Market) {
		return d.words(route.Withdrawal)
	}
	f := d.frame(head{
		title: d.p.T("withdrawal.title"), crumbs: []component.Link{{Text: d.p.T("withdrawal.title")}},
		description: []string{d.p.T("withdrawal.title"), d.p.T("withdrawal.free")},
	})
	return d.stepOne(f, withdrawal.Statement{}, nil).View(), nil
}

// WithdrawalStepOne is the first step with what was entered, for one visitor.
func (s *Site) WithdrawalStepOne(snap *catalog.Snapshot, e *market.Edition, st withdrawal.Statement, problems []Problem) templ.Component {
	d := s.withdrawalDesk(snap, e)
	return d.stepOne(d.withdrawalFrame(), st, problems).View()
}

func (s *Site) withdrawalDesk(snap *catalog.Snapshot, e *market.Edition) *desk {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Withdrawal})
	return s.desk(snap, e, node)
}

// withdrawalFrame belongs to one visitor: no canonical, no alternates, nothing for crawlers.
func (d *desk) withdrawalFrame() layout.Frame {
	f := d.frame(head{title: d.p.T("withdrawal.title")})
	f.Canonical, f.Alternates, f.Description, f.OpenGraph, f.Robots = "", nil, "", layout.OpenGraph{}, "noindex, nofollow"
	return f
}

func (d *desk) stepOne(f layout.Frame, st withdrawal.Statement, problems []Problem) page.Withdrawal {
	out := d.stepOf(f, 1, problems)
	out.Action, out.Button = d.shell().leave.Href, d.p.T("withdrawal.next")
	out.Texts = []string{d.p.T("text.terms.withdrawal_eu"), d.p.T("withdrawal.free")}
	wrong := out.Problems.Fields()
	out.Fields = []page.Field{
		{Name: "name", Label: d.p.T("withdrawal.name"), Value: st.Name, Type: "text", Complete: "name", Required: true, Wrong: wrong["name"]},
		{Name: "number", Label: d.p.T("withdrawal.number"), Value: st.Number, Type: "text", Required: true, Wrong: wrong["number"]},
		{Name: "email", Label: d.p.T("withdrawal.email"), Value: st.Email, Type: "email", Complete: "email", Required: true, Wrong: wrong["email"]},
	}
	out.Hidden = secret(st)
	return out
}

func (d *desk) stepOf(f layout.Frame, number int, problems []Problem) page.Withdrawal {
	out := page.Withdrawal{
		Frame: f, Heading: d.p.T("withdrawal.title"), Step: d.p.T("withdrawal.step", "number", number), Problems: page.Problems{Heading: d.p.T("checkout.errors")},
	}
	for _, p := range problems {
		out.Problems.List = append(out.Problems.List, p.form())
	}
	return out
}

// secret is the link of the order, where the buyer came from its page.
func secret(st withdrawal.Statement) []page.Hidden {
	if st.Secret == (order.Key{}) {
		return nil
	}
	return []page.Hidden{{Name: "secret", Value: st.Secret.String()}}
}

// Offered is what the second step offers: the lines of an order, or none where no order fits.
type Offered struct {
	Choices []withdrawal.Choice
	Matched bool
	Ends    time.Time      // when the period is over; zero where it has not begun
	Units   map[int]string // what was entered, by position; nil before anything was: then everything is chosen
}

// Open says that something can be chosen.
func (o Offered) Open() bool {
	for _, c := range o.Choices {
		if c.Left > 0 {
			return true
		}
	}
	return false
}

// WithdrawalUnits is the name of the field for the units of a line.
func WithdrawalUnits(position int) string { return "units-" + strconv.Itoa(position) }

// WithdrawalWords is the name of the field for words.
const WithdrawalWords = "words"

// WithdrawalStepTwo offers the lines, or asks for words, and confirms.
func (s *Site) WithdrawalStepTwo(snap *catalog.Snapshot, e *market.Edition, st withdrawal.Statement, o Offered, problems []Problem) templ.Component {
	d := s.withdrawalDesk(snap, e)
	out := d.stepOf(d.withdrawalFrame(), 2, problems)
	out.Action, out.Button = d.shell().leave.Href+"/"+WithdrawalConfirm, d.p.T("withdrawal.confirm")
	out.Edit = d.p.T("withdrawal.edit")
	out.Facts = d.stated(st.Name, st.Number, st.Email)
	out.Hidden = append(secret(st), page.Hidden{Name: "key", Value: st.Key.String()}, page.Hidden{Name: "name", Value: st.Name},
		page.Hidden{Name: "number", Value: st.Number}, page.Hidden{Name: "email", Value: st.Email})
	wrong := out.Problems.Fields()
	out.LinesHeading = d.p.T("withdrawal.lines")
	for _, c := range o.Choices {
		out.Lines = append(out.Lines, d.choice(c, o.Units, wrong))
	}
	out.Texts = append(out.Texts, d.offeredText(o))
	if !o.Open() {
		out.Words = &page.Field{Name: WithdrawalWords, Label: d.p.T("withdrawal.words"), Value: st.Words, Wrong: wrong[WithdrawalWords]}
	}
	return out.View()
}

// offeredText says how things stand.
func (d *desk) offeredText(o Offered) string {
	switch {
	case !o.Matched:
		return d.p.T("withdrawal.unmatched")
	case !o.Open():
		return d.p.T("withdrawal.none")
	case o.Ends.IsZero():
		return d.p.T("withdrawal.waiting")
	case !d.now.Before(o.Ends):
		return d.p.T("withdrawal.over", "date", d.day(o.Ends.Add(-time.Second)))
	default:
		return d.p.T("withdrawal.until", "date", d.day(o.Ends.Add(-time.Second)))
	}
}

func (d *desk) choice(c withdrawal.Choice, entered map[int]string, wrong map[string]bool) page.WithdrawalLine {
	out := page.WithdrawalLine{Text: counted(c.Line.Quantity, c.Line.Title)}
	if c.Gone > 0 {
		out.Notes = append(out.Notes, d.p.T("withdrawal.gone", "count", c.Gone))
	}
	if c.Right.Exempt {
		out.Notes = append(out.Notes, d.p.T(c.Right.Message()))
	}
	if c.Left == 0 {
		return out
	}
	name := WithdrawalUnits(c.Position)
	value, was := entered[c.Position]
	if !was {
		value = strconv.Itoa(c.Left)
	}
	out.Units = &page.Field{Name: name, Label: d.p.T("withdrawal.units", "most", c.Left), Value: value, Wrong: wrong[name]}
	out.Most = strconv.Itoa(c.Left)
	return out
}

func (d *desk) stated(name, number, email string) []component.Fact {
	return []component.Fact{
		{Term: d.p.T("withdrawal.name"), Text: name}, {Term: d.p.T("withdrawal.number"), Text: number}, {Term: d.p.T("withdrawal.email"), Text: email},
	}
}

// Receipt of a statement, to be kept and printed.
func (s *Site) Receipt(snap *catalog.Snapshot, e *market.Edition, r withdrawal.Record) templ.Component {
	d := s.withdrawalDesk(snap, e)
	out := page.WithdrawalReceipt{Frame: d.withdrawalFrame(), Heading: d.p.T("withdrawal.receipt"), Lead: d.p.T("withdrawal.received")}
	out.Title = d.title(head{title: out.Heading})
	out.Facts = append([]component.Fact{
		{Term: d.p.T("withdrawal.on"), Text: d.received(r)}, {Term: d.p.T("withdrawal.reference"), Text: r.Reference()},
	}, d.stated(r.Name, r.Number, r.Email)...)
	out.AboutHeading, out.About = d.p.T("withdrawal.about"), d.content(r)
	out.Notes = []string{d.whatFollows(r), d.p.T("withdrawal.keep", "mail", r.Email)}
	return out.View()
}

// whatFollows a statement: the refund is promised only of lines that were chosen in time.
func (ed *edition) whatFollows(r withdrawal.Record) string {
	switch {
	case r.Matched == "":
		return ed.p.T("withdrawal.is_unmatched")
	case r.Late:
		return ed.p.T("withdrawal.is_late")
	case len(r.Lines) == 0:
		return ed.p.T("withdrawal.answer")
	default:
		return ed.p.T("text.terms.refund")
	}
}

// received is the moment that a receipt names, on the shop's clocks.
func (ed *edition) received(r withdrawal.Record) string {
	at := r.At.In(ed.Market.Zone)
	return ed.p.T("withdrawal.at", "date", ed.p.Date(at), "time", ed.p.Clock(at), "zone", at.Format("MST"))
}

// content is what was withdrawn from, line by line.
func (ed *edition) content(r withdrawal.Record) []string {
	var out []string
	for _, l := range r.Lines {
		out = append(out, strconv.Itoa(l.Quantity)+" × "+l.Title)
	}
	if r.Words != "" {
		out = append(out, strings.Split(strings.ReplaceAll(r.Words, "\r\n", "\n"), "\n")...)
	}
	if len(out) == 0 {
		out = append(out, ed.p.T("withdrawal.whole"))
	}
	return out
}

// ReceiptLetter is the receipt on a durable medium: content, date and time of the statement.
// i18n:prefix mail.withdrawal.
func (s *Site) ReceiptLetter(snap *catalog.Snapshot, e *market.Edition, r withdrawal.Record) mail.Letter {
	ed := s.edition(e)
	return mail.Letter{
		Topic: "withdrawal.receipt", Market: e.Market.Code, Locale: e.Locale.Tag(), To: r.Email, Order: string(r.Matched),
		Data: map[string]string{
			"name": r.Name, "number": r.Number, "reference": r.Reference(), "at": ed.received(r), "lines": strings.Join(ed.content(r), "\n"),
			"link": s.WithdrawalPath(snap, e, WithdrawalReceipt) + "?key=" + r.Key.String(),
		},
	}
}

// WithdrawalPath is that of an action of the page, from the root of its host.
func (s *Site) WithdrawalPath(snap *catalog.Snapshot, e *market.Edition, action string) string {
	return s.Path(snap, e, route.Page{Kind: route.Withdrawal}) + "/" + action
}

// WithdrawalFaults says what is wrong with the fields of a statement, by their names.
func (s *Site) WithdrawalFaults(e *market.Edition, st withdrawal.Statement, fields []string) []Problem {
	p := s.printer(e)
	labels := map[string]string{
		"name": p.T("withdrawal.name"), "number": p.T("withdrawal.number"), "email": p.T("withdrawal.email"), WithdrawalWords: p.T("withdrawal.words"),
	}
	entered := map[string]string{"name": st.Name, "number": st.Number, "email": st.Email, WithdrawalWords: st.Words}
	var out []Problem
	for _, field := range fields {
		words := p.T("checkout.unusable", "field", labels[field])
		switch {
		case entered[field] == "":
			words = p.T("checkout.missing", "field", labels[field])
		case field == "email":
			words = p.T("checkout.bad_email", "field", labels[field])
		}
		out = append(out, Problem{Field: field, Text: words})
	}
	return out
}

// WithdrawalBusy says that a statement was not taken down, and what counts as well.
func (s *Site) WithdrawalBusy(e *market.Edition) []Problem {
	return []Problem{{Text: s.printer(e).T("withdrawal.busy", "mail", mailContact)}}
}

// WithdrawalWait is the problem of the first step that was asked for too often.
func (s *Site) WithdrawalWait(e *market.Edition) []Problem {
	return []Problem{{Text: s.printer(e).T("withdrawal.wait", "mail", mailContact)}}
}
