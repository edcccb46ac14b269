package web

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"caveau/store/alert"
	"caveau/store/catalog"
	"caveau/store/money"
	"caveau/templates/live"
	"caveau/web/view"
)

// Alerts keeps what people want to be told. alert.ErrUnknown says that a token opens nothing; any other error that nothing is known of the
// database. Ask doesn't say whether the alert is new, was there or is over a bound, and takes as long for each.
type Alerts interface {
	Ask(ctx context.Context, r alert.Request) error
	Peek(ctx context.Context, token alert.Token, purpose alert.Purpose) (alert.Alert, error)
	Confirm(ctx context.Context, token alert.Token) (alert.Alert, error)
	Stop(ctx context.Context, token alert.Token, all bool) (alert.Alert, error)
}

// alertBudget is what the database may take.
const alertBudget = 3 * time.Second

// alertActions are what lies below the path of the page of alerts; the path itself takes the asking.
var alertActions = []string{view.AlertAsked, alert.ConfirmPath, alert.StopPath}

// alerts answers for the page of alerts and the links of its letters.
func (s *Server) alerts(v *visit, action string) error {
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	post := v.Method() == fiber.MethodPost
	switch {
	case !post && !isRead(v.Ctx):
		return notAllowed(v.Ctx, readAndWrite)
	case post && !sameOrigin(v.Ctx) && !(action == alert.StopPath && isOneClick(v)):
		return errForeign
	case action == alert.ConfirmPath:
		return s.alertLink(v, alert.ToConfirm, post)
	case action == alert.StopPath:
		return s.alertLink(v, alert.ToStop, post)
	case action == view.AlertAsked && !post:
		return s.render(v.Ctx, s.site(v).AlertSaid(v.snap, v.edition, view.AlertWasAsked))
	case action == view.AlertAsked:
		return notAllowed(v.Ctx, readOnly)
	case post:
		return s.askAlert(v)
	default:
		return s.render(v.Ctx, s.site(v).Alerts(v.snap, v.edition, nil, nil))
	}
}

// askAlert takes the box of a wine. What cannot be taken is shown again in full, with what is wrong.
func (s *Server) askAlert(v *visit) error {
	form := readAlert(v)
	a, problems, err := s.alertOf(v, form)
	if err != nil {
		return err
	}
	status := fiber.StatusUnprocessableEntity
	if len(problems) == 0 {
		ctx, cancel := context.WithTimeout(context.Background(), alertBudget)
		defer cancel()
		if err = s.Alerts.Ask(ctx, s.Site.AlertRequest(v.snap, v.edition, a)); err == nil {
			return v.Redirect(s.Site.Path(v.snap, v.edition, v.node.Page)+"/"+view.AlertAsked, fiber.StatusSeeOther)
		}
		s.Logger.Error("alerts: not written down", "market", v.edition.Market.Code, "err", err)
		problems, status = s.problem(v, "alert.busy"), fiber.StatusServiceUnavailable
	}
	v.Status(status)
	return s.render(v.Ctx, s.site(v).Alerts(v.snap, v.edition, &form, problems))
}

// readAlert takes the fields as they are.
func readAlert(v *visit) view.AlertForm {
	value := func(name string) string { return strings.TrimSpace(v.FormValue(name)) }
	return view.AlertForm{Of: value("of"), SKU: value("sku"), Below: value("below"), Email: value("email")}
}

// alertOf is the alert that a form asks for. A subject that this shop does not have is no page; all else are problems of fields.
func (s *Server) alertOf(v *visit, f view.AlertForm) (a alert.Alert, problems []view.Problem, err error) {
	subject, err := alert.SubjectOf(f.Of)
	w := v.snap.Wine(subject.Wine)
	if err != nil || w == nil {
		return a, nil, errNotFound
	}
	a = alert.Alert{Email: f.Email, Market: v.edition.Market.Code, Locale: v.edition.Locale.Tag(), Subject: subject}
	wrong := func(key, field string, amount money.Amount) {
		problems = append(problems, s.Site.AlertProblem(v.edition, key, field, amount))
	}
	if subject.Year == alert.AnyYear {
		a.Kind = alert.Vintage
		if newest := alert.NewestPriced(w, v.edition.Market); newest != nil {
			a.After = newest.Vintage.Year
		}
	} else {
		vintage, ok := w.Vintage(subject.Year)
		if !ok {
			return a, nil, errNotFound
		}
		s.alertOfVintage(v, f, vintage, &a, wrong)
	}
	switch {
	case f.Email == "":
		wrong("checkout.missing", "email", money.Amount{})
	case !isMail(f.Email):
		wrong("checkout.bad_email", "email", money.Amount{})
	}
	return a, problems, nil
}

