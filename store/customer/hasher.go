package customer

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/alexedwards/argon2id"
	"golang.org/x/sync/semaphore"
	"golang.org/x/text/unicode/norm"
)

// What a hash of ours costs (OWASP's first choice of 2024), and what all that is hashed at a time may take together, in KiB.
const (
	hashMemory = 19 << 10
	hashPasses = 2
	hashBudget = 64 << 10
)

var params = argon2id.Params{Memory: hashMemory, Iterations: hashPasses, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// Hasher makes and checks hashes. All methods wait for memory as long as the context lasts, and then say ErrBusy.
// Safe for concurrent use.
type Hasher struct {
	memory *semaphore.Weighted
	dummy  string
	work   atomic.Int64
}

// NewHasher makes one hasher for a process.
func NewHasher() (*Hasher, error) {
	h := &Hasher{memory: semaphore.NewWeighted(hashBudget)}
	dummy, err := argon2id.CreateHash("nobody's password", &params)
	if err != nil {
		return nil, fmt.Errorf("make the hash of nobody's password: %w", err)
	}
	h.dummy = dummy
	return h, nil
}

// Work counts the passes over memory in KiB since the start: what checking passwords has cost.
func (h *Hasher) Work() int64 { return h.work.Load() }

// Hash of a new password.
func (h *Hasher) Hash(ctx context.Context, password string) (hash string, err error) {
	err = h.within(ctx, hashMemory, hashPasses, func() error {
		hash, err = argon2id.CreateHash(norm.NFC.String(password), &params)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

// Verify says with nil that a hash is the password's, and whether it should be replaced by one of ours. An empty hash is that of an
// account which does not exist: as much work, and ErrLogin like any other that does not match.
func (h *Hasher) Verify(ctx context.Context, password, hash string) (outdated bool, err error) {
	if hash == "" {
		hash = h.dummy
		password += "\x00" // whatever was entered
	}
	k, err := parseKept(hash)
	if err != nil {
		return false, fmt.Errorf("verify a password: %w", err)
	}
	ok := false
	err = h.within(ctx, k.memory(), k.passes(), func() error {
		ok, err = k.matches(norm.NFC.String(password))
		return err
	})
	if err != nil {
		return false, fmt.Errorf("verify a password: %w", err)
	}
	if !ok {
		return false, ErrLogin
	}
	return !k.current(), nil
}

// within runs work that takes so much memory, once there is room for it.
func (h *Hasher) within(ctx context.Context, kib, passes int64, work func() error) error {
	kib = min(kib, hashBudget)
	if err := h.memory.Acquire(ctx, kib); err != nil {
		return fmt.Errorf("%w: %w", ErrBusy, err)
	}
	defer h.memory.Release(kib)
	h.work.Add(kib * passes)
	return work()
}
