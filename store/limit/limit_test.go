package limit

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"
)

var (
	rate  = Rate{Name: "login.account", Burst: 3, Every: time.Minute}
	start = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
)

func TestABurstAndThenOneEverySoOften(t *testing.T) {
	l := NewLocal()
	c := Claim{rate, "anne"}
	for n := range 3 {
		if wait := l.Take(c, start); wait != 0 {
			t.Errorf("number %d waits %s", n+1, wait)
		}
	}
	for range 50 { // to try on costs nothing more
		if wait := l.Take(c, start.Add(time.Second)); wait != 59*time.Second {
			t.Fatalf("the fourth waits %s", wait)
		}
	}
	if wait := l.Take(c, start.Add(time.Minute)); wait != 0 {
		t.Errorf("after a minute it waits %s", wait)
	}
	if wait := l.Take(Claim{rate, "berthe"}, start); wait != 0 {
		t.Errorf("another waits %s", wait)
	}
	if l.Take(Claim{rate.Times(10), "carl"}, start); rate.Times(10).Burst != 30 {
		t.Error("ten times as much is not")
	}
}

func TestTooManyNamesAreRefused(t *testing.T) {
	l := NewLocal()
	for n := range maxNames {
		l.Take(Claim{rate, fmt.Sprint(n)}, start)
	}
	if wait := l.Take(Claim{rate, "one more"}, start); wait == 0 {
		t.Error("one more is let in")
	}
	if wait := l.Take(Claim{rate, "one more"}, start.Add(time.Hour)); wait != 0 || len(l.tat) > 10 {
		t.Errorf("later it waits %s, %d names", wait, len(l.tat))
	}
}

func TestNeighboursAreOneBlock(t *testing.T) {
	for in, want := range map[string]string{
		"203.0.113.9": "203.0.113.0/24", "::ffff:203.0.113.200": "203.0.113.0/24", "2001:db8:1:2::3": "2001:db8:1::/48", "fe80::1%eth0": "fe80::/48",
	} {
		if got := Block(netip.MustParseAddr(in)); got != want {
			t.Errorf("%s is of %s, want %s", in, got, want)
		}
	}
	if Block(netip.Addr{}) != "unknown" {
		t.Error("no address is of a block")
	}
}

func TestNamesDoNotShowWhoTheyAre(t *testing.T) {
	key := Claim{rate, "anne@example.com"}.Key()
	if strings.Contains(key, "anne") || key == (Claim{rate, "anne@example.org"}).Key() || !strings.HasPrefix(key, "login.account:") {
		t.Error(key)
	}
}
