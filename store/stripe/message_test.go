package stripe

import (
	"encoding/hex"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v82/webhook"

	"caveau/store/money"
	"caveau/store/payment"
)

func signed(body, secret string, at time.Time) string {
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(webhook.ComputeSignature(at, []byte(body), secret)))
}

func event(kind, object string) string {
	return fmt.Sprintf(`{"id": "evt_1", "object": "event", "type": %q, "api_version": "2025-08-27.basil", "data": {"object": %s}}`, kind, object)
}

const (
	paidSession = `{"id": "cs_1", "object": "checkout.session", "status": "complete", "payment_status": "paid", "amount_total": 5000, "currency": "chf",
		"payment_intent": "pi_1", "metadata": {"caveau_order": "CH-100001", "caveau_attempt": "3"}}`
	foreignSession = `{"id": "cs_1", "object": "checkout.session", "status": "complete", "payment_status": "paid", "amount_total": 5000, "currency": "chf"}`
)

func TestWhatMessagesSay(t *testing.T) {
	c := New(Options{Key: "sk_test", Secrets: []string{"whsec_new", "whsec_old"}})
	paid := payment.Notice{ID: "evt_1", What: "paid", Session: "cs_1", Number: "CH-100001", Attempt: 3, Payment: "pi_1", Amount: money.Of(5000, "CHF")}
	failed := paid
	failed.What = payment.Fact(payment.Failed)
	for name, test := range map[string]struct {
		body string
		want payment.Notice
	}{
		"paid":        {event("checkout.session.completed", paidSession), paid},
		"paid later":  {event("checkout.session.async_payment_succeeded", paidSession), paid},
		"failed":      {event("checkout.session.async_payment_failed", paidSession), failed},
		"another's":   {event("checkout.session.completed", foreignSession), payment.Notice{ID: "evt_1", What: payment.Nothing, Session: "cs_1", Amount: money.Of(5000, "CHF")}},
		"of no use":   {event("customer.created", `{"id": "cus_1"}`), payment.Notice{ID: "evt_1", What: payment.Nothing}},
		"not yet out": {event("checkout.session.invented", `{}`), payment.Notice{ID: "evt_1", What: payment.Nothing}},
		"given back": {
			event("charge.refunded", `{"id": "ch_1", "object": "charge", "amount": 5000, "amount_refunded": 2000, "currency": "eur", "payment_intent": "pi_1", "metadata": {"caveau_order": "FR-1"}}`),
			payment.Notice{ID: "evt_1", What: payment.Returned, Number: "FR-1", Payment: "pi_1", Amount: money.Of(2000, "EUR")},
		},
		"not given back": {
			event("refund.failed", `{"id": "re_1", "object": "refund", "amount": 5000, "currency": "eur", "payment_intent": "pi_1", "metadata": {"caveau_order": "FR-1"}}`),
			payment.Notice{ID: "evt_1", What: payment.Unreturned, Number: "FR-1", Payment: "pi_1", Amount: money.Of(5000, "EUR")},
		},
	} {
		if test.want.What == payment.Nothing {
			got, err := c.Read([]byte(test.body), signed(test.body, "whsec_new", time.Now()))
			if err != nil || got.What != payment.Nothing {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
			continue
		}
		for _, secret := range []string{"whsec_new", "whsec_old"} {
			if got, err := c.Read([]byte(test.body), signed(test.body, secret, time.Now())); err != nil || got != test.want {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
	}
}

func TestForgedMessages(t *testing.T) {
	c := New(Options{Key: "sk_test", Secrets: []string{"whsec_new", "whsec_old"}})
	body := event("checkout.session.completed", paidSession)
	other := event("checkout.session.completed", paidSession+" ")
	for name, signature := range map[string]string{
		"no signature": "", "nonsense": "t=x,v1=y", "no scheme": "t=1", "another secret": signed(body, "whsec_foreign", time.Now()), "another body": signed(other, "whsec_new", time.Now()),
		"an old scheme": "t=1,v0=00", "six minutes old": signed(body, "whsec_new", time.Now().Add(-6*time.Minute)),
	} {
		if _, err := c.Read([]byte(body), signature); !errors.Is(err, payment.ErrForged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := New(Options{Key: "sk_test"}).Read([]byte(body), signed(body, "", time.Now())); !errors.Is(err, payment.ErrForged) {
		t.Errorf("without a secret: %v", err)
	}
	if _, err := New(Options{Key: "sk_test", Secrets: []string{""}}).Read([]byte(body), signed(body, "", time.Now())); !errors.Is(err, payment.ErrForged) {
		t.Errorf("with an empty secret: %v", err)
	}
	for _, nonsense := range []string{"", "{", "null", `{"id": "evt_1"}`, event("checkout.session.completed", `[1]`)} {
		if n, err := c.Read([]byte(nonsense), signed(nonsense, "whsec_new", time.Now())); err == nil {
			t.Errorf("%q is %+v", nonsense, n)
		}
	}
}
