package limit

import (
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"time"
)

// Rate allows Burst at once, and then one more each time Every has passed.
type Rate struct {
	Name  string // "login.account": rates of one name are counted together
	Burst int    // 1 or more
	Every time.Duration
}

// Times is the rate with so many times as much of everything.
func (r Rate) Times(n int) Rate {
	r.Burst, r.Every = r.Burst*n, max(r.Every/time.Duration(n), time.Microsecond)
	return r
}

// Claim is one attempt.
type Claim struct {
	Rate
	Who string // what it is counted for; "" is everybody
}

// Key of a claim, without what it was made of.
func (c Claim) Key() string {
	sum := sha256.Sum256([]byte(c.Name + "\x00" + c.Who))
	return c.Name + ":" + hex.EncodeToString(sum[:16])
}

// Block of addresses that one household, office or attacker can use as it likes: /24 of IPv4, /48 of IPv6.
func Block(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	bits := 48
	if a.Is4() {
		bits = 24
	}
	block, err := a.Prefix(bits)
	if err != nil || !block.IsValid() {
		return "unknown"
	}
	return block.String()
}
