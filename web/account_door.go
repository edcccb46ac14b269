package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"caveau/store/cart"
	"caveau/store/customer"
	"caveau/web/view"
)

// logIn begins a session for who knows an address and its password, and brings the carts together. A wrong password and an unknown
// address get one answer, after one amount of work.
func (s *Server) logIn(v *visit) error {
	page := view.AccountPage{Name: view.AccountLogin}
	email, err := customer.ParseEmail(v.FormValue("email"))
	if err != nil {
		return s.wrong(v, page, s.about(v, "email", "checkout.bad_email"))
	}
	if wait := s.knock(v, email); wait > 0 {
		return s.wrong(v, page, s.later(v, wait))
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	c, err := s.Doors.Credentials(ctx, email)
	if err != nil {
		return away("read credentials", err)
	}
	password := v.FormValue("password")
	outdated, err := s.Passwords.Verify(ctx, clipped(password), c.Hash)
	if errors.Is(err, customer.ErrLogin) {
		return s.wrong(v, page, s.about(v, "email", "customer.wrong"))
	}
	if err != nil {
		return err
	}
	if outdated {
		s.upgrade(ctx, c, password)
	}
	return s.welcome(ctx, v, email, c)
}

// maxTyped bounds what is hashed of what somebody typed as a password; no account has a longer one.
const maxTyped = 1024

func clipped(password string) string { return password[:min(len(password), maxTyped)] }

// upgrade gives an account a hash of today's kind. Where that fails the old one does for now.
func (s *Server) upgrade(ctx context.Context, c customer.Credentials, password string) {
	hash, err := s.Passwords.Hash(ctx, password)
	if err == nil {
		err = s.Doors.Upgrade(ctx, c, hash)
	}
	if err != nil {
		s.Logger.Warn("account: a hash was not upgraded", "err", err)
	}
}

// welcome lets the owner of an account in, and says what that did to the cart.
func (s *Server) welcome(ctx context.Context, v *visit, email customer.Email, c customer.Credentials) error {
	if err := s.enter(v, c); err != nil {
		return away("begin a session", err)
	}
	if err := s.Limits.Forget(ctx, s.tries(v, email)[1:]...); err != nil { // the block's stays: others share it
		s.Logger.Warn("account: attempts were not forgotten", "err", err)
	}
	return s.toAccount(v, mergedQuery(s.joinCarts(ctx, v, c.ID)))
}

func mergedQuery(m cart.Merged) string {
	q := url.Values{}
	for name, n := range map[string]int{"added": m.Added, "summed": m.Summed, "left": m.Left} {
		if n > 0 {
			q.Set(name, strconv.Itoa(n))
		}
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// logOut ends the session on every instance, and takes it and the cart from the browser. The cart stays in the account.
func (s *Server) logOut(v *visit) error {
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	if found, err := s.session(v); err == nil {
		s.keepOwn(ctx, found.Customer, s.holder(v))
	}
	if err := s.leave(ctx, v); err != nil {
		return away("end a session", err)
	}
	forgetVisitor(v)
	return s.toHome(v)
}

func (s *Server) logOutEverywhere(v *visit, id customer.ID) error {
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	s.keepOwn(ctx, id, s.holder(v))
	if err := s.Sessions.EndAll(ctx, id, 0); err != nil {
		return away("end all sessions", err)
	}
	forgetVisitor(v)
	return s.toAccount(v, "/"+view.AccountLogin)
}

func (s *Server) toHome(v *visit) error {
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	return v.Redirect(v.edition.Prefix+"/", fiber.StatusSeeOther)
}

// register notes who wants an account and says that a letter was sent: the same, after the same work, whether the address has an
// account or not.
func (s *Server) register(v *visit) error {
	page := view.AccountPage{Name: view.AccountRegister}
	email, problems := s.wantedEmail(v, "email")
	password := v.FormValue("password")
	problems = append(problems, s.unfit(v, password, email)...)
	name := s.entered(v)["name"]
	problems = append(problems, s.unusableName(v, name)...)
	if len(problems) > 0 {
		return s.wrong(v, page, problems...)
	}
	if wait := s.letters(v, email); wait > 0 {
		return s.wrong(v, page, s.later(v, wait))
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	hash, err := s.Passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	t, err := customer.NewToken(rand.Reader)
	if err != nil {
		return err
	}
	a := customer.Applicant{
		Email: email, Name: name, Hash: hash, Market: v.edition.Market.Code, Locale: v.edition.Locale.Tag(),
		Link: s.below(v, view.AccountConfirm) + "?token=", Known: s.below(v, view.AccountLogin),
	}
	if err := s.Doors.Apply(ctx, a, t); err != nil {
		return away("note an application", err)
	}
	return s.sent(v, page, "customer.sent", email)
}

// below is the path of a page of the account.
func (s *Server) below(v *visit, name string) string {
	return s.Site.Path(v.snap, v.edition, accountPage) + "/" + name
}

// sent says that a letter is on its way.
func (s *Server) sent(v *visit, page view.AccountPage, key string, email customer.Email) error {
	page.Done = true
	page.Messages = []view.Message{{Level: "good", Text: s.Site.Words(v.edition, key, "email", string(email))}}
	return s.renderAccount(v, page)
}

// wantedEmail reads an address, or says what is wrong with it.
func (s *Server) wantedEmail(v *visit, field string) (customer.Email, []view.Problem) {
	email, err := customer.ParseEmail(v.FormValue(field))
	switch {
	case v.FormValue(field) == "":
		return "", []view.Problem{s.about(v, field, "checkout.missing")}
	case err != nil:
		return "", []view.Problem{s.about(v, field, "checkout.bad_email")}
	}
	return email, nil
}

// unfit says why a new password will not do.
func (s *Server) unfit(v *visit, password string, email customer.Email) []view.Problem {
	keys := map[error]string{customer.ErrShort: "customer.short", customer.ErrLong: "customer.long", customer.ErrCommon: "customer.common"}
	if key := keys[customer.CheckPassword(password, email)]; key != "" {
		return []view.Problem{s.about(v, "password", key)}
	}
	return nil
}

// confirm opens the account of who has the letter and knows the password, and lets him in.
func (s *Server) confirm(v *visit) error {
	page := view.AccountPage{Name: view.AccountConfirm}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	t, a, err := byLetter(ctx, v, s.Doors.Pending)
	if err != nil {
		return s.unopened(v, page, err)
	}
	if wait := s.knock(v, a.Email); wait > 0 {
		return s.wrong(v, page, s.later(v, wait))
	}
	if _, err := s.Passwords.Verify(ctx, clipped(v.FormValue("password")), a.Hash); err != nil {
		return s.unproven(v, page, "password", err)
	}
	id, err := customer.NewID(rand.Reader)
	if err != nil {
		return err
	}
	c, err := s.Doors.Confirm(ctx, t, id)
	if err != nil {
		return s.unopened(v, page, err)
	}
	if err := s.welcome(ctx, v, a.Email, c); err != nil { // the account is open, and its link used: log in later
		s.Logger.Error("account: opened, and not entered", "err", err)
		return s.toAccount(v, "/"+view.AccountLogin)
	}
	return nil
}

// unproven says that a password is not the one.
func (s *Server) unproven(v *visit, page view.AccountPage, field string, err error) error {
	if errors.Is(err, customer.ErrLogin) {
		return s.wrong(v, page, s.about(v, field, "customer.wrong_password"))
	}
	return err
}

// byLetter reads the token of a letter's link, and whose it is.
func byLetter[T any](ctx context.Context, v *visit, read func(context.Context, customer.Token) (T, error)) (t customer.Token, whose T, err error) {
	if t, err = customer.ParseToken(v.FormValue("token")); err == nil {
		whose, err = read(ctx, t)
	}
	return t, whose, err
}

// unopened says that a link opens nothing, or that nobody knows for now.
func (s *Server) unopened(v *visit, page view.AccountPage, err error) error {
	if !errors.Is(err, customer.ErrToken) {
		return away("use a token", err)
	}
	v.Status(fiber.StatusGone)
	return s.wrong(v, page, s.problem(v, "customer.token")...)
}

// askReset sends a link to a new password, and says so whether the address has an account or not.
func (s *Server) askReset(v *visit) error {
	page := view.AccountPage{Name: view.AccountReset}
	email, problems := s.wantedEmail(v, "email")
	if len(problems) > 0 {
		return s.wrong(v, page, problems...)
	}
	if wait := s.letters(v, email); wait > 0 {
		return s.wrong(v, page, s.later(v, wait))
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	t, err := customer.NewToken(rand.Reader)
	if err != nil {
		return err
	}
	if err := s.Doors.AskReset(ctx, email, v.edition.Market.Code, v.edition.Locale.Tag(), s.below(v, view.AccountNew)+"?token=", t); err != nil {
		return away("ask for a new password", err)
	}
	return s.sent(v, page, "customer.sent_reset", email)
}

// reset sets a new password by a link, ends all sessions, and lets the owner in.
func (s *Server) reset(v *visit) error {
	page := view.AccountPage{Name: view.AccountNew}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	t, holder, err := byLetter(ctx, v, s.Doors.Holder)
	if err != nil {
		return s.unopened(v, page, err)
	}
	password := v.FormValue("password")
	if problems := s.unfit(v, password, holder.Email); len(problems) > 0 {
		return s.wrong(v, page, problems...)
	}
	hash, err := s.Passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	// Before and after: a store of sessions that cannot end them is found out while nothing has changed yet.
	if err := s.Sessions.EndAll(ctx, holder.ID, 0); err != nil {
		return away("end all sessions", err)
	}
	c, err := s.Doors.Reset(ctx, t, hash)
	if err != nil {
		return s.unopened(v, page, err)
	}
	if err := s.Sessions.EndAll(ctx, c.ID, c.Epoch); err != nil {
		return away("end all sessions", err)
	}
	return s.welcome(ctx, v, holder.Email, c)
}

// moveEmail makes a new address the account's. Whoever has the letter may: the password was asked for before it was sent.
func (s *Server) moveEmail(v *visit) error {
	page := view.AccountPage{Name: view.AccountMove}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	t, err := customer.ParseToken(v.FormValue("token"))
	if err == nil {
		err = s.Doors.MoveEmail(ctx, t)
	}
	if err != nil {
		return s.unopened(v, page, err)
	}
	page.Done = true
	page.Messages = []view.Message{{Level: "good", Text: s.Site.Words(v.edition, "customer.moved")}}
	return s.renderAccount(v, page)
}
