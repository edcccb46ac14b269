package web

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"caveau/store/cart"
	"caveau/store/customer"
	"caveau/store/order"
	"caveau/web/view"
)

// Doors is how accounts are opened and entered. Whatever is no error of package customer means that the database is away.
type Doors interface {
	Credentials(ctx context.Context, email customer.Email) (customer.Credentials, error)
	CredentialsOf(ctx context.Context, id customer.ID) (customer.Credentials, error)
	Upgrade(ctx context.Context, old customer.Credentials, hash string) error
	Apply(ctx context.Context, a customer.Applicant, t customer.Token) error
	Pending(ctx context.Context, t customer.Token) (customer.Applicant, error)
	Confirm(ctx context.Context, t customer.Token, id customer.ID) (customer.Credentials, error)
	AskReset(ctx context.Context, email customer.Email, market, locale, link string, t customer.Token) error
	Holder(ctx context.Context, t customer.Token) (customer.Account, error)
	Reset(ctx context.Context, t customer.Token, hash string) (customer.Credentials, error)
	ChangePassword(ctx context.Context, old customer.Credentials, hash string) (customer.Credentials, error)
	AskEmail(ctx context.Context, id customer.ID, email customer.Email, link, known string, t customer.Token) error
	MoveEmail(ctx context.Context, t customer.Token) error
}

// Folders is what accounts hold, and how they are emptied.
type Folders interface {
	Account(ctx context.Context, id customer.ID) (customer.Account, error)
	SetPerson(ctx context.Context, id customer.ID, name, phone string) error
	Addresses(ctx context.Context, id customer.ID) ([]customer.Address, error)
	KeepAddress(ctx context.Context, id customer.ID, a customer.Address) error
	DropAddress(ctx context.Context, id customer.ID, address uint64) error
	Cart(ctx context.Context, id customer.ID, market string) (cart.ID, cart.Cart, bool, error)
	KeepCart(ctx context.Context, id customer.ID, key cart.ID, held cart.Cart) error
	OwnOrders(ctx context.Context, id customer.ID) ([]order.Order, error)
	OwnOrder(ctx context.Context, id customer.ID, number order.Number) (order.Order, error)
	Record(ctx context.Context, id customer.ID) (customer.Record, error)
	Erase(ctx context.Context, id customer.ID) error
}

// Passwords makes and checks hashes; an empty hash is nobody's and costs as much.
type Passwords interface {
	Hash(ctx context.Context, password string) (string, error)
	Verify(ctx context.Context, password, hash string) (outdated bool, err error)
}

// accountBudget is what a page of an account may take, the wait for memory to check a password included.
const accountBudget = 5 * time.Second

// deed is a page of the account: what it shows, and what a form that is posted to it does. Nil is refused.
type deed struct {
	show, do func(v *visit) error
}

// deeds of the account by the last part of their paths.
func (s *Server) deeds() map[string]deed {
	return map[string]deed{
		"":                     {show: s.own(s.showOverview)},
		view.AccountLogin:      {s.showDoor(view.AccountLogin), s.logIn},
		view.AccountLogout:     {do: s.logOut},
		view.AccountEverywhere: {do: s.own(s.logOutEverywhere)},
		view.AccountRegister:   {s.showDoor(view.AccountRegister), s.register},
		view.AccountConfirm:    {s.showDoor(view.AccountConfirm), s.confirm},
		view.AccountReset:      {s.showDoor(view.AccountReset), s.askReset},
		view.AccountNew:        {s.showDoor(view.AccountNew), s.reset},
		view.AccountDetails:    {s.own(s.showDetails), s.own(s.setPerson)},
		view.AccountPassword:   {do: s.own(s.changePassword)},
		view.AccountEmail:      {do: s.own(s.askEmail)},
		view.AccountMove:       {s.showDoor(view.AccountMove), s.moveEmail},
		view.AccountAddresses:  {s.own(s.showAddresses), s.own(s.keepAddress)},
		view.AccountRemove:     {do: s.own(s.dropAddress)},
		view.AccountOrders:     {show: s.own(s.showOrders)},
		view.AccountOrder:      {show: s.own(s.showOwnOrder)},
		view.AccountReorder:    {do: s.own(s.reorder)},
		view.AccountData:       {show: s.own(s.showData)},
		view.AccountExport:     {show: s.own(s.export)},
		view.AccountErase:      {s.own(s.showErase), s.own(s.erase)},
	}
}

