package redis

import (
	"context"
	"crypto/sha1"
	"encoding/hex"

	"github.com/redis/go-redis/v9"
)

// script is Lua that Redis runs atomically on one key, or on several of one node.
type script struct {
	source, digest string
}

func newScript(source string) script {
	sum := sha1.Sum([]byte(source)) //nolint:gosec // Redis names scripts so; nothing is secured by it
	return script{source: source, digest: hex.EncodeToString(sum[:])}
}

// run sends the digest, and the source where Redis does not know that (any more).
func (s script) run(ctx context.Context, c redis.UniversalClient, key string, args ...any) ([]any, error) {
	return s.runOn(ctx, c, []string{key}, args...)
}

func (s script) runOn(ctx context.Context, c redis.UniversalClient, keys []string, args ...any) ([]any, error) {
	rest := []any{len(keys)}
	for _, key := range keys {
		rest = append(rest, key)
	}
	rest = append(rest, args...)
	reply, err := send(ctx, c, append([]any{"evalsha", s.digest}, rest...))
	if redis.HasErrorPrefix(err, "NOSCRIPT") {
		return send(ctx, c, append([]any{"eval", s.source}, rest...))
	}
	return reply, err
}

func send(ctx context.Context, c redis.UniversalClient, args []any) ([]any, error) {
	cmd := once{redis.NewCmd(ctx, args...)}
	if err := c.Process(ctx, cmd); err != nil {
		return nil, err
	}
	return cmd.Slice()
}

// once is a command that is sent at most once. The client of a Cluster repeats commands whose connection
// broke, MaxRetries or not, and so would add the same bottles twice (go-redis's own Script does).
type once struct{ *redis.Cmd }

func (once) NoRetry() bool { return true }
