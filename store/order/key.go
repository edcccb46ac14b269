package order

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
)

// Key names one checkout. Who knows it can see the order that came of it.
type Key [16]byte

var text = base64.RawURLEncoding.Strict()

// NewKey draws a key; random is crypto/rand.Reader outside of tests.
func NewKey(random io.Reader) (Key, error) {
	var k Key
	if _, err := io.ReadFull(random, k[:]); err != nil {
		return Key{}, fmt.Errorf("draw a checkout's key: %w", err)
	}
	return k, nil
}

// ParseKey reads what String wrote, else ErrKey.
func ParseKey(s string) (Key, error) {
	var k Key
	raw, err := text.DecodeString(s)
	if err != nil || len(raw) != len(k) {
		return Key{}, fmt.Errorf("%w: %d characters", ErrKey, len(s))
	}
	copy(k[:], raw)
	return k, nil
}

// String is the key in base64url, 22 characters.
func (k Key) String() string { return text.EncodeToString(k[:]) }

// Hash is how the database knows the key: a copy of the tables opens no status page.
func (k Key) Hash() [32]byte { return sha256.Sum256(k[:]) }
