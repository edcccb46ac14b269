package customer

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// ID of an account. It is drawn and not counted: nobody learns from his own how many there are. 0 is nobody.
type ID uint64

// String is how orders and sessions name the account.
func (id ID) String() string { return strconv.FormatUint(uint64(id), 10) }

// ParseID reads what String wrote, else ErrUnknown.
func ParseID(s string) (ID, error) {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n == 0 || ID(n).String() != s {
		return 0, fmt.Errorf("%w: ID of %d characters", ErrUnknown, len(s))
	}
	return ID(n), nil
}

// NewID draws one; random is crypto/rand.Reader outside of tests.
func NewID(random io.Reader) (ID, error) {
	var b [8]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return 0, fmt.Errorf("draw an account's ID: %w", err)
	}
	n := uint64(1)
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return ID(n>>1 | 1), nil // 63 bits: databases and JSON readers are fond of signed numbers
}

// secret is 128 random bits, in base64url 22 characters.
type secret [16]byte

var text = base64.RawURLEncoding.Strict()

func newSecret(random io.Reader) (secret, error) {
	var s secret
	if _, err := io.ReadFull(random, s[:]); err != nil {
		return secret{}, fmt.Errorf("draw a secret: %w", err)
	}
	return s, nil
}

func parseSecret(s string) (secret, bool) {
	var out secret
	raw, err := text.DecodeString(s)
	if err != nil || len(raw) != len(out) {
		return secret{}, false
	}
	copy(out[:], raw)
	return out, true
}

// Ticket is what a browser holds of a session. The account is part of it, so that all that belongs to one account can be kept
// together; without the secret it opens nothing.
type Ticket struct {
	Customer ID
	secret   secret
}

// NewTicket draws one for an account.
func NewTicket(random io.Reader, id ID) (Ticket, error) {
	s, err := newSecret(random)
	return Ticket{id, s}, err
}

// ParseTicket reads a cookie, else ErrNoSession.
func ParseTicket(s string) (Ticket, error) {
	first, second, _ := strings.Cut(s, ".")
	id, err := ParseID(second)
	drawn, ok := parseSecret(first)
	if err != nil || !ok {
		return Ticket{}, fmt.Errorf("%w: ticket of %d characters", ErrNoSession, len(s))
	}
	return Ticket{id, drawn}, nil
}

// String is for the cookie, and for nothing else.
func (t Ticket) String() string { return text.EncodeToString(t.secret[:]) + "." + t.Customer.String() }

// Hash is how Redis knows the session: whoever reads its keys can enter none.
func (t Ticket) Hash() string {
	sum := sha256.Sum256(t.secret[:])
	return hex.EncodeToString(sum[:])
}

// Token goes into one letter and opens one thing once.
type Token secret

// NewToken draws one.
func NewToken(random io.Reader) (Token, error) {
	s, err := newSecret(random)
	return Token(s), err
}

// ParseToken reads a link, else ErrToken.
func ParseToken(s string) (Token, error) {
	drawn, ok := parseSecret(s)
	if !ok {
		return Token{}, fmt.Errorf("%w: %d characters", ErrToken, len(s))
	}
	return Token(drawn), nil
}

// String is for the link.
func (t Token) String() string { return text.EncodeToString(t[:]) }

// Hash is how the database knows the token.
func (t Token) Hash() [32]byte { return sha256.Sum256(t[:]) }
