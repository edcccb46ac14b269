package view

import (
	"strconv"
	"time"

	"caveau/store/catalog"
	"caveau/store/customer"
	"caveau/store/market"
	"caveau/store/order"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/layout"
	"caveau/templates/page"

	"github.com/a-h/templ"
)

// The last parts of the paths below the account's own, which is the overview.
const (
	AccountLogin      = "login"
	AccountLogout     = "logout"
	AccountEverywhere = "everywhere"
	AccountRegister   = "register"
	AccountConfirm    = "confirm"
	AccountReset      = "reset"
	AccountNew        = "new"
	AccountDetails    = "details"
	AccountPassword   = "password"
	AccountEmail      = "email"
	AccountMove       = "move"
	AccountAddresses  = "addresses"
	AccountRemove     = "remove"
	AccountOrders     = "orders"
	AccountOrder      = "order"
	AccountReorder    = "reorder"
	AccountData       = "data"
	AccountExport     = "export"
	AccountErase      = "erase"
)

// AccountPage is what a page of the account shows.
type AccountPage struct {
	Name     string // one of the paths above; "" is the overview
	Values   map[string]string
	Address  order.Address // of the form
	Editing  uint64        // the address that the form is for; 0 is a new one
	Problems []Problem
	Messages []Message
	Done     bool // what the page was for has happened: its form is not shown again

	Account   customer.Account // of who is logged in
	Addresses []customer.Address
	Orders    []order.Order
	Sessions  []customer.Session
}

// Account is a page of the account.
func (s *Site) Account(snap *catalog.Snapshot, e *market.Edition, in AccountPage) templ.Component {
	node, _ := snap.Routes.Node(route.Page{Kind: route.Account})
	d := s.desk(snap, e, node)
	a := accountDesk{desk: d, in: in, wrong: map[string]bool{}}
	out := page.Account{Frame: d.accountFrame(), ProblemsHead: d.p.T("checkout.errors"), Messages: in.Messages, Current: a.at(in.Name)}
	for _, p := range in.Problems {
		a.wrong[p.Field] = true
		out.Problems = append(out.Problems, p.form())
	}
	made := accountPages[in.Name]
	out.Heading = d.p.T(made.heading)
	out.Title = d.title(head{title: out.Heading})
	if in.Account.ID != 0 {
		out.MenuLabel, out.Menu = d.p.T("customer.title"), a.menu()
	}
	if !in.Done {
		out.Parts = made.parts(a)
	}
	return out.View()
}

// accountPages by their paths.
var accountPages = map[string]struct {
	heading string
	parts   func(accountDesk) []page.AccountPart
}{
	"":               {"customer.title", accountDesk.overview},
	AccountLogin:     {"customer.login", accountDesk.login},
	AccountRegister:  {"customer.register", accountDesk.register},
	AccountConfirm:   {"customer.confirm", accountDesk.confirm},
	AccountReset:     {"customer.reset", accountDesk.reset},
	AccountNew:       {"customer.reset", accountDesk.renew},
	AccountDetails:   {"customer.details", accountDesk.details},
	AccountMove:      {"customer.new_email", accountDesk.move},
	AccountAddresses: {"customer.addresses", accountDesk.addresses},
	AccountOrders:    {"customer.orders", accountDesk.orders},
	AccountData:      {"customer.data", accountDesk.data},
	AccountErase:     {"customer.erase", accountDesk.erase},
}

// accountDesk is where one page of the account is made.
type accountDesk struct {
	*desk
	in    AccountPage
	wrong map[string]bool
}

// accountFrame is private, as the cart's is.
func (d *desk) accountFrame() layout.Frame {
	f := d.cartFrame()
	f.Notices.Minors = ""
	return f
}

// accountLink is what the top of each page leads to.
func (d *desk) accountLink() component.Link {
	own := d.shell().own
	if own == "" {
		return component.Link{}
	}
	if d.site.member == nil {
		return component.Link{Text: d.p.T("customer.top"), Href: own}
	}
	return component.Link{Text: d.p.T("customer.enter"), Href: own + "/" + AccountLogin}
}

// at is the path of a page of the account.
func (a accountDesk) at(name string) string {
	if name == "" {
		return a.shell().own
	}
	return a.shell().own + "/" + name
}

func (a accountDesk) link(key, name string) component.Link {
	return component.Link{Text: a.p.T(key), Href: a.at(name)}
}

func (a accountDesk) menu() []component.Link {
	return []component.Link{
		a.link("customer.overview", ""), a.link("customer.orders", AccountOrders), a.link("customer.addresses", AccountAddresses),
		a.link("customer.details", AccountDetails), a.link("customer.data", AccountData),
	}
}

// form that is posted to a page, with a button.
func (a accountDesk) form(name, button string, fields ...page.Field) page.AccountForm {
	return page.AccountForm{Action: a.at(name), Button: a.p.T(button), Fields: fields}
}

