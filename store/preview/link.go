package preview

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Link is what a preview shows, and until when.
type Link struct {
	Locale  string    // BCP 47, of the edition: "nl-BE"; no two markets share one
	At      time.Time // the moment that is shown, to the second; zero is now
	Country string    // ISO 3166, where deliveries go; empty shows the market's list prices
	State   string    // of the US; else empty
	Bare    bool      // without the bar, for a frame on a sheet
	Expires time.Time // to the second
}

// MaxLife is how long a link may work.
const MaxLife = 90 * 24 * time.Hour

// The reasons for which a token opens nothing.
var (
	ErrForged  = errors.New("the preview link is incomplete or was changed")
	ErrExpired = errors.New("the preview link has run out")
)

// Seals signs links.
type Seals struct{ keys [][]byte }

const (
	keySize  = 32 // bytes that a signing key has at least
	sealSize = 16 // bytes of HMAC-SHA256 that a seal keeps: 128 bits
	parts    = 6  // of a link's text
)

// sealLabel keeps a seal from being the signature of something else that the same key signs.
const sealLabel = "caveau preview\x00"

// text is strict: of two tokens that differ one at most is ours.
var text = base64.RawURLEncoding.Strict()

// NewSeals takes the keys: the first one signs, all of them open.
func NewSeals(keys ...[]byte) (*Seals, error) {
	if len(keys) == 0 {
		return nil, errors.New("preview seals: no key given")
	}
	s := &Seals{}
	for i, key := range keys {
		if len(key) < keySize {
			return nil, fmt.Errorf("preview seals: key %d has %d bytes, needs %d", i+1, len(key), keySize)
		}
		s.keys = append(s.keys, append([]byte(nil), key...))
	}
	return s, nil
}

// Seal writes a link as a token of letters that an address may hold.
func (s *Seals) Seal(l Link) string {
	body := l.write()
	return text.EncodeToString([]byte(body)) + "." + text.EncodeToString(sign(s.keys[0], body))
}

// Open reads a token. ErrForged where no key of ours signed it, ErrExpired where its time is over.
func (s *Seals) Open(token string, now time.Time) (Link, error) {
	before, after, _ := strings.Cut(token, ".")
	body, err := text.DecodeString(before)
	seal, badSeal := text.DecodeString(after)
	if err != nil || badSeal != nil || !s.signed(string(body), seal) {
		return Link{}, ErrForged
	}
	link, err := read(string(body))
	if err != nil {
		return Link{}, err
	}
	if !now.Before(link.Expires) {
		return Link{}, ErrExpired
	}
	return link, nil
}

func (s *Seals) signed(body string, seal []byte) bool {
	for _, key := range s.keys {
		if hmac.Equal(seal, sign(key, body)) {
			return true
		}
	}
	return false
}

func sign(key []byte, body string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(sealLabel))
	h.Write([]byte(body))
	return h.Sum(nil)[:sealSize]
}

// write a link as locale|at|country|state|bare|expires, times in Unix seconds, now as nothing.
func (l Link) write() string {
	at, bare := "", ""
	if !l.At.IsZero() {
		at = strconv.FormatInt(l.At.Unix(), 10)
	}
	if l.Bare {
		bare = "bare"
	}
	return strings.Join([]string{l.Locale, at, l.Country, l.State, bare, strconv.FormatInt(l.Expires.Unix(), 10)}, "|")
}

// read what write wrote: it was signed, so that only another release could have written it otherwise.
func read(body string) (Link, error) {
	p := strings.Split(body, "|")
	if len(p) != parts {
		return Link{}, ErrForged
	}
	l := Link{Locale: p[0], Country: p[2], State: p[3], Bare: p[4] != ""}
	expires, err := strconv.ParseInt(p[5], 10, 64)
	if err != nil {
		return Link{}, ErrForged
	}
	l.Expires = time.Unix(expires, 0).UTC()
	if p[1] == "" {
		return l, nil
	}
	at, err := strconv.ParseInt(p[1], 10, 64)
	if err != nil {
		return Link{}, ErrForged
	}
	l.At = time.Unix(at, 0).UTC()
	return l, nil
}
