package stripe

import (
	"encoding/json"
	"errors"
	"fmt"

	sdk "github.com/stripe/stripe-go/v82"
	"github.com/stripe/stripe-go/v82/webhook"

	"caveau/store/order"
	"caveau/store/payment"
)

// SignatureHeader is where a message has its signature.
const SignatureHeader = "Stripe-Signature"

// Read implements payment.Provider. A signature is good for five minutes.
func (c *Client) Read(body []byte, signature string) (payment.Notice, error) {
	event, err := c.open(body, signature)
	if err != nil {
		return payment.Notice{}, err
	}
	n, err := notice(event)
	if err != nil {
		return payment.Notice{}, fmt.Errorf("read a message of type %s: %w", event.Type, err)
	}
	if n.Number == "" {
		n.What = payment.Nothing
	}
	n.ID = event.ID
	return n, nil
}

// open a message that one of the secrets has signed.
func (c *Client) open(body []byte, signature string) (sdk.Event, error) {
	for _, secret := range c.secrets {
		if secret == "" || webhook.ValidatePayload(body, signature, secret) != nil {
			continue
		}
		var event sdk.Event
		if json.Unmarshal(body, &event) != nil || event.ID == "" || event.Data == nil {
			return sdk.Event{}, errors.New("a message that is signed and none")
		}
		return event, nil
	}
	return sdk.Event{}, payment.ErrForged
}

// notice is what an event says. The types are those that deploy/README.md tells operators to send.
func notice(event sdk.Event) (payment.Notice, error) {
	switch event.Type {
	case sdk.EventTypeCheckoutSessionCompleted, sdk.EventTypeCheckoutSessionAsyncPaymentSucceeded, sdk.EventTypeCheckoutSessionExpired:
		return ofSession(event.Data.Raw)
	case sdk.EventTypeCheckoutSessionAsyncPaymentFailed:
		n, err := ofSession(event.Data.Raw)
		n.What = payment.Fact(payment.Failed)
		return n, err
	case sdk.EventTypeChargeRefunded:
		return ofCharge(event.Data.Raw)
	case sdk.EventTypeRefundFailed:
		return ofRefund(event.Data.Raw)
	default:
		return payment.Notice{What: payment.Nothing}, nil
	}
}

func ofSession(raw []byte) (payment.Notice, error) {
	var s sdk.CheckoutSession
	if err := json.Unmarshal(raw, &s); err != nil {
		return payment.Notice{}, errors.New("no session in it")
	}
	return session(&s).Notice(), nil
}

func ofCharge(raw []byte) (payment.Notice, error) {
	var c sdk.Charge
	if err := json.Unmarshal(raw, &c); err != nil {
		return payment.Notice{}, errors.New("no charge in it")
	}
	n := payment.Notice{What: payment.Returned, Number: order.Number(c.Metadata[metaNumber]), Amount: amount(c.AmountRefunded, c.Currency)}
	if c.PaymentIntent != nil {
		n.Payment = c.PaymentIntent.ID
	}
	return n, nil
}

func ofRefund(raw []byte) (payment.Notice, error) {
	var r sdk.Refund
	if err := json.Unmarshal(raw, &r); err != nil {
		return payment.Notice{}, errors.New("no refund in it")
	}
	n := payment.Notice{What: payment.Unreturned, Number: order.Number(r.Metadata[metaNumber]), Amount: amount(r.Amount, r.Currency)}
	if r.PaymentIntent != nil {
		n.Payment = r.PaymentIntent.ID
	}
	return n, nil
}
