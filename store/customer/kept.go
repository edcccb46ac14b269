package customer

import (
	"fmt"
	"strings"

	"github.com/alexedwards/argon2id"
	"golang.org/x/crypto/bcrypt"
)

// kept is what is kept of a password, in one of these forms:
//
//	$argon2id$v=19$m=19456,t=2,p=1$SALT$KEY           ours
//	m1:sha256:SALT:$argon2id$…, m2:md5,sha256:SALT:$argon2id$…   Magento's fast hash, wrapped in ours
//	DIGEST, DIGEST:SALT                               Magento 1: md5, sha256 or sha512, told apart by length
//	$2y$…                                             Magento 1: bcrypt
//	DIGEST:SALT:VERSION[:VERSION…]                    Magento 2: a chain of digests, see magento.go
type kept struct {
	inner  magento // how the password comes to what argon2id has hashed; none where it is the password itself
	argon  string  // argon2id's own form
	bcrypt string
	digest string // to compare with, where nothing is wrapped
}

const argonMark, bcryptMark = "$argon2id$", "$2"

// maxMemory and maxPasses bound what a hash may ask for: what is kept came from elsewhere once. In KiB.
const (
	maxMemory = hashBudget
	maxPasses = 8
)

func parseKept(s string) (kept, error) {
	var k kept
	var err error
	switch {
	case strings.HasPrefix(s, argonMark):
		k.argon = s
	case strings.HasPrefix(s, bcryptMark):
		k.bcrypt = s
	case strings.HasPrefix(s, "m1:"), strings.HasPrefix(s, "m2:"):
		k.inner, k.argon, err = parseWrapped(s)
	default:
		k.inner, k.digest, err = parseMagento(s)
	}
	if err != nil {
		return kept{}, err
	}
	if k.argon != "" {
		p, _, _, err := argon2id.DecodeHash(k.argon)
		if err != nil || p.Memory > maxMemory || p.Iterations > maxPasses || p.Iterations == 0 || p.Parallelism == 0 {
			return kept{}, fmt.Errorf("%w: argon2id", ErrHash)
		}
	}
	return k, nil
}

// current says that the form is the one that new passwords get.
func (k kept) current() bool {
	if k.argon == "" || len(k.inner.steps) > 0 {
		return false
	}
	p, _, _, err := argon2id.DecodeHash(k.argon)
	return err == nil && *p == params
}

// memory that a check takes, in KiB.
func (k kept) memory() int64 {
	if k.argon != "" {
		p, _, _, _ := argon2id.DecodeHash(k.argon) //nolint:errcheck,dogsled // was read before
		return int64(p.Memory)
	}
	return max(k.inner.memory(), 1)
}

func (k kept) passes() int64 {
	if k.argon != "" {
		p, _, _, _ := argon2id.DecodeHash(k.argon) //nolint:errcheck,dogsled // was read before
		return int64(p.Iterations)
	}
	return 1
}

func (k kept) matches(password string) (bool, error) {
	switch {
	case k.bcrypt != "":
		// PHP writes 2y for what everybody else calls 2a or 2b; Magento trims, and bcrypt reads no further than 72 bytes.
		password = strings.TrimSpace(password)
		return bcrypt.CompareHashAndPassword([]byte("$2a$"+k.bcrypt[min(4, len(k.bcrypt)):]), []byte(password[:min(72, len(password))])) == nil, nil
	case k.argon != "":
		return argon2id.ComparePasswordAndHash(k.inner.digest(password), k.argon)
	default:
		return same(k.inner.digest(password), k.digest), nil
	}
}
