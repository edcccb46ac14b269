package customer

import (
	"fmt"
	"net/mail"
	"strings"

	"golang.org/x/text/unicode/norm"

	"caveau/store/order"
)

// Email is an address as accounts are found by it: without blanks around it, in form C, in lower case.
type Email string

// ParseEmail reads what a visitor entered, else ErrEmail. Upper case is not kept: no mailbox of these days hangs on it, and people
// write their own address in many ways.
func ParseEmail(s string) (Email, error) {
	s = strings.ToLower(norm.NFC.String(strings.TrimSpace(s)))
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Address != s || len(s) > order.MaxEmail {
		return "", fmt.Errorf("%w: %d bytes", ErrEmail, len(s))
	}
	_, domain, _ := strings.Cut(s, "@")
	if !strings.Contains(strings.Trim(domain, "."), ".") {
		return "", fmt.Errorf("%w: no domain", ErrEmail)
	}
	return Email(s), nil
}
