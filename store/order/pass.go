package order

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
)

// Passes signs orders' numbers. A mail cannot carry the Key, of which the database holds only the hash: it carries a pass, which
// opens the same page on any device. It needs no row and does not run out; it dies with the key that signed it.
type Passes struct{ keys [][]byte }

const (
	passKey  = 32 // bytes that a signing key has at least
	passSize = 16 // bytes of HMAC-SHA256 that a pass keeps: 128 bits
)

// passLabel keeps a pass from being the signature of something else that the same key signs.
const passLabel = "caveau order pass\x00" //nolint:gosec // no credential: it is in every program

// NewPasses takes the keys: the first one signs, all of them open.
func NewPasses(keys ...[]byte) (*Passes, error) {
	if len(keys) == 0 {
		return nil, errors.New("order passes: no key given")
	}
	p := &Passes{}
	for i, key := range keys {
		if len(key) < passKey {
			return nil, fmt.Errorf("order passes: key %d has %d bytes, needs %d", i+1, len(key), passKey)
		}
		p.keys = append(p.keys, append([]byte(nil), key...))
	}
	return p, nil
}

// For an order, 22 characters of base64url.
func (p *Passes) For(number Number) string { return text.EncodeToString(sign(p.keys[0], number)) }

// Opens says whether one of the keys made this pass for that order.
func (p *Passes) Opens(number Number, pass string) bool {
	given, err := text.DecodeString(pass)
	if err != nil || len(given) != passSize {
		return false
	}
	for _, key := range p.keys {
		if hmac.Equal(given, sign(key, number)) {
			return true
		}
	}
	return false
}

func sign(key []byte, number Number) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(passLabel))
	h.Write([]byte(number))
	return h.Sum(nil)[:passSize]
}
