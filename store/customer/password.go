package customer

import (
	_ "embed"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// The bounds of a new password, in bytes of form C.
const (
	MinPassword = 10
	MaxPassword = 128
)

//go:embed common.txt
var commonList string

// common are passwords that are guessed first, in lower case.
var common = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(commonList) {
		out[strings.TrimSpace(line)] = true
	}
	return out
})

// CheckPassword says whether a new password will do: ErrShort, ErrLong or ErrCommon where it will not. The address itself, and one
// character over and over, are common too.
func CheckPassword(password string, email Email) error {
	password = norm.NFC.String(password)
	low := strings.ToLower(password)
	local, _, _ := strings.Cut(string(email), "@")
	switch {
	case len(password) < MinPassword:
		return ErrShort
	case len(password) > MaxPassword:
		return ErrLong
	case common()[low], low == string(email), low == local, ofOneLetter(low):
		return ErrCommon
	}
	return nil
}

func ofOneLetter(s string) bool {
	first := []rune(s)[:1]
	return strings.Trim(s, string(first)) == ""
}
