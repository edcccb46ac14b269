package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"caveau/store/ledger"
	"caveau/store/mail"
	"caveau/store/order"
	"caveau/store/withdrawal"
	"caveau/web/view"
)

// Withdrawals takes statements of withdrawal down. Withdraw never refuses one for what it says, posts its receipt in the same
// transaction, and answers the same statement again with what was taken down before. Find answers order.ErrUnknown, Receipt
// withdrawal.ErrUnknown; any other error means that nothing is known of the database.
type Withdrawals interface {
	Find(ctx context.Context, number order.Number, email string) (order.Order, error)
	Withdrawals(ctx context.Context, number order.Number) ([]withdrawal.Record, error)
	Withdraw(ctx context.Context, s withdrawal.Statement, letter func(withdrawal.Record) mail.Letter) (withdrawal.Record, error)
	Receipt(ctx context.Context, key order.Key) (withdrawal.Record, error)
}

var withdrawalActions = []string{view.WithdrawalConfirm, view.WithdrawalReceipt}

// withdrawal answers for the page of withdrawals: public as long as nothing was entered, a visitor's own afterwards. Where the law has
// no such function it is a page of words.
func (s *Server) withdrawal(v *visit, action string) error {
	switch {
	case action == "" && isRead(v.Ctx) && (!s.Site.Withdraws(v.edition) || v.Query("key")+v.Query("pass") == ""):
		return s.page(v)
	case !s.Site.Withdraws(v.edition) && action == "":
		return notAllowed(v.Ctx, readOnly)
	case !s.Site.Withdraws(v.edition):
		return errNotFound
	case action == view.WithdrawalReceipt && isRead(v.Ctx):
		return s.receipt(v)
	case action == view.WithdrawalReceipt:
		return notAllowed(v.Ctx, readOnly)
	case v.Method() == fiber.MethodPost:
		return s.postWithdrawal(v, action)
	case action == view.WithdrawalConfirm:
		return notAllowed(v.Ctx, writeOnly)
	case isRead(v.Ctx):
		return s.fromOrder(v)
	default:
		return notAllowed(v.Ctx, readAndWrite)
	}
}

// fromOrder is the first step, filled in for who comes by the link of an order.
func (s *Server) fromOrder(v *visit) error {
	ctx, cancel := context.WithTimeout(context.Background(), orderBudget)
	defer cancel()
	found, access, err := s.opened(ctx, v)
	if err != nil {
		return err
	}
	secret, _ := order.ParseKey(access.Get("key")) // who comes by a pass is known by number and address
	st := withdrawal.Statement{Secret: secret, Number: string(found.Number), Name: found.Contact.Name, Email: found.Contact.Email}
	ownPage(v)
	return s.render(v.Ctx, s.site(v).WithdrawalStepOne(v.snap, v.edition, st, nil))
}

// postWithdrawal reads who withdraws from what. The first step is right when the fields are; the second takes the statement down.
func (s *Server) postWithdrawal(v *visit, action string) error {
	if !sameOrigin(v.Ctx) {
		return errForeign
	}
	st, err := s.readStatement(v)
	if err != nil {
		return err
	}
	ownPage(v)
	if v.FormValue("edit") != "" {
		return s.render(v.Ctx, s.site(v).WithdrawalStepOne(v.snap, v.edition, st, nil))
	}
	faults := st.Faults()
	if !slices.Contains(faults, "email") && !isMail(st.Email) {
		faults = append(faults, "email")
	}
	if len(faults) > 0 && !slices.Equal(faults, []string{view.WithdrawalWords}) {
		v.Status(fiber.StatusUnprocessableEntity)
		return s.render(v.Ctx, s.site(v).WithdrawalStepOne(v.snap, v.edition, st, s.Site.WithdrawalFaults(v.edition, st, faults)))
	}
	if action == "" && s.leaves(v, st.Order()) > 0 { // a statement itself is never refused
		return s.render(v.Ctx, s.Site.WithdrawalStepOne(v.snap, v.edition, st, s.Site.WithdrawalWait(v.edition)))
	}
	ctx, cancel := context.WithTimeout(context.Background(), orderBudget)
	defer cancel()
	found, offered, err := s.offer(ctx, v, st)
	switch {
	case action == "":
		return s.render(v.Ctx, s.site(v).WithdrawalStepTwo(v.snap, v.edition, st, offered, nil))
	case err != nil:
		s.Logger.Error("withdrawal: the order was not read", "market", v.edition.Market.Code, "err", err)
		return s.notTakenDown(v, st, offered, fiber.StatusServiceUnavailable, s.Site.WithdrawalBusy(v.edition))
	case len(faults) > 0:
		return s.notTakenDown(v, st, offered, fiber.StatusUnprocessableEntity, s.Site.WithdrawalFaults(v.edition, st, faults))
	}
	return s.withdraw(ctx, v, st, found, offered)
}

// readStatement takes the fields as they are; a key that is none gives way to a new one.
func (s *Server) readStatement(v *visit) (withdrawal.Statement, error) {
	value := func(name string) string { return strings.TrimSpace(v.FormValue(name)) }
	st := withdrawal.Statement{
		Market: v.edition.Market.Code, Locale: v.edition.Locale.Tag(), Name: value("name"), Number: value("number"), Email: value("email"), Words: value(view.WithdrawalWords),
	}
	if secret, err := order.ParseKey(value("secret")); err == nil {
		st.Secret = secret
	}
	key, err := order.ParseKey(value("key"))
	if err != nil {
		if key, err = order.NewKey(rand.Reader); err != nil {
			return st, fmt.Errorf("read a statement of withdrawal: %w", err)
		}
	}
	st.Key = key
	return st, nil
}