// account answers for the account and the pages below it.
func (s *Server) account(deeds map[string]deed) area {
	var actions []string
	for name := range deeds {
		if name != "" {
			actions = append(actions, name)
		}
	}
	return area{actions, func(v *visit, action string) error {
		d := deeds[action]
		v.Set("Referrer-Policy", "no-referrer") // addresses hold tokens
		switch {
		case v.Method() == fiber.MethodPost && d.do != nil:
			if !sameOrigin(v.Ctx) {
				return errForeign
			}
			return s.orAway(v, action, d.do(v))
		case isRead(v.Ctx) && d.show != nil:
			return s.orAway(v, action, d.show(v))
		case d.show == nil:
			return notAllowed(v.Ctx, writeOnly)
		case d.do == nil:
			return notAllowed(v.Ctx, readOnly)
		default:
			return notAllowed(v.Ctx, readAndWrite)
		}
	}}
}

// orAway says in words, and with what was entered, that the account cannot be reached for now. The shop goes on around it.
func (s *Server) orAway(v *visit, action string, err error) error {
	if !errors.Is(err, errAway) && !errors.Is(err, customer.ErrUnavailable) && !errors.Is(err, customer.ErrBusy) && !errors.Is(err, order.ErrBusy) && !errors.Is(err, order.ErrInDoubt) {
		return err
	}
	s.Logger.Error("account: away", "page", action, "err", err)
	v.Status(fiber.StatusServiceUnavailable)
	v.Set(fiber.HeaderRetryAfter, retryAfter)
	page := view.AccountPage{Name: action, Values: s.entered(v), Messages: []view.Message{{Level: "bad", Text: s.Site.Words(v.edition, "customer.away")}}}
	switch action {
	case view.AccountLogin, view.AccountRegister, view.AccountConfirm, view.AccountReset, view.AccountNew, view.AccountMove:
	default:
		page.Name, page.Done = "", true
	}
	return s.renderAccount(v, page)
}

// entered are the fields of a form that come back when something is wrong.
func (s *Server) entered(v *visit) map[string]string {
	out := map[string]string{}
	for _, name := range []string{"email", "name", "phone", "token"} {
		out[name] = strings.TrimSpace(v.FormValue(name))
	}
	return out
}

func (s *Server) renderAccount(v *visit, page view.AccountPage) error {
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	site := s.Site
	if page.Account.ID != 0 {
		site = s.Site.Member()
	}
	return s.render(v.Ctx, site.To(s.door(v)).Account(v.snap, v.edition, page))
}

// wrong shows a form again, with what is wrong. A status that was set before stays.
func (s *Server) wrong(v *visit, page view.AccountPage, problems ...view.Problem) error {
	if v.Response().StatusCode() == fiber.StatusOK {
		v.Status(fiber.StatusUnprocessableEntity)
	}
	page.Values, page.Problems = s.entered(v), problems
	return s.renderAccount(v, page)
}

// about is a problem of a field.
func (s *Server) about(v *visit, field, key string) view.Problem {
	return view.Problem{Field: field, Text: s.Site.Words(v.edition, key,
		"field", s.Site.AccountLabel(v.edition, field), "min", customer.MinPassword, "max", customer.MaxPassword, "count", customer.MaxAddresses)}
}

// later is the problem of who tried too often.
func (s *Server) later(v *visit, wait time.Duration) view.Problem {
	return view.Problem{Text: s.Site.Wait(v.edition, wait)}
}

// showDoor is the empty form of a page that needs no log-in.
func (s *Server) showDoor(name string) func(v *visit) error {
	return func(v *visit) error {
		page := view.AccountPage{Name: name, Values: map[string]string{"token": v.Query("token")}}
		if name == view.AccountMove && v.Query("token") == "" {
			return errNotFound
		}
		return s.renderAccount(v, page)
	}
}

// showOverview is the account's own page. What a log-in did to the cart comes with the address, and is no more than numbers.
func (s *Server) showOverview(v *visit, id customer.ID) error {
	page, err := s.blank(id, "")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	if page.Orders, err = s.Folders.OwnOrders(ctx, id); err != nil {
		return away("list orders", err)
	}
	number := func(name string) int {
		n, err := strconv.Atoi(v.Query(name))
		if err != nil || n < 0 || n > cart.MaxLines {
			return 0
		}
		return n
	}
	page.Messages = s.Site.Merged(v.edition, number("added"), number("summed"), number("left"))
	return s.renderAccount(v, page)
}

// blank is a page of an account with nothing on it yet. An account that was erased has none: its session ends.
func (s *Server) blank(id customer.ID, name string) (view.AccountPage, error) {
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	a, err := s.Folders.Account(ctx, id)
	if err != nil {
		return view.AccountPage{}, away("read the account", err)
	}
	return view.AccountPage{Name: name, Account: a}, nil
}
