package simulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// answer of a call, kept under its key.
type answer struct {
	form   string
	status int
	body   any
}

// shortest life of a session. Stripe allows for the way of the call.
const shortest = 30*time.Minute - 10*time.Second

// call handles one kind of call; the simulator is locked meanwhile.
type call func(r *http.Request) (status int, body any)

// api reads the form, repeats the answer to a known key, and else lets handle answer.
func (s *Simulator) api(handle call) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil || r.Header.Get("Authorization") == "" {
			write(w, http.StatusUnauthorized, failure("invalid_request_error", "", "no key"))
			return
		}
		status, body, begun := s.answer(r, handle)
		if begun != "" && s.Begun != nil {
			s.Begun(begun)
		}
		write(w, status, body)
	}
}

func (s *Simulator) answer(r *http.Request, handle call) (status int, body any, begun string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.away {
		return http.StatusServiceUnavailable, failure("api_error", "", "away"), ""
	}
	s.lapse()
	key, form := r.Header.Get("Idempotency-Key"), r.PostForm.Encode()
	if known, again := s.answers[key]; again && r.Method == http.MethodPost {
		if known.form != form {
			return http.StatusBadRequest, failure("idempotency_error", "", "the key was used with other parameters"), ""
		}
		return known.status, known.body, ""
	}
	status, body = handle(r)
	if status != http.StatusOK {
		return status, body, ""
	}
	s.calls[r.Pattern]++
	if key != "" {
		s.answers[key] = answer{form, status, body}
	}
	if r.Pattern == "POST /v1/checkout/sessions" {
		begun = body.(map[string]any)["id"].(string) //nolint:errcheck,forcetypeassert // as create makes it
	}
	return status, body, begun
}

func (s *Simulator) create(r *http.Request) (status int, body any) {
	f := r.PostForm
	const line = "line_items[0]"
	amount, err1 := strconv.ParseInt(f.Get(line+"[price_data][unit_amount]"), 10, 64)
	quantity, err2 := strconv.ParseInt(f.Get(line+"[quantity]"), 10, 64)
	seconds, err3 := strconv.ParseInt(f.Get("expires_at"), 10, 64)
	expires := time.Unix(seconds, 0)
	switch {
	case err1 != nil || err2 != nil || amount < 50 || amount > 99_999_999:
		return http.StatusBadRequest, failure("invalid_request_error", "amount_too_small", "no amount that a card pays")
	case err3 != nil || expires.Sub(s.Now()) < shortest || expires.Sub(s.Now()) > 24*time.Hour:
		return http.StatusBadRequest, failure("invalid_request_error", "", "expires_at is not between 30 minutes and 24 hours from now")
	case !absolute(f.Get("success_url")) || !absolute(f.Get("cancel_url")):
		return http.StatusBadRequest, failure("invalid_request_error", "url_invalid", "no address to go back to")
	}
	made := &session{
		id: name("cs"), status: open, amount: amount * quantity, currency: f.Get(line + "[price_data][currency]"),
		title: f.Get(line + "[price_data][product_data][name]"), locale: f.Get("locale"), success: f.Get("success_url"), cancel: f.Get("cancel_url"),
		reference: f.Get("client_reference_id"), meta: meta(f), expires: expires,
	}
	s.sessions[made.id] = made
	return http.StatusOK, s.shown(made)
}

func absolute(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != ""
}

func meta(f url.Values) map[string]string {
	out := map[string]string{}
	for key := range f {
		if inner, ok := strings.CutPrefix(key, "metadata["); ok {
			out[strings.TrimSuffix(inner, "]")] = f.Get(key)
		}
	}
	return out
}

func (s *Simulator) retrieve(r *http.Request) (status int, body any) {
	found := s.sessions[r.PathValue("id")]
	if found == nil {
		return http.StatusNotFound, failure("invalid_request_error", "resource_missing", "no such session")
	}
	return http.StatusOK, s.shown(found)
}

func (s *Simulator) expire(r *http.Request) (status int, body any) {
	found := s.sessions[r.PathValue("id")]
	switch {
	case found == nil:
		return http.StatusNotFound, failure("invalid_request_error", "resource_missing", "no such session")
	case found.status != open:
		return http.StatusBadRequest, failure("invalid_request_error", "", "only open sessions can be expired: it is "+found.status)
	}
	s.end(found)
	return http.StatusOK, s.shown(found)
}

func (s *Simulator) refund(r *http.Request) (status int, body any) {
	found := s.payments[r.PostForm.Get("payment_intent")]
	amount, err := strconv.ParseInt(r.PostForm.Get("amount"), 10, 64)
	switch {
	case found == nil || !found.paid:
		return http.StatusNotFound, failure("invalid_request_error", "resource_missing", "no such payment")
	case found.returned == found.amount:
		return http.StatusBadRequest, failure("invalid_request_error", "charge_already_refunded", "it went back already")
	case err != nil || amount < 1 || found.returned+amount > found.amount:
		return http.StatusBadRequest, failure("invalid_request_error", "", "more than is left")
	}
	s.giveBack(found, amount)
	return http.StatusOK, map[string]any{
		"id": name("re"), "object": "refund", "status": "succeeded", "amount": amount, "currency": found.currency, "payment_intent": found.payment,
	}
}

// shown is a session with the address of its page while it is open.
func (s *Simulator) shown(of *session) map[string]any {
	out := of.json()
	if of.status == open {
		out["url"] = fmt.Sprintf("%s/c/pay/%s", s.Base, of.id)
	}
	return out
}

func (s *session) json() map[string]any {
	status := "unpaid"
	if s.paid {
		status = "paid"
	}
	out := map[string]any{
		"id": s.id, "status": s.status, "payment_status": status, "amount_total": s.amount, "currency": s.currency,
		"client_reference_id": s.reference, "metadata": s.meta, "expires_at": s.expires.Unix(), "mode": "payment", "url": nil, "payment_intent": nil,
	}
	if s.payment != "" {
		out["payment_intent"] = s.payment
	}
	return out
}

func (s *session) charge() map[string]any {
	return map[string]any{
		"id": name("ch"), "object": "charge", "amount": s.amount, "amount_refunded": s.returned, "refunded": s.returned == s.amount,
		"currency": s.currency, "payment_intent": s.payment, "metadata": s.meta,
	}
}

func failure(kind, code, message string) any {
	return map[string]any{"error": map[string]any{"type": kind, "code": code, "message": message}}
}

func write(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) //nolint:errcheck,errchkjson // who asked is gone
}