// offer is what the second step offers. Where no order fits it offers words, and where the database is away too: it says why.
func (s *Server) offer(ctx context.Context, v *visit, st withdrawal.Statement) (order.Order, view.Offered, error) {
	rules := s.Rules.Rules()
	if rules == nil {
		return order.Order{}, view.Offered{}, errors.New("the rules of law are not read yet")
	}
	found, err := s.meant(ctx, st)
	if errors.Is(err, order.ErrUnknown) || err == nil && found.Market != v.edition.Market.Code {
		return order.Order{}, view.Offered{}, nil
	}
	if err != nil {
		return order.Order{}, view.Offered{}, err
	}
	earlier, err := s.Leaving.Withdrawals(ctx, found.Number)
	if err != nil {
		return order.Order{}, view.Offered{}, err
	}
	choices := withdrawal.Choices(rules, v.edition.Market, found, earlier)
	return found, view.Offered{Choices: choices, Matched: true, Ends: withdrawal.Ends(choices, v.edition.Market, found, s.arrivals(ctx, v, found))}, nil
}

// arrivals are the days on which primeurs came to the buyer, by the ledger.
func (s *Server) arrivals(ctx context.Context, v *visit, o order.Order) map[string]time.Time {
	came := map[string]time.Time{}
	for _, way := range s.ways(ctx, v, o) {
		for _, step := range way.Steps {
			if day, err := time.ParseInLocation(time.DateOnly, string(step.Actual), v.edition.Market.Zone); step.Kind == ledger.Delivered && err == nil {
				came[way.Line.SKU] = day
			}
		}
	}
	return came
}

// meant is the order that a statement is about, for who has its link or its e-mail address.
func (s *Server) meant(ctx context.Context, st withdrawal.Statement) (order.Order, error) {
	if st.Secret != (order.Key{}) {
		found, err := s.Orders.Status(ctx, st.Order(), st.Secret, "")
		if !errors.Is(err, order.ErrUnknown) {
			return found, err
		}
	}
	return s.Leaving.Find(ctx, st.Order(), st.Email)
}

// withdraw takes the statement down and leads to its receipt. One that was taken down before leads there too, though by now there is
// less to choose from than it chose.
func (s *Server) withdraw(ctx context.Context, v *visit, st withdrawal.Statement, found order.Order, offered view.Offered) error {
	st.Ends = offered.Ends
	problems := s.choose(v, &st, &offered)
	if id, err := st.ID(); err == nil {
		if earlier, err := s.Leaving.Receipt(ctx, id); err == nil {
			return s.toReceipt(v, earlier.Key)
		}
	}
	if len(problems) > 0 {
		return s.notTakenDown(v, st, offered, fiber.StatusUnprocessableEntity, problems)
	}
	r, err := s.Leaving.Withdraw(ctx, st, func(r withdrawal.Record) mail.Letter { return s.Site.ReceiptLetter(v.snap, v.edition, r) })
	if err != nil {
		s.Logger.Error("withdrawal: not taken down", "market", v.edition.Market.Code, "order", found.Number, "err", err)
		return s.notTakenDown(v, st, offered, fiber.StatusServiceUnavailable, s.Site.WithdrawalBusy(v.edition))
	}
	return s.toReceipt(v, r.Key)
}

// choose reads how much of each line is withdrawn from into the statement, and says what cannot be.
func (s *Server) choose(v *visit, st *withdrawal.Statement, offered *view.Offered) []view.Problem {
	var problems []view.Problem
	offered.Units = map[int]string{}
	for _, c := range offered.Choices {
		name := view.WithdrawalUnits(c.Position)
		text := strings.TrimSpace(v.FormValue(name))
		if text == "" || c.Right.Exempt {
			continue
		}
		offered.Units[c.Position] = text
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > c.Left {
			problems = append(problems, view.Problem{Field: name, Text: s.Site.Words(v.edition, "withdrawal.bad_units", "wine", c.Line.Title, "most", c.Left)})
		}
		if err == nil && n > 0 {
			st.Lines = append(st.Lines, withdrawal.Line{Position: c.Position, Title: c.Line.Title, Quantity: n})
		}
	}
	if offered.Open() && len(st.Lines) == 0 && len(problems) == 0 {
		problems = s.problem(v, "withdrawal.nothing")
	}
	return problems
}

func (s *Server) notTakenDown(v *visit, st withdrawal.Statement, offered view.Offered, status int, problems []view.Problem) error {
	v.Status(status)
	return s.render(v.Ctx, s.site(v).WithdrawalStepTwo(v.snap, v.edition, st, offered, problems))
}

func (s *Server) toReceipt(v *visit, key order.Key) error {
	return v.Redirect(s.Site.WithdrawalPath(v.snap, v.edition, view.WithdrawalReceipt)+"?key="+key.String(), fiber.StatusSeeOther)
}

// receipt shows what was taken down to whoever has its key.
func (s *Server) receipt(v *visit) error {
	ctx, cancel := context.WithTimeout(context.Background(), orderBudget)
	defer cancel()
	key, err := order.ParseKey(v.Query("key"))
	if err != nil {
		return errNotFound
	}
	r, err := s.Leaving.Receipt(ctx, key)
	if errors.Is(err, withdrawal.ErrUnknown) || err == nil && r.Market != v.edition.Market.Code {
		return errNotFound
	}
	if err != nil {
		return fmt.Errorf("show a receipt: %w", err)
	}
	ownPage(v)
	return s.render(v.Ctx, s.site(v).Receipt(v.snap, v.edition, r))
}
