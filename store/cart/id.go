package cart

import (
	"encoding/base64"
	"fmt"
	"io"
)

// ID names a cart. Who knows it can read the cart, so it is drawn from 128 random bits and kept out of
// links and logs.
type ID [16]byte

var text = base64.RawURLEncoding.Strict()

// NewID draws an ID; random is crypto/rand.Reader outside of tests.
func NewID(random io.Reader) (ID, error) {
	var id ID
	if _, err := io.ReadFull(random, id[:]); err != nil {
		return ID{}, fmt.Errorf("draw a cart's ID: %w", err)
	}
	return id, nil
}

// String is the ID in base64url, 22 characters.
func (id ID) String() string { return text.EncodeToString(id[:]) }
