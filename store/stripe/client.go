package stripe

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	sdk "github.com/stripe/stripe-go/v82"

	"caveau/store/money"
	"caveau/store/order"
	"caveau/store/payment"
)

// Options of a Client.
type Options struct {
	Key     string   // secret key
	URL     string   // of the API; "" is Stripe's own
	Secrets []string // that sign messages; several while they are changed
}

// Client talks to Stripe.
type Client struct {
	api     *sdk.Client
	secrets []string
}

// patience with one call; one more is tried with the same key.
const (
	patience = 5 * time.Second
	retries  = 1
)

// New makes a client. Nothing is called yet.
func New(o Options) *Client {
	config := &sdk.BackendConfig{
		HTTPClient: &http.Client{Timeout: patience}, MaxNetworkRetries: sdk.Int64(retries), EnableTelemetry: sdk.Bool(false),
		LeveledLogger: &sdk.LeveledLogger{Level: sdk.LevelNull}, // our own log says what failed, without the buyer
	}
	if o.URL != "" {
		config.URL = sdk.String(o.URL)
	}
	return &Client{api: sdk.NewClient(o.Key, sdk.WithBackends(sdk.NewBackendsWithConfig(config))), secrets: o.Secrets}
}

// What our objects at Stripe carry, to know them by.
const (
	metaNumber  = "caveau_order"
	metaAttempt = "caveau_attempt"
)

// cents are the currencies whose smallest unit at Stripe is ours. Some others count differently there.
var cents = map[money.Currency]bool{"EUR": true, "GBP": true, "CHF": true, "USD": true, "HKD": true}

// Begin implements payment.Provider.
func (c *Client) Begin(ctx context.Context, p payment.Page) (payment.Session, error) {
	if !cents[p.Amount.Currency] {
		return payment.Session{}, fmt.Errorf("%w: nobody has tried amounts in %q", payment.ErrRefused, p.Amount.Currency)
	}
	params := request(p)
	params.SetIdempotencyKey(p.Key())
	made, err := c.api.V1CheckoutSessions.Create(ctx, params)
	if err != nil {
		return payment.Session{}, told("make a session", err)
	}
	return session(made), nil
}

// request is a page in Stripe's words.
func request(p payment.Page) *sdk.CheckoutSessionCreateParams {
	meta := map[string]string{metaNumber: string(p.Number), metaAttempt: strconv.Itoa(p.Attempt)}
	return &sdk.CheckoutSessionCreateParams{
		Mode:               sdk.String("payment"),
		PaymentMethodTypes: []*string{sdk.String("card")},
		ClientReferenceID:  sdk.String(string(p.Number)),
		CustomerEmail:      sdk.String(p.Email),
		Locale:             sdk.String(locale(p.Locale)),
		ExpiresAt:          sdk.Int64(p.Expires.Unix()),
		SuccessURL:         sdk.String(p.Words.Paid),
		CancelURL:          sdk.String(p.Words.Back),
		Metadata:           meta,
		PaymentIntentData:  &sdk.CheckoutSessionCreatePaymentIntentDataParams{Metadata: meta, Description: sdk.String(string(p.Number))},
		LineItems: []*sdk.CheckoutSessionCreateLineItemParams{{
			Quantity: sdk.Int64(1),
			PriceData: &sdk.CheckoutSessionCreateLineItemPriceDataParams{
				Currency: sdk.String(strings.ToLower(string(p.Amount.Currency))), UnitAmount: sdk.Int64(p.Amount.Minor),
				ProductData: &sdk.CheckoutSessionCreateLineItemPriceDataProductDataParams{Name: sdk.String(p.Words.Title)},
			},
		}},
	}
}

// locale is Stripe's name for a language; its page speaks it.
func locale(tag string) string {
	language, _, _ := strings.Cut(tag, "-")
	switch {
	case language == "zh":
		return "zh-HK"
	case tag == "en-GB" || tag == "en-IE":
		return "en-GB"
	default:
		return language
	}
}

// Session implements payment.Provider.
func (c *Client) Session(ctx context.Context, id string) (payment.Session, error) {
	found, err := c.api.V1CheckoutSessions.Retrieve(ctx, id, nil)
	if err != nil {
		return payment.Session{}, told("ask for a session", err)
	}
	return session(found), nil
}

// Close implements payment.Provider. Stripe refuses to close what is over.
func (c *Client) Close(ctx context.Context, id string) (payment.Session, error) {
	closed, err := c.api.V1CheckoutSessions.Expire(ctx, id, nil)
	if err = told("close a session", err); errors.Is(err, payment.ErrRefused) {
		return c.Session(ctx, id)
	}
	if err != nil {
		return payment.Session{}, err
	}
	return session(closed), nil
}

// Refund implements payment.Provider. A refund that Stripe has begun is one: should it come to nothing later, a message says so.
func (c *Client) Refund(ctx context.Context, r payment.Refund) error {
	params := &sdk.RefundCreateParams{
		PaymentIntent: sdk.String(r.Payment), Amount: sdk.Int64(r.Amount.Minor), Metadata: map[string]string{metaNumber: string(r.Number)},
	}
	params.SetIdempotencyKey(r.Key())
	made, err := c.api.V1Refunds.Create(ctx, params)
	var answer *sdk.Error
	switch {
	case errors.As(err, &answer) && answer.Code == sdk.ErrorCodeChargeAlreadyRefunded:
		return nil
	case err != nil:
		return told("pay back", err)
	case made.Status == sdk.RefundStatusFailed || made.Status == sdk.RefundStatusCanceled:
		return fmt.Errorf("%w: the refund is %s", payment.ErrRefused, made.Status)
	}
	return nil
}

// told is an error in our words. What Stripe says of the request is left out, for it may name the buyer.
func told(what string, err error) error {
	var answer *sdk.Error
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &answer):
		var call *url.Error // it holds the address, and that names the session
		if errors.As(err, &call) {
			err = call.Err
		}
		return fmt.Errorf("%s: %w: %w", what, payment.ErrAway, err)
	}
	status := answer.HTTPStatusCode
	kind := payment.ErrRefused
	if status >= http.StatusInternalServerError || status == http.StatusTooManyRequests || status == http.StatusConflict || status == http.StatusUnauthorized {
		kind = payment.ErrAway
	}
	return fmt.Errorf("%s: %w: status %d, %s %s %s, request %s", what, kind, status, answer.Type, answer.Code, answer.Param, answer.RequestID)
}

// session is one of Stripe's in our words.
func session(s *sdk.CheckoutSession) payment.Session {
	out := payment.Session{ID: s.ID, Number: order.Number(s.Metadata[metaNumber]), Amount: amount(s.AmountTotal, s.Currency), State: state(s)}
	out.Attempt, _ = strconv.Atoi(s.Metadata[metaAttempt]) //nolint:errcheck // 0 is no attempt
	if out.State == payment.Open {
		out.Address = s.URL
	}
	if s.PaymentIntent != nil {
		out.Payment = s.PaymentIntent.ID
	}
	return out
}

func state(s *sdk.CheckoutSession) payment.SessionState {
	switch {
	case s.Status == sdk.CheckoutSessionStatusOpen:
		return payment.Open
	case s.Status == sdk.CheckoutSessionStatusExpired:
		return payment.Expired
	case s.PaymentStatus == sdk.CheckoutSessionPaymentStatusPaid:
		return payment.Paid
	default:
		return payment.Pending
	}
}

func amount(minor int64, currency sdk.Currency) money.Amount {
	return money.Of(minor, money.Currency(strings.ToUpper(string(currency))))
}
