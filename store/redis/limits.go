package redis

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"caveau/store/limit"
)

//go:embed limit.lua
var limitLua string

// slower is how much slower this process allows things alone, when Redis is away: there are other instances.
const slower = 4

// Limits counts attempts for all instances together, and in this process when Redis is away.
type Limits struct {
	client *Client
	script script
	local  *limit.Local
	scale  int
}

// NewLimits allows so many times as much as the rates say; 1 outside of demonstrations.
func NewLimits(c *Client, scale int) *Limits {
	return &Limits{client: c, script: newScript(limitLua), local: limit.NewLocal(), scale: max(scale, 1)}
}

// Take makes claims one after the other, up to the first that is refused; wait is 0 where all were allowed, else in how long
// that one would be. What a refused attempt took before is not given back.
func (l *Limits) Take(ctx context.Context, claims ...limit.Claim) (wait time.Duration) {
	for _, c := range claims {
		c.Rate = c.Times(l.scale)
		if wait = l.take(ctx, c); wait > 0 {
			return wait
		}
	}
	return 0
}

func (l *Limits) take(ctx context.Context, c limit.Claim) time.Duration {
	var reply []any
	err := l.client.do(ctx, func(ctx context.Context) (err error) {
		reply, err = l.script.run(ctx, l.client.redis, "limit:"+c.Key(), c.Burst, c.Every.Microseconds())
		return err
	})
	if err == nil && len(reply) == 1 {
		if us, ok := reply[0].(int64); ok {
			return time.Duration(us) * time.Microsecond
		}
	}
	c.Burst, c.Every = max(c.Burst/slower, 1), c.Every*slower
	return l.local.Take(c, time.Now())
}

// Forget gives all back that was taken for these claims: their owner has shown who he is.
func (l *Limits) Forget(ctx context.Context, claims ...limit.Claim) error {
	for _, c := range claims {
		err := l.client.do(ctx, func(ctx context.Context) error { return l.client.redis.Del(ctx, "limit:"+c.Key()).Err() })
		if err != nil {
			return fmt.Errorf("forget attempts: %w", err)
		}
	}
	return nil
}
