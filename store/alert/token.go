package alert

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
)

// Token is in a letter and opens the alert that the letter is about, for one purpose.
type Token [16]byte

// Purpose of a token.
type Purpose string

// The purposes.
const (
	ToConfirm Purpose = "confirm" // once
	ToStop    Purpose = "stop"    // as long as the alert is kept
)

var text = base64.RawURLEncoding.Strict()

// NewToken draws a token; random is crypto/rand.Reader outside of tests.
func NewToken(random io.Reader) (Token, error) {
	var t Token
	if _, err := io.ReadFull(random, t[:]); err != nil {
		return Token{}, fmt.Errorf("draw an alert's token: %w", err)
	}
	return t, nil
}

// ParseToken reads what String wrote, else ErrUnknown.
func ParseToken(s string) (Token, error) {
	var t Token
	raw, err := text.DecodeString(s)
	if err != nil || len(raw) != len(t) {
		return Token{}, ErrUnknown
	}
	copy(t[:], raw)
	return t, nil
}

// String is the token in base64url, 22 characters.
func (t Token) String() string { return text.EncodeToString(t[:]) }

// Hash is how the database knows the token: a copy of the tables opens nothing.
func (t Token) Hash() [32]byte { return sha256.Sum256(t[:]) }
