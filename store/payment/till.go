package payment

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"caveau/store/order"
)

// Provider is the payment provider. Its errors are ErrAway and ErrRefused, and ErrForged of Read.
type Provider interface {
	// Begin makes a page. The same Page again is the same session.
	Begin(ctx context.Context, p Page) (Session, error)
	// Session as it stands.
	Session(ctx context.Context, id string) (Session, error)
	// Close lets a session take no more money. One that is over stays as it is, and is returned so.
	Close(ctx context.Context, id string) (Session, error)
	// Refund gives a payment back, or a part of one. One that went back before is no error.
	Refund(ctx context.Context, r Refund) error
	// Read checks and reads a message; signature is what came beside the body.
	Read(body []byte, signature string) (Notice, error)
}

// Book is where all of it is written down. Each method is one transaction.
type Book interface {
	// Begin finds the page that an order has open, as a Session with an Address, or writes down the next attempt, as a Page
	// that is to be asked for. An order that waits for no card is order.ErrState; ErrLate.
	Begin(ctx context.Context, number order.Number) (Page, Session, error)
	// Began notes the session that an attempt became.
	Began(ctx context.Context, p Page, s Session) error
	// Void notes that an attempt became nothing.
	Void(ctx context.Context, p Page) error
	// Note does what a notice means. The same one again changes nothing. order.ErrUnknown, ErrEarly.
	Note(ctx context.Context, n Notice) (order.Change, error)
	// Errands takes some sessions to ask for or to close; no other instance gets them for a while.
	Errands(ctx context.Context) ([]Errand, error)
	// Refunds takes some of the money that is due back, likewise.
	Refunds(ctx context.Context) ([]Refund, error)
	// NotRefunded notes a refusal.
	NotRefunded(ctx context.Context, r Refund, why error) error
}

// Till takes money and gives it back.
type Till struct {
	provider Provider
	book     Book
	logger   *slog.Logger
	wake     chan struct{}
}

// NewTill with a provider and a book.
func NewTill(provider Provider, book Book, logger *slog.Logger) *Till {
	return &Till{provider: provider, book: book, logger: logger, wake: make(chan struct{}, 1)}
}

// Begin is the address of the page on which an order is paid: the one that is open, or a new one.
func (t *Till) Begin(ctx context.Context, number order.Number, words Words) (string, error) {
	for range 2 {
		page, open, err := t.book.Begin(ctx, number)
		if err != nil {
			return "", fmt.Errorf("begin the payment of order %.20s: %w", number, err)
		}
		if open.Address != "" {
			return open.Address, nil
		}
		page.Words = words
		address, err := t.ask(ctx, page)
		if !errors.Is(err, errVoid) {
			return address, err
		}
	}
	return "", fmt.Errorf("begin the payment of order %.20s: %w", number, ErrRefused)
}

// errVoid says that an attempt came to nothing and another may be made.
var errVoid = errors.New("the attempt came to nothing")

func (t *Till) ask(ctx context.Context, page Page) (string, error) {
	session, err := t.provider.Begin(ctx, page)
	if errors.Is(err, ErrRefused) {
		t.logger.Error("payment: the provider makes no page", "order", page.Number, "err", err)
		return "", errors.Join(errVoid, t.book.Void(ctx, page))
	}
	if err != nil {
		return "", fmt.Errorf("ask for a page for order %s: %w", page.Number, err)
	}
	if err := t.book.Began(ctx, page, session); err != nil {
		return "", fmt.Errorf("note the page of order %s: %w", page.Number, err)
	}
	if session.Address == "" { // over already: an attempt that was repeated
		return "", errVoid
	}
	return session.Address, nil
}

// Notice takes a message of the provider's. nil: what it means is committed, or it means nothing to us. ErrForged, and for the
// rest the message has to come again.
func (t *Till) Notice(ctx context.Context, body []byte, signature string) error {
	n, err := t.provider.Read(body, signature)
	if err != nil {
		return err
	}
	if n.What == Nothing {
		return nil
	}
	return t.note(ctx, n)
}

// note does what a notice means. What no repetition can mend is logged, for a person.
func (t *Till) note(ctx context.Context, n Notice) error {
	if n.What == Unreturned {
		t.logger.Error("payment: a refund came to nothing, somebody has to look at it", "order", n.Number, "payment", n.Payment)
		return nil
	}
	done, err := t.book.Note(ctx, n)
	switch {
	case errors.Is(err, order.ErrUnknown), errors.Is(err, order.ErrReceipt):
		t.logger.Error("payment: a notice fits no order, somebody has to look at it", "order", n.Number, "payment", n.Payment, "what", n.What, "err", err)
		return nil
	case err != nil:
		return fmt.Errorf("note that order %.20s is %s: %w", n.Number, n.What, err)
	}
	t.logger.Info("payment: noted", "order", n.Number, "what", n.What, "state", done.State)
	t.Wake()
	return nil
}

// Wake lets Run look at once.
func (t *Till) Wake() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// every is how often Run looks for something to do.
const every = 5 * time.Second

// Run does what nobody waits for, until ctx ends: refunds, closing, and asking after sessions. Any number of instances may.
func (t *Till) Run(ctx context.Context) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := t.Work(ctx); err != nil && ctx.Err() == nil {
			t.logger.Warn("payment: something is still to be done", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-t.wake:
		}
	}
}

// Work does what there is to do now.
func (t *Till) Work(ctx context.Context) error {
	return errors.Join(t.errands(ctx), t.refunds(ctx))
}

func (t *Till) errands(ctx context.Context) error {
	all, err := t.book.Errands(ctx)
	if err != nil {
		return fmt.Errorf("look for sessions: %w", err)
	}
	var failed []error
	for _, e := range all {
		failed = append(failed, t.errand(ctx, e))
	}
	return errors.Join(failed...)
}

func (t *Till) errand(ctx context.Context, e Errand) error {
	ask := t.provider.Session
	if e.Close {
		ask = t.provider.Close
	}
	session, err := ask(ctx, e.Session)
	if err != nil {
		return fmt.Errorf("ask for the session of order %s: %w", e.Number, err)
	}
	if session.State == Open {
		return nil
	}
	return t.note(ctx, session.Notice())
}

func (t *Till) refunds(ctx context.Context) error {
	all, err := t.book.Refunds(ctx)
	if err != nil {
		return fmt.Errorf("look for refunds: %w", err)
	}
	var failed []error
	for _, r := range all {
		failed = append(failed, t.refund(ctx, r))
	}
	return errors.Join(failed...)
}

func (t *Till) refund(ctx context.Context, r Refund) error {
	err := t.provider.Refund(ctx, r)
	if errors.Is(err, ErrRefused) {
		t.logger.Error("payment: the provider does not pay back, somebody has to look at it", "order", r.Number, "err", err)
		return t.book.NotRefunded(ctx, r, err)
	}
	if err != nil {
		return fmt.Errorf("pay order %s back: %w", r.Number, err)
	}
	return t.note(ctx, Notice{What: Returned, Number: r.Number, Payment: r.Payment, Amount: r.Amount, Refund: r.ID})
}
