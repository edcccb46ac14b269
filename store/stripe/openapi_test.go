package stripe

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stripe/stripe-mock/embedded"
	mock "github.com/stripe/stripe-mock/server"

	"caveau/store/money"
	"caveau/store/payment"
)

// openAPI is Stripe's own stand-in: it refuses what its OpenAPI does not allow, and answers with what it promises.
var openAPI = sync.OnceValues(func() (*mock.StubServer, error) {
	spec, err1 := mock.LoadSpec(embedded.OpenAPISpec, "")
	fixtures, err2 := mock.LoadFixtures(embedded.OpenAPIFixtures, "")
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	return mock.NewStubServer(fixtures, spec, false, false)
})

// seen is a call as it was made.
type seen struct {
	what string
	key  string
	form url.Values
}

// checked is a client whose every call Stripe's OpenAPI has to allow.
func checked(t *testing.T) (*Client, *[]seen) {
	t.Helper()
	stub, err := openAPI()
	if err != nil {
		t.Fatal(err)
	}
	var calls []seen
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) //nolint:errcheck // then the form is empty, and the test says so
		form, _ := url.ParseQuery(string(body))
		calls = append(calls, seen{r.Method + " " + r.URL.Path, r.Header.Get("Idempotency-Key"), form})
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		stub.HandleRequest(w, r)
	}))
	t.Cleanup(server.Close)
	return New(Options{Key: "sk_test_123", URL: server.URL}), &calls
}

func aPage(currency money.Currency, locale string) payment.Page {
	return payment.Page{
		Number: "FR-100042", Attempt: 2, Amount: money.Of(123_456, currency), Expires: time.Unix(1_900_000_000, 0), Email: "anne@example.com", Locale: locale,
		Words: payment.Words{Title: "Commande FR-100042", Paid: "https://fr.example.com/panier/order?back=paid", Back: "https://fr.example.com/panier/order?back=unpaid"},
	}
}

// Every call that we make is one that Stripe's OpenAPI allows.
func TestStripesOpenAPIAllowsEveryCall(t *testing.T) {
	c, calls := checked(t)
	for _, p := range []payment.Page{
		aPage("EUR", "fr-FR"), aPage("EUR", "nl-BE"), aPage("CHF", "de-CH"), aPage("GBP", "en-GB"), aPage("USD", "en-US"), aPage("EUR", "en-IE"),
		aPage("HKD", "zh-Hant-HK"), aPage("HKD", "en-HK"), aPage("EUR", "it-IT"), aPage("EUR", "es-ES"), aPage("EUR", "pt-PT"),
	} {
		if _, err := c.Begin(t.Context(), p); err != nil {
			t.Errorf("%s in %s: %v", p.Amount, p.Locale, err)
		}
	}
	if _, err := c.Session(t.Context(), "cs_123"); err != nil {
		t.Error(err)
	}
	if s, err := c.Close(t.Context(), "cs_123"); err != nil || s.ID == "" {
		t.Errorf("%+v, %v", s, err)
	}
	if err := c.Refund(t.Context(), payment.Refund{Number: "FR-100042", Payment: "pi_123", Amount: money.Of(123_456, "EUR")}); err != nil {
		t.Error(err)
	}
	for i, want := range []string{
		"GET /v1/checkout/sessions/cs_123", "POST /v1/checkout/sessions/cs_123/expire", "POST /v1/refunds",
	} {
		if got := (*calls)[11+i].what; got != want {
			t.Errorf("call %d is %s, want %s", i, got, want)
		}
	}
}

// The stand-in is strict: were it not, the test above would prove nothing.
func TestStripesOpenAPIRefusesWhatItDoesNotKnow(t *testing.T) {
	c, _ := checked(t)
	p := aPage("EUR", "fr-FR")
	p.Locale = "tlh" // Klingon
	if _, err := c.Begin(t.Context(), p); !errors.Is(err, payment.ErrRefused) {
		t.Errorf("a locale that Stripe does not have: %v", err)
	}
}

func TestAPageIsAskedForAsItIsMeant(t *testing.T) {
	c, calls := checked(t)
	p := aPage("HKD", "zh-Hant-HK")
	if _, err := c.Begin(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	got := (*calls)[0]
	if got.key != p.Key() || got.key == "" {
		t.Errorf("key %q, want %q", got.key, p.Key())
	}
	for field, want := range map[string]string{
		"mode": "payment", "payment_method_types[0]": "card", "client_reference_id": "FR-100042", "customer_email": "anne@example.com", "locale": "zh-HK",
		"expires_at": "1900000000", "success_url": p.Words.Paid, "cancel_url": p.Words.Back, "metadata[caveau_order]": "FR-100042", "metadata[caveau_attempt]": "2",
		"payment_intent_data[metadata][caveau_order]": "FR-100042", "line_items[0][quantity]": "1", "line_items[0][price_data][currency]": "hkd",
		"line_items[0][price_data][unit_amount]": "123456", "line_items[0][price_data][product_data][name]": "Commande FR-100042", "line_items[1][quantity]": "",
	} {
		if got.form.Get(field) != want {
			t.Errorf("%s is %q, want %q", field, got.form.Get(field), want)
		}
	}
	refund := payment.Refund{Number: "FR-100042", Payment: "pi_123", Amount: money.Of(123_456, "CHF"), Refusals: 1}
	if err := c.Refund(t.Context(), refund); err != nil {
		t.Fatal(err)
	}
	if got := (*calls)[1]; got.key != refund.Key() || got.form.Get("payment_intent") != "pi_123" || got.form.Get("amount") != "123456" {
		t.Errorf("refund %+v", got)
	}
}

func TestACurrencyThatCountsOtherwiseIsRefused(t *testing.T) {
	c, calls := checked(t)
	if _, err := c.Begin(t.Context(), aPage("JPY", "fr-FR")); !errors.Is(err, payment.ErrRefused) || len(*calls) > 0 {
		t.Errorf("%v after %d calls", err, len(*calls))
	}
}

// What Stripe answers decides whether the same may be asked again; nothing of the buyer is in the error.
func TestErrorsAreToldApart(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		want   error
	}{
		"bad request": {400, payment.ErrRefused}, "unknown": {404, payment.ErrRefused}, "declined": {402, payment.ErrRefused},
		"key revoked": {401, payment.ErrAway}, "under way": {409, payment.ErrAway}, "too many": {429, payment.ErrAway}, "broken": {500, payment.ErrAway}, "away": {503, payment.ErrAway},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(test.status)
			_, _ = io.WriteString(w, `{"error": {"type": "invalid_request_error", "message": "anne@example.com is no address"}}`)
		}))
		_, err := New(Options{Key: "sk_test_123", URL: server.URL}).Begin(t.Context(), aPage("EUR", "fr-FR"))
		server.Close()
		if !errors.Is(err, test.want) || strings.Contains(err.Error(), "anne") {
			t.Errorf("%s: %v", name, err)
		}
	}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	if _, err := New(Options{Key: "sk_test_123", URL: gone.URL}).Session(t.Context(), "cs_1"); !errors.Is(err, payment.ErrAway) {
		t.Errorf("nobody there: %v", err)
	}
}
