package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"caveau/store/customer"
	"caveau/store/route"
	"caveau/web/view"
)

// Sessions keeps who is logged in, for all instances. customer.ErrNoSession: there is none; any other error: nobody can say, and nobody
// is logged in.
type Sessions interface {
	Begin(ctx context.Context, t customer.Ticket, epoch int) error
	Touch(ctx context.Context, t customer.Ticket) (customer.Session, error)
	End(ctx context.Context, t customer.Ticket) error
	EndAll(ctx context.Context, id customer.ID, epoch int) error
	List(ctx context.Context, id customer.ID) ([]customer.Session, error)
}

// SessionCookie holds the ticket. It is set by a log-in and cleared by a log-out, and by nothing else.
const SessionCookie = view.CookieSession

// sessionBudget is what Redis may take for one page of a customer's.
const sessionBudget = 500 * time.Millisecond

// site is the shop as the visitor sees it. A session's cookie is enough for that, and nobody has asked yet whether it is one: it
// decides what the top of a page leads to, and that no shared cache keeps the page.
func (s *Server) site(v *visit) *view.Site {
	site := s.Site
	if v.member {
		site = site.Member()
	}
	return site.To(s.door(v))
}

// session of the visitor; customer.ErrNoSession where there is none.
func (s *Server) session(v *visit) (customer.Session, error) {
	t, err := customer.ParseTicket(v.Cookies(SessionCookie))
	if err != nil {
		return customer.Session{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), sessionBudget)
	defer cancel()
	return s.Sessions.Touch(ctx, t)
}

// enter begins a session of an account, under a new ticket whatever the browser came with; the one it came with ends.
func (s *Server) enter(v *visit, c customer.Credentials) error {
	t, err := customer.NewTicket(rand.Reader, c.ID)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), sessionBudget)
	defer cancel()
	if err := s.leave(ctx, v); err != nil {
		return err
	}
	if err := s.Sessions.Begin(ctx, t, c.Epoch); err != nil {
		return err
	}
	setCookie(v, SessionCookie, t.String(), customer.SessionLife)
	return nil
}

// leave ends the session that the visitor came with, where it is one.
func (s *Server) leave(ctx context.Context, v *visit) error {
	t, err := customer.ParseTicket(v.Cookies(SessionCookie))
	if err != nil {
		return nil //nolint:nilerr // no ticket, no session
	}
	return s.Sessions.End(ctx, t)
}

// forgetVisitor takes from the browser what it has of the customer: the cookies, and pages it may have kept.
func forgetVisitor(v *visit) {
	clearCookie(v, SessionCookie)
	clearCookie(v, CartCookie)
	v.Set("Clear-Site-Data", `"cache"`)
}

// own lets a page answer for whoever is logged in. Others are led to the log-in. Where nobody can say who is, the page says so: it
// fails closed.
func (s *Server) own(answer func(v *visit, id customer.ID) error) func(v *visit) error {
	return func(v *visit) error {
		found, err := s.session(v)
		switch {
		case errors.Is(err, customer.ErrNoSession):
			return s.toAccount(v, "/"+view.AccountLogin)
		case err != nil:
			s.Logger.Error("account: nobody can say who is logged in", "err", err)
			return errAway
		}
		if err = answer(v, found.Customer); errors.Is(err, customer.ErrUnknown) { // erased, and the session is late
			return s.toAccount(v, "/"+view.AccountLogin)
		}
		return err
	}
}

// toAccount leads to the account, or to what lies below it.
func (s *Server) toAccount(v *visit, below string) error {
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	return v.Redirect(s.Site.Path(v.snap, v.edition, accountPage)+below, fiber.StatusSeeOther)
}

var accountPage = route.Page{Kind: route.Account}

// away wraps what a database said of an account.
func away(what string, err error) error { return fmt.Errorf("%w: %s: %w", errAway, what, err) }
