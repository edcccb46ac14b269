package customer

import (
	"crypto/md5" //nolint:gosec // what Magento has kept; nothing new is hashed so
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/alexedwards/argon2id"
	"golang.org/x/crypto/argon2"
)

// magento is how Magento comes from a password to a digest: step by step, each over salt and the last one's result.
type magento struct {
	steps []string // "md5", "sha256", "sha512", or Magento 2's "2" and "3_32_2_67108864"
	salt  string
	trims bool // Magento 1 takes blanks off the password first
}

// simple are the fast digests, in lower-case hex.
var simple = map[string]func(string) string{
	"md5":    func(s string) string { sum := md5.Sum([]byte(s)); return hex.EncodeToString(sum[:]) }, //nolint:gosec // see above
	"sha256": func(s string) string { sum := sha256.Sum256([]byte(s)); return hex.EncodeToString(sum[:]) },
	"sha512": func(s string) string { sum := sha512.Sum512([]byte(s)); return hex.EncodeToString(sum[:]) },
}

// digest of a password; the password itself where there are no steps.
func (m magento) digest(password string) string {
	if m.trims {
		password = strings.TrimSpace(password)
	}
	for _, step := range m.steps {
		if sum := simple[step]; sum != nil {
			password = sum(m.salt + password)
			continue
		}
		password = sodium(step, password, m.salt)
	}
	return password
}

// memory that the digest takes, in KiB.
func (m magento) memory() (kib int64) {
	for _, step := range m.steps {
		if _, _, memory, ok := sodiumCosts(step); ok {
			kib = max(kib, int64(memory))
		}
	}
	return kib
}

// sodiumCosts of a step: bytes of the result, passes, KiB of memory.
func sodiumCosts(step string) (length, passes, kib uint32, ok bool) {
	if step == "2" {
		return 32, 2, 64 << 10, true
	}
	parts := strings.Split(step, "_")
	if len(parts) != 4 || parts[0] != "3" {
		return 0, 0, 0, false
	}
	var n [3]uint32
	for i, part := range parts[1:] {
		v, err := strconv.ParseUint(part, 10, 32)
		if err != nil {
			return 0, 0, 0, false
		}
		n[i] = uint32(v)
	}
	ok = n[0] >= 16 && n[0] <= 64 && n[1] >= 1 && n[1] <= maxPasses && n[2] >= 8192 && n[2]/1024 <= maxMemory
	return n[0], n[1], n[2] / 1024, ok
}

// sodium is what libsodium's crypto_pwhash makes of it, in hex. It wants 16 bytes of salt; Magento repeats a shorter one.
func sodium(step, password, salt string) string {
	length, passes, kib, _ := sodiumCosts(step)
	for len(salt) < 16 {
		salt += salt
	}
	return hex.EncodeToString(argon2.IDKey([]byte(password), []byte(salt[:16]), passes, kib, 1, length))
}

// maxSalt is longer than any that Magento makes.
const maxSalt = 64

// parseMagento reads what Magento has kept: how the digest is made, and the digest.
func parseMagento(s string) (m magento, digest string, err error) {
	parts := strings.Split(s, ":")
	digest = strings.ToLower(parts[0])
	if raw, err := hex.DecodeString(digest); err != nil || len(raw) < 16 || len(raw) > 64 {
		return magento{}, "", ErrHash
	}
	if len(parts) > 1 {
		m.salt = parts[1]
	}
	if len(m.salt) > maxSalt {
		return magento{}, "", ErrHash
	}
	if len(parts) <= 2 {
		step, ok := map[int]string{32: "md5", 64: "sha256", 128: "sha512"}[len(digest)]
		if !ok {
			return magento{}, "", ErrHash
		}
		return magento{steps: []string{step}, salt: m.salt, trims: true}, digest, nil
	}
	for _, version := range parts[2:] {
		step, ok := map[string]string{"0": "md5", "1": "sha256"}[version]
		if _, _, _, heavy := sodiumCosts(version); heavy && m.salt != "" {
			step, ok = version, true
		}
		if !ok || len(m.steps) > 3 {
			return magento{}, "", ErrHash
		}
		m.steps = append(m.steps, step)
	}
	return m, digest, nil
}

// Wrap makes of what Magento has kept what we keep until the owner's next log-in. Fast digests are wrapped in argon2id; slow ones
// stay as they are. ErrHash: no form of Magento's.
func Wrap(s string) (string, error) {
	k, err := parseKept(s)
	if err != nil || k.argon != "" || k.bcrypt != "" || k.inner.memory() > 0 {
		return s, err
	}
	outer, err := argon2id.CreateHash(k.digest, &params)
	if err != nil {
		return "", fmt.Errorf("wrap a hash: %w", err)
	}
	which := "m2:"
	if k.inner.trims {
		which = "m1:"
	}
	return which + strings.Join(k.inner.steps, ",") + ":" + k.inner.salt + ":" + outer, nil
}

func parseWrapped(s string) (m magento, argon string, err error) {
	parts := strings.SplitN(s, ":", 4)
	if len(parts) != 4 || !strings.HasPrefix(parts[3], argonMark) {
		return magento{}, "", ErrHash
	}
	m = magento{steps: strings.Split(parts[1], ","), salt: parts[2], trims: parts[0] == "m1"}
	for _, step := range m.steps {
		if simple[step] == nil {
			return magento{}, "", ErrHash
		}
	}
	return m, parts[3], nil
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
