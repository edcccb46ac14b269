package simulator

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	sdk "github.com/stripe/stripe-go/v82"

	"caveau/i18n"
)

// Options of a Simulator.
type Options struct {
	Base     string // its own address, without a slash at the end
	Hook     string // where messages go; "": nowhere, they wait for Messages
	Secret   string // signs messages
	Messages *i18n.Catalogue
	Now      func() time.Time
	Logger   *slog.Logger
}

// Simulator is a Stripe of one merchant.
type Simulator struct {
	Options
	mux *http.ServeMux

	// Begun is called with a new session's id before the shop has its answer, without a lock; nil calls nobody.
	Begun func(id string)

	mu       sync.Mutex
	away     bool
	sessions map[string]*session
	payments map[string]*session // by payment intent
	answers  map[string]answer   // by idempotency key
	calls    map[string]int      // method and path, with ids left out
	messages []*Message
	news     chan struct{}
}

// session with the payment that may come of it.
type session struct {
	id, payment string
	status      string // open, complete, expired
	paid        bool
	returned    int64 // how much went back
	amount      int64
	currency    string
	title       string
	locale      string
	success     string
	cancel      string
	reference   string
	meta        map[string]string
	expires     time.Time
}

// New makes one.
func New(o Options) *Simulator {
	s := &Simulator{
		Options: o, mux: http.NewServeMux(), sessions: map[string]*session{}, payments: map[string]*session{},
		answers: map[string]answer{}, calls: map[string]int{}, news: make(chan struct{}, 1),
	}
	s.mux.HandleFunc("POST /v1/checkout/sessions", s.api(s.create))
	s.mux.HandleFunc("GET /v1/checkout/sessions/{id}", s.api(s.retrieve))
	s.mux.HandleFunc("POST /v1/checkout/sessions/{id}/expire", s.api(s.expire))
	s.mux.HandleFunc("POST /v1/refunds", s.api(s.refund))
	s.mux.HandleFunc("GET /c/pay/{id}", s.show)
	s.mux.HandleFunc("POST /c/pay/{id}", s.act)
	return s
}

// ServeHTTP answers for the API and the hosted page.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Away lets every call fail with a 503, or ends that.
func (s *Simulator) Away(away bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away = away
}

// Calls is how often something was asked that was carried out and not just repeated: "POST /v1/refunds".
func (s *Simulator) Calls(what string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[what]
}

// Status of a session: open, complete or expired; "" where there is none.
func (s *Simulator) Status(id string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if found := s.sessions[id]; found != nil {
		return found.status
	}
	return ""
}

// Pay a session as a shopper does, and say whether it took the money.
func (s *Simulator) Pay(id string) bool { return s.pay(id, 0, "", atOnce) }

// PayOther pays another amount or currency than was asked for; 0 and "" are what was asked for.
func (s *Simulator) PayOther(id string, amount int64, currency string) bool {
	return s.pay(id, amount, currency, atOnce)
}

func (s *Simulator) pay(id string, amount int64, currency, travel string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.sessions[id]
	if found == nil || found.status != open {
		return false
	}
	found.status, found.paid, found.payment = complete, true, name("pi")
	if amount != 0 {
		found.amount = amount
	}
	if currency != "" {
		found.currency = currency
	}
	s.payments[found.payment] = found
	s.say(sdk.EventTypeCheckoutSessionCompleted, found.json())
	s.last(travel)
	return true
}

// PayLater ends a session with money that is on its way; Arrive says whether it came.
func (s *Simulator) PayLater(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.sessions[id]
	found.status, found.payment = complete, name("pi")
	s.payments[found.payment] = found
	s.say(sdk.EventTypeCheckoutSessionCompleted, found.json())
}

// Arrive ends the way of the money of PayLater.
func (s *Simulator) Arrive(id string, came bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.sessions[id]
	found.paid = came
	if came {
		s.say(sdk.EventTypeCheckoutSessionAsyncPaymentSucceeded, found.json())
		return
	}
	s.say(sdk.EventTypeCheckoutSessionAsyncPaymentFailed, found.json())
}

// GiveBack is a refund by a person, on the provider's own pages.
func (s *Simulator) GiveBack(id string, amount int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.giveBack(s.sessions[id], amount)
}

func (s *Simulator) giveBack(of *session, amount int64) {
	of.returned += amount
	s.say(sdk.EventTypeChargeRefunded, of.charge())
}

// Lapse lets a session's time run out.
func (s *Simulator) Lapse(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end(s.sessions[id])
}

// end a session that is open.
func (s *Simulator) end(found *session) {
	if found.status != open {
		return
	}
	found.status = expired
	s.say(sdk.EventTypeCheckoutSessionExpired, found.json())
}

// lapse every session whose time has come. The caller holds the lock.
func (s *Simulator) lapse() {
	for _, found := range s.sessions {
		if !s.Now().Before(found.expires) {
			s.end(found)
		}
	}
}

// The states of a session.
const (
	open     = "open"
	complete = "complete"
	expired  = "expired"
)

// name of a new object.
func name(kind string) string {
	var b [12]byte
	rand.Read(b[:]) //nolint:errcheck // never fails
	return fmt.Sprintf("%s_simulated_%s", kind, hex.EncodeToString(b[:]))
}