// field of a form with what was entered; passwords never come back.
func (a accountDesk) field(name, key, kind, complete string) page.Field {
	return page.Field{Name: name, Label: a.p.T(key), Value: a.in.Values[name], Type: kind, Complete: complete, Required: true, Wrong: a.wrong[name]}
}

func (a accountDesk) email() page.Field {
	return a.field("email", "checkout.email", "email", "username")
}

func (a accountDesk) password(name, key, complete string) page.Field {
	f := a.field(name, key, "password", complete)
	f.Value = ""
	return f
}

func (a accountDesk) hint() string {
	return a.p.T("customer.password_hint", "min", customer.MinPassword)
}

func (a accountDesk) token() []page.Hidden {
	return []page.Hidden{{Name: "token", Value: a.in.Values["token"]}}
}

func (a accountDesk) overview() []page.AccountPart {
	out := []page.AccountPart{{
		Text: []string{a.p.T("customer.hello", "email", string(a.in.Account.Email))}, Links: []component.Link{{Text: a.p.T("cart.go"), Href: a.shell().cart}},
	}}
	if len(a.in.Orders) > 0 {
		out = append(out, page.AccountPart{
			Heading: a.p.T("customer.orders"), Rows: a.rows(a.in.Orders[:min(3, len(a.in.Orders))]), Links: []component.Link{a.link("customer.orders", AccountOrders)},
		})
	}
	all := a.form(AccountEverywhere, "customer.everywhere")
	all.Quiet = true
	return append(out, page.AccountPart{Text: []string{a.p.T("customer.everywhere_text")}, Forms: []page.AccountForm{a.form(AccountLogout, "customer.logout"), all}})
}

func (a accountDesk) login() []page.AccountPart {
	return []page.AccountPart{
		{
			Forms: []page.AccountForm{a.form(AccountLogin, "customer.login", a.email(), a.password("password", "customer.password", "current-password"))},
			Links: []component.Link{a.link("customer.forgot", AccountReset)},
		},
		{Text: []string{a.p.T("customer.register_text")}, Links: []component.Link{a.link("customer.register", AccountRegister)}},
	}
}

func (a accountDesk) register() []page.AccountPart {
	return []page.AccountPart{{
		Text: []string{a.p.T("customer.register_text"), a.hint()},
		Forms: []page.AccountForm{a.form(AccountRegister, "customer.register",
			a.field("name", "address.recipient", "text", "name"), a.email(), a.password("password", "customer.password", "new-password"))},
		Links: []component.Link{a.link("customer.login", AccountLogin)},
	}}
}

func (a accountDesk) confirm() []page.AccountPart {
	f := a.form(AccountConfirm, "customer.confirm", a.password("password", "customer.password", "current-password"))
	f.Hidden = a.token()
	return []page.AccountPart{{Text: []string{a.p.T("customer.confirm_text")}, Forms: []page.AccountForm{f}}}
}

func (a accountDesk) reset() []page.AccountPart {
	return []page.AccountPart{{Text: []string{a.p.T("customer.reset_text")}, Forms: []page.AccountForm{a.form(AccountReset, "customer.send", a.email())}}}
}

func (a accountDesk) renew() []page.AccountPart {
	f := a.form(AccountNew, "customer.reset", a.password("password", "customer.new_password", "new-password"))
	f.Hidden = a.token()
	return []page.AccountPart{{Text: []string{a.hint()}, Forms: []page.AccountForm{f}, Links: []component.Link{a.link("customer.forgot", AccountReset)}}}
}

func (a accountDesk) details() []page.AccountPart {
	phone := a.field("phone", "checkout.phone", "tel", "tel")
	phone.Required = false
	return []page.AccountPart{
		{Heading: a.p.T("checkout.contact"), Forms: []page.AccountForm{a.form(AccountDetails, "customer.save", a.field("name", "address.recipient", "text", "name"), phone)}},
		{
			Heading: a.p.T("customer.change_email"), Text: []string{a.p.T("customer.email_text")},
			Forms: []page.AccountForm{a.form(AccountEmail, "customer.change_email",
				a.field("email", "customer.new_email", "email", "email"), a.password("proof", "customer.current", "current-password"))},
		},
		{
			Heading: a.p.T("customer.change_password"), Text: []string{a.hint()},
			Forms: []page.AccountForm{a.form(AccountPassword, "customer.change_password",
				a.password("current", "customer.current", "current-password"), a.password("password", "customer.new_password", "new-password"))},
		},
	}
}

func (a accountDesk) move() []page.AccountPart {
	f := a.form(AccountMove, "customer.move")
	f.Hidden = a.token()
	return []page.AccountPart{{Text: []string{a.p.T("customer.move_text")}, Forms: []page.AccountForm{f}}}
}

