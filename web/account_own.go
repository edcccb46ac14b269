package web

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"caveau/store/customer"
	"caveau/store/order"
	"caveau/web/view"
)

// showDetails is name, phone, and the forms for another address and another password.
func (s *Server) showDetails(v *visit, id customer.ID) error {
	page, err := s.blank(id, view.AccountDetails)
	if err != nil {
		return err
	}
	page.Values = map[string]string{"name": page.Account.Name, "phone": page.Account.Phone}
	return s.renderAccount(v, page)
}

// saved shows a page again, with the news that what it was for has happened.
func (s *Server) saved(v *visit, page view.AccountPage, key string, args ...any) error {
	page.Values = map[string]string{"name": page.Account.Name, "phone": page.Account.Phone}
	page.Messages = []view.Message{{Level: "good", Text: s.Site.Words(v.edition, key, args...)}}
	return s.renderAccount(v, page)
}

func (s *Server) setPerson(v *visit, id customer.ID) error {
	page, err := s.blank(id, view.AccountDetails)
	if err != nil {
		return err
	}
	in := s.entered(v)
	problems := s.unusableName(v, in["name"])
	if !isLine(in["phone"]) {
		problems = append(problems, s.about(v, "phone", "checkout.unusable"))
	}
	if len(problems) > 0 {
		return s.wrong(v, page, problems...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	if err := s.Folders.SetPerson(ctx, id, in["name"], in["phone"]); err != nil {
		return away("write a name", err)
	}
	page.Account.Name, page.Account.Phone = in["name"], in["phone"]
	return s.saved(v, page, "customer.changed")
}

// unusableName says what is wrong with a name.
func (s *Server) unusableName(v *visit, name string) []view.Problem {
	switch {
	case name == "":
		return []view.Problem{s.about(v, "name", "checkout.missing")}
	case !isLine(name):
		return []view.Problem{s.about(v, "name", "checkout.unusable")}
	}
	return nil
}

// isLine says that a text can be a field of a person: package order judges the same on a label.
func isLine(s string) bool {
	probe := order.Contact{Name: "x" + s, Email: "x"}
	return utf8.RuneCountInString(s) <= order.MaxField && probe.Usable()
}

// proven checks the password of who is logged in, before what a stranger at the desk should not do. It counts as an attempt.
func (s *Server) proven(ctx context.Context, v *visit, a customer.Account, page view.AccountPage, field string) (c customer.Credentials, shown bool, err error) {
	if wait := s.knock(v, a.Email); wait > 0 {
		return c, true, s.wrong(v, page, s.later(v, wait))
	}
	if c, err = s.Doors.CredentialsOf(ctx, a.ID); err != nil {
		return c, true, away("read credentials", err)
	}
	if _, err := s.Passwords.Verify(ctx, clipped(v.FormValue(field)), c.Hash); err != nil {
		return c, true, s.unproven(v, page, field, err)
	}
	if err := s.Limits.Forget(ctx, s.tries(v, a.Email)[1:]...); err != nil {
		s.Logger.Warn("account: attempts were not forgotten", "err", err)
	}
	return c, false, nil
}

// changePassword ends all sessions, and begins a new one here.
func (s *Server) changePassword(v *visit, id customer.ID) error {
	page, err := s.blank(id, view.AccountDetails)
	if err != nil {
		return err
	}
	password := v.FormValue("password")
	if problems := s.unfit(v, password, page.Account.Email); len(problems) > 0 {
		return s.wrong(v, page, problems...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	old, shown, err := s.proven(ctx, v, page.Account, page, "current")
	if shown || err != nil {
		return err
	}
	hash, err := s.Passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	now, err := s.Doors.ChangePassword(ctx, old, hash)
	if errors.Is(err, customer.ErrLogin) {
		return s.unproven(v, page, "current", err)
	}
	if err != nil {
		return away("change a password", err)
	}
	if err := s.Sessions.EndAll(ctx, id, now.Epoch); err != nil {
		return away("end all sessions", err)
	}
	if err := s.enter(v, now); err != nil {
		return away("begin a session", err)
	}
	return s.saved(v, page, "customer.password_changed")
}

// askEmail writes to a new address of who knows the password.
func (s *Server) askEmail(v *visit, id customer.ID) error {
	page, err := s.blank(id, view.AccountDetails)
	if err != nil {
		return err
	}
	email, problems := s.wantedEmail(v, "email")
	if len(problems) > 0 {
		return s.wrong(v, page, problems...)
	}
	if wait := s.letters(v, email); wait > 0 {
		return s.wrong(v, page, s.later(v, wait))
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	if _, shown, err := s.proven(ctx, v, page.Account, page, "proof"); shown || err != nil {
		return err
	}
	t, err := customer.NewToken(rand.Reader)
	if err != nil {
		return err
	}
	if err := s.Doors.AskEmail(ctx, id, email, s.below(v, view.AccountMove)+"?token=", s.below(v, view.AccountLogin), t); err != nil {
		return away("ask for another address", err)
	}
	return s.saved(v, page, "customer.sent", "email", string(email))
}

// showAddresses is the book, and a form: empty, or with the address of the query's id.
func (s *Server) showAddresses(v *visit, id customer.ID) error {
	page, err := s.book(id)
	if err != nil {
		return err
	}
	for _, a := range page.Addresses {
		if strconv.FormatUint(a.ID, 10) == v.Query("id") {
			page.Editing, page.Address = a.ID, a.Address
		}
	}
	return s.renderAccount(v, page)
}

// book is the page with all addresses, and a form for one in the shop's country.
func (s *Server) book(id customer.ID) (view.AccountPage, error) {
	page, err := s.blank(id, view.AccountAddresses)
	if err != nil {
		return page, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	if page.Addresses, err = s.Folders.Addresses(ctx, id); err != nil {
		return page, away("read addresses", err)
	}
	return page, nil
}

func (s *Server) keepAddress(v *visit, id customer.ID) error {
	page, err := s.book(id)
	if err != nil {
		return err
	}
	f := view.Form{Address: order.Address{Country: v.edition.Market.Country}}
	readAddress(&f.Address, "", func(name string) string { return strings.TrimSpace(v.FormValue(name)) })
	page.Address = f.Address
	page.Editing, _ = strconv.ParseUint(v.FormValue("id"), 10, 64) //nolint:errcheck // none, or not a number: a new one
	if v.FormValue("change") != "" {                               // another country has other fields; nothing is said of what is missing
		return s.renderAccount(v, page)
	}
	f.Address = view.Written(f.Address)
	if problems := s.checkEntry(v, f); len(problems) > 0 {
		return s.wrong(v, page, problems...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	err = s.Folders.KeepAddress(ctx, id, customer.Address{ID: page.Editing, Address: f.Address})
	switch {
	case errors.Is(err, customer.ErrFull):
		return s.wrong(v, page, s.about(v, "", "customer.full"))
	case errors.Is(err, customer.ErrUnknown):
		return errNotFound
	case err != nil:
		return away("keep an address", err)
	}
	return s.toAccount(v, "/"+view.AccountAddresses)
}

func (s *Server) dropAddress(v *visit, id customer.ID) error {
	address, err := strconv.ParseUint(v.FormValue("id"), 10, 64)
	if err != nil {
		return errNotFound
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	if err := s.Folders.DropAddress(ctx, id, address); err != nil {
		return away("drop an address", err)
	}
	return s.toAccount(v, "/"+view.AccountAddresses)
}

func (s *Server) showOrders(v *visit, id customer.ID) error {
	page, err := s.blank(id, view.AccountOrders)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	if page.Orders, err = s.Folders.OwnOrders(ctx, id); err != nil {
		return away("list orders", err)
	}
	return s.renderAccount(v, page)
}

// ownOrder of the number that was asked for; errNotFound where it is not the account's.
func (s *Server) ownOrder(ctx context.Context, id customer.ID, number string) (order.Order, error) {
	o, err := s.Folders.OwnOrder(ctx, id, order.Number(number))
	if errors.Is(err, order.ErrUnknown) {
		return o, errNotFound
	}
	if err != nil {
		return o, away("read an order", err)
	}
	return o, nil
}

func (s *Server) showOwnOrder(v *visit, id customer.ID) error {
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	o, err := s.ownOrder(ctx, id, v.Query("number"))
	if err != nil {
		return err
	}
	seen, err := s.seenOrder(ctx, v, o, url.Values{"number": {string(o.Number)}, "pass": {s.Passes.For(o.Number)}})
	if err != nil {
		return err
	}
	ownPage(v)
	s.mayPay(v.Ctx)
	return s.render(v.Ctx, s.site(v).OwnOrder(v.snap, v.edition, seen))
}

func (s *Server) showData(v *visit, id customer.ID) error {
	page, err := s.blank(id, view.AccountData)
	if err != nil {
		return err
	}
	return s.renderAccount(v, page)
}

// export is all that is kept of the person, as a file.
func (s *Server) export(v *visit, id customer.ID) error {
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	record, err := s.Folders.Record(ctx, id)
	if err != nil {
		return away("read what is kept", err)
	}
	if record.Sessions, err = s.Sessions.List(ctx, id); err != nil {
		return away("list sessions", err)
	}
	list, err := s.Folders.OwnOrders(ctx, id)
	if err != nil {
		return away("list orders", err)
	}
	for _, o := range list {
		whole, err := s.ownOrder(ctx, id, string(o.Number))
		if err != nil {
			return err
		}
		record.Orders = append(record.Orders, whole)
	}
	body, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		return fmt.Errorf("write an export: %w", err)
	}
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	v.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
	v.Set(fiber.HeaderContentDisposition, `attachment; filename="caveau.json"`)
	return v.Send(body)
}

func (s *Server) showErase(v *visit, id customer.ID) error {
	page, err := s.blank(id, view.AccountErase)
	if err != nil {
		return err
	}
	return s.renderAccount(v, page)
}

// erase empties the account of who knows its password and has said so twice, and ends all its sessions.
func (s *Server) erase(v *visit, id customer.ID) error {
	page, err := s.blank(id, view.AccountErase)
	if err != nil {
		return err
	}
	if v.FormValue("sure") == "" {
		return s.wrong(v, page, view.Problem{
			Field: "sure", Text: s.Site.Words(v.edition, "checkout.unconfirmed", "what", s.Site.Words(v.edition, "customer.erase_confirm")),
		})
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	c, shown, err := s.proven(ctx, v, page.Account, page, "current")
	if shown || err != nil {
		return err
	}
	if err := s.Folders.Erase(ctx, id); err != nil {
		return away("erase an account", err)
	}
	if err := s.Sessions.EndAll(ctx, id, c.Epoch+1); err != nil {
		s.Logger.Error("account: sessions of an erased account were not ended; they open nothing", "err", err)
	}
	forgetVisitor(v)
	return s.sent(v, view.AccountPage{Name: view.AccountErase}, "customer.erased", "")
}