// alertOfVintage says what of a vintage is asked for: one format or any, back in stock or at a price.
func (s *Server) alertOfVintage(v *visit, f view.AlertForm, vintage *catalog.Vintage, a *alert.Alert, wrong func(key, field string, amount money.Amount)) {
	a.Kind = alert.Stock
	skus := vintage.SKUs
	if f.SKU != "" {
		sku := v.snap.SKU(f.SKU)
		if sku == nil || sku.Vintage != vintage {
			wrong("alert.choose", "sku", money.Amount{})
			return
		}
		a.Subject, skus = alert.Subject{SKU: sku.Code, Year: alert.AnyYear}, []*catalog.SKU{sku}
	}
	if f.Below == "" {
		if s.anyLeft(v, skus) {
			wrong("alert.in_stock", "sku", money.Amount{})
		}
		return
	}
	a.Kind = alert.Price
	minor, ok := s.Site.ReadMoney(v.edition, f.Below)
	switch {
	case !ok:
		wrong("alert.bad_amount", "below", money.Amount{})
	case f.SKU == "":
		wrong("alert.choose", "sku", money.Amount{})
	default:
		a.Below = minor
		if price, priced := skus[0].Price(v.edition.Market); priced && price.Minor <= minor {
			wrong("alert.not_below", "below", price.Amount)
		}
	}
}

// anyLeft says that the market has something of some SKUs now.
func (s *Server) anyLeft(v *visit, skus []*catalog.SKU) bool {
	s.Stock.Read()
	place := s.Board.Warehouse(v.edition.Market.Warehouse)
	for _, sku := range skus {
		if _, priced := sku.Price(v.edition.Market); priced && s.Board.Available(live.Stock{sku.Slot}, place) > 0 {
			return true
		}
	}
	return false
}

// isOneClick is a post that a mail program makes by itself (RFC 8058), to the address that is also the link's. It comes from anywhere and
// brings no cookie: the token alone opens the alert, and all that it can do is to end it.
func isOneClick(v *visit) bool { return v.FormValue("List-Unsubscribe") == "One-Click" }

// alertLink answers for a link of a letter: to look writes nothing, the button does.
func (s *Server) alertLink(v *visit, purpose alert.Purpose, post bool) error {
	v.Set("Referrer-Policy", "same-origin") // the address opens the alert
	token, err := alert.ParseToken(v.FormValue("token"))
	if err != nil {
		return s.alertUnknown(v)
	}
	ctx, cancel := context.WithTimeout(context.Background(), alertBudget)
	defer cancel()
	a, err := s.Alerts.Peek(ctx, token, purpose)
	if err == nil && a.Market != v.edition.Market.Code {
		err = alert.ErrUnknown
	}
	news := view.AlertWasConfirmed
	switch {
	case err != nil || !post:
	case purpose == alert.ToConfirm:
		_, err = s.Alerts.Confirm(ctx, token)
	default:
		_, err = s.Alerts.Stop(ctx, token, v.FormValue("all") != "" || isOneClick(v))
		news = view.AlertWasStopped
	}
	switch {
	case errors.Is(err, alert.ErrUnknown) && post && isOneClick(v): // posted once more: what was asked for is so
		return s.render(v.Ctx, s.Site.AlertSaid(v.snap, v.edition, view.AlertWasStopped))
	case errors.Is(err, alert.ErrUnknown):
		return s.alertUnknown(v)
	case err != nil:
		s.Logger.Error("alerts: a link was not followed", "market", v.edition.Market.Code, "err", err)
		return fmt.Errorf("%w: follow a link of an alert", errAway)
	case post:
		return s.render(v.Ctx, s.site(v).AlertSaid(v.snap, v.edition, news))
	case purpose == alert.ToConfirm:
		return s.render(v.Ctx, s.site(v).ConfirmAlert(v.snap, v.edition, a, token))
	default:
		return s.render(v.Ctx, s.site(v).StopAlert(v.snap, v.edition, a, token))
	}
}

// alertUnknown is one answer for a link that was used, has run out or never was.
func (s *Server) alertUnknown(v *visit) error {
	v.Status(fiber.StatusGone)
	return s.render(v.Ctx, s.site(v).AlertSaid(v.snap, v.edition, view.AlertLinkUsed))
}
