package redis

import (
	"context"
	"errors"

	"github.com/redis/go-redis/v9"
)

// do runs an operation within the budget, or fails at once with ErrDown.
func (c *Client) do(ctx context.Context, operation func(context.Context) error) error {
	if c.breaker.IsClosed() {
		return c.measured(ctx, operation)
	}
	c.probe()
	return ErrDown
}

// measured runs an operation within the budget and tells the breaker how Redis did.
func (c *Client) measured(ctx context.Context, operation func(context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, c.budget)
	defer cancel()
	err := operation(limited)
	switch {
	case err == nil || answered(err):
		c.breaker.RecordSuccess()
	case errors.Is(err, context.Canceled):
		// The caller went away before the time was up, which says nothing about Redis.
	default:
		c.breaker.RecordFailure()
	}
	return err
}

// answered says that an error is Redis's reply and no failure to get one.
func answered(err error) bool {
	var reply redis.Error
	return errors.As(err, &reply)
}

// probe sends a PING in the background if the breaker's pause is over. No visitor waits for it.
func (c *Client) probe() {
	if c.life.Err() != nil || !c.breaker.TryAcquirePermit() {
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(c.life, c.budget)
		defer cancel()
		if err := c.ping(ctx); err != nil && !answered(err) {
			c.breaker.RecordFailure()
			return
		}
		c.breaker.RecordSuccess()
	}()
}