func (a accountDesk) addresses() []page.AccountPart {
	var out []page.AccountPart
	if len(a.in.Addresses) == 0 {
		out = append(out, page.AccountPart{Text: []string{a.p.T("customer.no_addresses")}})
	}
	for _, kept := range a.in.Addresses {
		lines := a.written(kept.Address)
		id := strconv.FormatUint(kept.ID, 10)
		remove := a.form(AccountRemove, "customer.remove")
		remove.Hidden, remove.Quiet, remove.Label = []page.Hidden{{Name: "id", Value: id}}, true, remove.Button+": "+lines[0]+", "+kept.Line1
		edit := component.Link{Text: a.p.T("customer.edit"), Href: a.at(AccountAddresses) + "?id=" + id + "#recipient"}
		out = append(out, page.AccountPart{Lines: lines, Forms: []page.AccountForm{remove}, Links: []component.Link{edit}})
	}
	f := a.form(AccountAddresses, "customer.save", a.addressFields(a.in.Address, "", "shipping", a.countryOptions(nil), a.wrong)...)
	f.Hidden, f.Anew = kept(a.in.Address, ""), true
	heading := "customer.add_address"
	if a.in.Editing != 0 {
		f.Hidden, heading = append(f.Hidden, page.Hidden{Name: "id", Value: strconv.FormatUint(a.in.Editing, 10)}), "customer.edit"
	}
	return append(out, page.AccountPart{Heading: a.p.T(heading), Forms: []page.AccountForm{f}})
}

func (a accountDesk) orders() []page.AccountPart {
	if len(a.in.Orders) == 0 {
		return []page.AccountPart{{Text: []string{a.p.T("customer.no_orders")}}}
	}
	return []page.AccountPart{{Rows: a.rows(a.in.Orders)}}
}

func (a accountDesk) rows(orders []order.Order) []page.AccountRow {
	var out []page.AccountRow
	for _, o := range orders {
		out = append(out, page.AccountRow{
			Link:   component.Link{Text: string(o.Number), Href: a.at(AccountOrder) + "?number=" + string(o.Number)},
			Detail: a.day(o.PlacedAt) + ", " + a.state(o.State), Amount: a.p.Money(o.Sums.Total.Minor, string(o.Sums.Total.Currency)),
		})
	}
	return out
}

// again is what an account's order has beside what its link shows.
func (d *desk) again(o order.Order) *page.Own {
	a := accountDesk{desk: d}
	f := a.form(AccountReorder, "customer.reorder")
	f.Hidden = []page.Hidden{{Name: "number", Value: string(o.Number)}}
	return &page.Own{Form: f, Back: a.link("customer.orders", AccountOrders)}
}

func (a accountDesk) data() []page.AccountPart {
	return []page.AccountPart{
		{Text: []string{a.p.T("customer.export_text")}, Links: []component.Link{a.link("customer.export", AccountExport)}},
		{
			Heading: a.p.T("customer.erase"), Text: []string{a.p.T("customer.erase_text"), a.p.T("customer.erase_kept", "years", a.Market.KeepYears, "law", a.Market.KeepLaw)},
			Links: []component.Link{a.link("customer.erase", AccountErase)},
		},
	}
}

func (a accountDesk) erase() []page.AccountPart {
	f := a.form(AccountErase, "customer.erase", a.password("current", "customer.current", "current-password"))
	f.Ticks = []page.Declaration{{Name: "sure", Text: a.p.T("customer.erase_confirm"), Wrong: a.wrong["sure"]}}
	return []page.AccountPart{{Text: []string{a.p.T("customer.erase_text"), a.p.T("customer.erase_kept", "years", a.Market.KeepYears, "law", a.Market.KeepLaw)}, Forms: []page.AccountForm{f}}}
}

// AccountLabel of a field, for a problem with it.
func (s *Site) AccountLabel(e *market.Edition, name string) string {
	p := s.printer(e)
	switch name {
	case "password":
		return p.T("customer.password")
	case "current", "proof":
		return p.T("customer.current")
	case "name":
		return p.T("address.recipient")
	default:
		return s.Label(e, Form{Address: order.Address{Country: e.Market.Country}}, name)
	}
}

// Wait says when to try again, in whole minutes.
func (s *Site) Wait(e *market.Edition, wait time.Duration) string {
	return s.printer(e).N("customer.wait", int((wait+time.Minute-1)/time.Minute))
}

// Counted is a message about a number of things.
func (s *Site) Counted(e *market.Edition, key string, n int) string { return s.printer(e).N(key, n) }

// Merged says what a log-in did to the cart, in whole sentences.
func (s *Site) Merged(e *market.Edition, added, summed, left int) []Message {
	p := s.printer(e)
	var out []Message
	if added > 0 {
		out = append(out, Message{Level: "good", Text: p.N("customer.merged", added)})
	}
	if summed > 0 {
		out = append(out, Message{Level: "good", Text: p.T("customer.summed")})
	}
	if left > 0 {
		out = append(out, Message{Level: "warn", Text: p.T("customer.left")})
	}
	return out
}

// Missing says of a line that is ordered again why not all of it could be had; left is how much could.
func (s *Site) Missing(e *market.Edition, title string, left int) Message {
	p := s.printer(e)
	if left == 0 {
		return Message{Level: "warn", Text: p.T("customer.unavailable", "wine", title)}
	}
	return Message{Level: "warn", Text: p.T("customer.part", "wine", title, "count", left)}
}
