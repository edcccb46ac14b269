package cart

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
)

// MaxSealed is the length in bytes that a sealed cart never exceeds. Browsers keep cookies up to 4,096
// bytes, name and attributes included.
const MaxSealed = 3800

const (
	minKey  = 32 // bytes
	macSize = 16 // bytes of HMAC-SHA256 that are kept: 128 bits, as RFC 2104 section 5 allows
)

// label keeps a mirror's signature from passing for that of another cookie signed with the same key.
const label = "caveau cart mirror\x00"

// ErrForged is a mirror that none of the keys has signed: tampered with, cut, or signed with a retired key.
var ErrForged = errors.New("cart mirror is not signed by us")

// Mirror seals carts into cookie values and opens them. It signs and does not encrypt: a visitor may read
// his own cart. Safe for concurrent use.
//
// A value is base64url of: format byte, ID (16 bytes), version, market, number of lines, then SKU, quantity
// with wish and stock, price and day of each, and the first 16 bytes of an HMAC-SHA256 over all that. Numbers
// are unsigned varints, strings are preceded by their length, SKUs have seven bits for a character.
type Mirror struct {
	keys [][]byte
}

// NewMirror takes the keys, at least 32 bytes each: the first one signs, all of them verify. To rotate,
// put the new key first and drop the old one when its cookies have run out.
func NewMirror(keys ...[]byte) (*Mirror, error) {
	if len(keys) == 0 {
		return nil, errors.New("cart mirror: no key given")
	}
	m := &Mirror{}
	for i, key := range keys {
		if len(key) < minKey {
			return nil, fmt.Errorf("cart mirror: key %d has %d bytes, needs %d", i+1, len(key), minKey)
		}
		m.keys = append(m.keys, append([]byte(nil), key...))
	}
	return m, nil
}

// Seal writes a cart as a cookie value of at most MaxSealed bytes. A cart that breaks the rules is
// ErrFormat.
func (m *Mirror) Seal(id ID, c Cart) (string, error) {
	if err := c.Check(); err != nil {
		return "", fmt.Errorf("seal a cart: %w", err)
	}
	return m.sign(encode(id, c)), nil
}

// Open reads a value that Seal wrote. ErrForged: no key of ours signed it. ErrFormat: too long, no
// base64url, or signed by us in a format that this version does not know.
func (m *Mirror) Open(value string) (ID, Cart, error) {
	body, err := m.verify(label, value)
	if err != nil {
		return ID{}, Cart{}, fmt.Errorf("open a cart mirror: %w", err)
	}
	id, c, err := decode(body)
	if err != nil {
		return ID{}, Cart{}, fmt.Errorf("open a cart mirror: %w", err)
	}
	return id, c, nil
}

func (m *Mirror) sign(body []byte) string {
	return text.EncodeToString(append(body, mac(label, m.keys[0], body)...))
}

// verify returns the body of a value that one of the keys has signed.
func (m *Mirror) verify(label, value string) ([]byte, error) {
	if len(value) > MaxSealed {
		return nil, fmt.Errorf("%w: %d bytes", ErrFormat, len(value))
	}
	raw, err := text.DecodeString(value)
	if err != nil || len(raw) < macSize {
		return nil, fmt.Errorf("%w: no base64url of a signed value", ErrFormat)
	}
	body, sum := raw[:len(raw)-macSize], raw[len(raw)-macSize:]
	for _, key := range m.keys {
		if hmac.Equal(sum, mac(label, key, body)) {
			return body, nil
		}
	}
	return nil, ErrForged
}

func mac(label string, key, body []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(label))
	h.Write(body)
	return h.Sum(nil)[:macSize]
}
