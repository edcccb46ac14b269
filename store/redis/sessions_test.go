package redis

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"caveau/store/customer"
	"caveau/store/limit"
	"caveau/store/storetest"
)

// two instances on the shared Redis, emptied.
func instances(t *testing.T) (*Sessions, *Sessions) {
	t.Helper()
	one := open(t, Options{Addrs: []string{storetest.Services(t).RedisAddr()}, Budget: patient})
	two := open(t, Options{Addrs: []string{storetest.Services(t).RedisAddr()}, Budget: patient})
	if err := one.redis.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	return NewSessions(one, time.Hour, 24*time.Hour), NewSessions(two, time.Hour, 24*time.Hour)
}

func draw(t *testing.T, id customer.ID) customer.Ticket {
	t.Helper()
	ticket, err := customer.NewTicket(rand.Reader, id)
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

func begin(t *testing.T, s *Sessions, id customer.ID, epoch int) customer.Ticket {
	t.Helper()
	ticket := draw(t, id)
	if err := s.Begin(t.Context(), ticket, epoch); err != nil {
		t.Fatal(err)
	}
	return ticket
}

func alive(t *testing.T, s *Sessions, ticket customer.Ticket) bool {
	t.Helper()
	found, err := s.Touch(t.Context(), ticket)
	if err != nil && !errors.Is(err, customer.ErrNoSession) {
		t.Fatal(err)
	}
	return err == nil && found.Customer == ticket.Customer
}

func TestASessionEndsEverywhereAtOnce(t *testing.T) {
	here, there := instances(t)
	ticket, other := begin(t, here, 7, 1), begin(t, there, 7, 1)
	if !alive(t, here, ticket) || !alive(t, there, ticket) {
		t.Fatal("it was not begun everywhere")
	}
	if alive(t, here, draw(t, 7)) || alive(t, here, customer.Ticket{Customer: 7}) {
		t.Error("a ticket that nobody was given opens a session")
	}
	if err := here.End(t.Context(), ticket); err != nil {
		t.Fatal(err)
	}
	if alive(t, there, ticket) || !alive(t, there, other) {
		t.Error("not that one ended")
	}
	if list, err := here.List(t.Context(), 7); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
}

func TestANewPasswordEndsAllSessionsAndThoseUnderWay(t *testing.T) {
	here, there := instances(t)
	old, stranger := begin(t, here, 7, 1), begin(t, here, 8, 1)
	if err := there.EndAll(t.Context(), 7, 2); err != nil {
		t.Fatal(err)
	}
	if alive(t, here, old) || !alive(t, here, stranger) {
		t.Error("not those of the account ended")
	}
	if err := here.Begin(t.Context(), draw(t, 7), 1); !errors.Is(err, customer.ErrNoSession) {
		t.Errorf("a log-in with the old password: %v", err)
	}
	if !alive(t, there, begin(t, here, 7, 2)) {
		t.Error("a log-in with the new one does not hold")
	}
}

func TestASessionRunsOut(t *testing.T) {
	here, _ := instances(t)
	ticket := begin(t, here, 7, 1)
	left := func() time.Duration { return here.client.redis.PTTL(t.Context(), sessionKeyOf(ticket)).Val() }
	if d := left(); d > time.Hour || d < 50*time.Minute {
		t.Errorf("idle for %s", d)
	}
	young := *here
	young.life = 10 * time.Minute
	if !alive(t, &young, ticket) || left() > 10*time.Minute {
		t.Errorf("the absolute life does not bound it: %s", left())
	}
	young.life = 0
	if alive(t, &young, ticket) {
		t.Error("it outlives its life")
	}
	keys, err := here.client.redis.Keys(t.Context(), "session:*").Result()
	if err != nil || len(keys) != 0 {
		t.Errorf("left behind: %v, %v", keys, err)
	}
	if strings.Contains(sessionKeyOf(ticket), strings.Split(ticket.String(), ".")[0]) {
		t.Error("a key shows its ticket")
	}
}

func sessionKeyOf(t customer.Ticket) string {
	return "session:{customer:" + t.Customer.String() + "}:" + t.Hash()
}

// Requests that use a session while it is ended, on two instances: not one brings it back.
func TestNoSessionIsRevived(t *testing.T) {
	here, there := instances(t)
	rounds := 400
	if os.Getenv("CAVEAU_SOAK") == "1" {
		rounds = 10_000
	}
	revived := 0
	for n := range rounds {
		ticket := begin(t, here, customer.ID(1+n%5), 1)
		var users sync.WaitGroup
		gate := make(chan struct{})
		for i := range 4 {
			users.Go(func() {
				<-gate
				for range 3 {
					_, _ = []*Sessions{here, there}[i%2].Touch(t.Context(), ticket) // who comes first is open
				}
			})
		}
		users.Go(func() {
			<-gate
			var err error
			if n%3 == 0 {
				err = there.EndAll(t.Context(), ticket.Customer, 1)
			} else {
				err = there.End(t.Context(), ticket)
			}
			if err != nil {
				t.Error(err)
			}
		})
		close(gate)
		users.Wait()
		if alive(t, here, ticket) || here.client.redis.Exists(t.Context(), sessionKeyOf(ticket)).Val() != 0 {
			revived++
		}
	}
	if revived > 0 {
		t.Errorf("%d of %d sessions were revived", revived, rounds)
	}
}

// Redis away, hung or foreign: nobody is logged in, and nobody waits.
func TestWithoutRedisNobodyIsLoggedIn(t *testing.T) {
	for name, addr := range map[string]string{
		"refused":       unused(t),
		"any answer":    server(t, func([]string) string { return "+OK\r\n" }),
		"a short one":   server(t, func([]string) string { return "*1\r\n$2\r\nok\r\n" }),
		"another word":  server(t, func([]string) string { return "*3\r\n$2\r\nhi\r\n:1\r\n:1\r\n" }),
		"words, not ms": server(t, func([]string) string { return "*3\r\n$2\r\nok\r\n$1\r\n1\r\n:1\r\n" }),
	} {
		s := NewSessions(open(t, Options{Addrs: []string{addr}}), time.Hour, time.Hour)
		ticket := draw(t, 7)
		_, touched := s.Touch(t.Context(), ticket)
		for what, err := range map[string]error{
			"touch": touched, "begin": s.Begin(t.Context(), ticket, 1), "end": s.End(t.Context(), ticket), "end all": s.EndAll(t.Context(), 7, 1),
		} {
			if !errors.Is(err, customer.ErrUnavailable) {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
	}
}

var attempts5 = limit.Rate{Name: "test", Burst: 5, Every: time.Hour}

// All instances count together, however many ask at once.
func TestAttemptsAreCountedTogether(t *testing.T) {
	here, there := instances(t)
	both := []*Limits{NewLimits(here.client, 1), NewLimits(there.client, 1)}
	claim := limit.Claim{Rate: attempts5, Who: "anne@example.com"}
	var mu sync.Mutex
	taken := 0
	var all sync.WaitGroup
	for n := range 64 {
		all.Go(func() {
			wait := both[n%2].Take(t.Context(), claim)
			mu.Lock()
			defer mu.Unlock()
			if wait == 0 {
				taken++
			} else if wait > time.Hour {
				t.Errorf("waits %s", wait)
			}
		})
	}
	all.Wait()
	if taken != 5 {
		t.Errorf("%d of 5 were allowed", taken)
	}
	if wait := both[0].Take(t.Context(), limit.Claim{Rate: attempts5, Who: "berthe"}); wait != 0 {
		t.Errorf("another waits %s", wait)
	}
	if err := both[1].Forget(t.Context(), claim); err != nil || both[0].Take(t.Context(), claim) != 0 {
		t.Errorf("what is forgotten still counts: %v", err)
	}
	keys, err := here.client.redis.Keys(t.Context(), "limit:*").Result()
	if err != nil || len(keys) != 2 || strings.Contains(strings.Join(keys, " "), "anne") {
		t.Errorf("keys %v, %v", keys, err)
	}
	for _, key := range keys {
		if ttl := here.client.redis.PTTL(t.Context(), key).Val(); ttl <= 0 || ttl > 5*time.Hour+time.Second {
			t.Errorf("%s is kept for %s", key, ttl)
		}
	}
}

func TestTheFirstRefusalCounts(t *testing.T) {
	here, _ := instances(t)
	l := NewLimits(here.client, 1)
	narrow, wide := limit.Rate{Name: "narrow", Burst: 1, Every: time.Minute}, limit.Rate{Name: "wide", Burst: 9, Every: time.Second}
	for n, want := range []bool{true, false, false} {
		if got := l.Take(t.Context(), limit.Claim{Rate: narrow}, limit.Claim{Rate: wide}) == 0; got != want {
			t.Errorf("attempt %d is allowed: %v", n+1, got)
		}
	}
}

// Without Redis each instance counts for itself, more strictly.
func TestWithoutRedisLessIsAllowed(t *testing.T) {
	l := NewLimits(open(t, Options{Addrs: []string{unused(t)}}), 1)
	allowed := 0
	for range 20 {
		if l.Take(context.WithoutCancel(t.Context()), limit.Claim{Rate: attempts5, Who: "anne"}) == 0 {
			allowed++
		}
	}
	if allowed != 1 {
		t.Errorf("%d were allowed, want 1 of the 5", allowed)
	}
}
