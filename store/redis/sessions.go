package redis

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"caveau/store/customer"
)

//go:embed session.lua
var sessionLua string

// Sessions keeps who is logged in. Every method is one atomic operation. customer.ErrNoSession says that there is none;
// whatever else goes wrong is customer.ErrUnavailable, and then nobody is logged in.
type Sessions struct {
	client     *Client
	script     script
	idle, life time.Duration
}

// NewSessions keeps a session for idle after it was last used, and for life in all.
func NewSessions(c *Client, idle, life time.Duration) *Sessions {
	return &Sessions{client: c, script: newScript(sessionLua), idle: idle, life: life}
}

// Begin makes the session of a ticket that was just drawn. ErrNoSession where the account's password was changed since its epoch.
func (s *Sessions) Begin(ctx context.Context, t customer.Ticket, epoch int) error {
	_, err := s.run(ctx, t, "begin", t.Hash(), epoch, s.idle.Milliseconds(), s.life.Milliseconds())
	if err != nil {
		return fmt.Errorf("begin a session: %w", err)
	}
	return nil
}

// Touch is the session as it stands, and says that it was used now.
func (s *Sessions) Touch(ctx context.Context, t customer.Ticket) (customer.Session, error) {
	times, err := s.run(ctx, t, "touch", t.Hash(), s.idle.Milliseconds(), s.life.Milliseconds())
	if err != nil {
		return customer.Session{}, fmt.Errorf("look for a session: %w", err)
	}
	return customer.Session{Customer: t.Customer, Started: times[0], Seen: times[1]}, nil
}

// End ends a session, also one that is not there: on every instance at once.
func (s *Sessions) End(ctx context.Context, t customer.Ticket) error {
	if _, err := s.run(ctx, t, "finish", t.Hash()); err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	return nil
}

// EndAll ends all sessions of an account, and keeps any from being begun for an earlier epoch.
func (s *Sessions) EndAll(ctx context.Context, id customer.ID, epoch int) error {
	if _, err := s.run(ctx, customer.Ticket{Customer: id}, "all", epoch, s.life.Milliseconds()); err != nil {
		return fmt.Errorf("end all sessions of an account: %w", err)
	}
	return nil
}

// List is all sessions of an account.
func (s *Sessions) List(ctx context.Context, id customer.ID) ([]customer.Session, error) {
	times, err := s.run(ctx, customer.Ticket{Customer: id}, "list")
	if err != nil {
		return nil, fmt.Errorf("list the sessions of an account: %w", err)
	}
	var out []customer.Session
	for i := 2; i+1 < len(times); i += 2 {
		out = append(out, customer.Session{Customer: id, Started: times[i], Seen: times[i+1]})
	}
	return out, nil
}

// run asks the script; the answer's times are those behind its word.
func (s *Sessions) run(ctx context.Context, t customer.Ticket, args ...any) ([]time.Time, error) {
	braces := "{customer:" + t.Customer.String() + "}:"
	var reply []any
	err := s.client.do(ctx, func(ctx context.Context) (err error) {
		reply, err = s.script.runOn(ctx, s.client.redis, []string{"session:" + braces + t.Hash(), "account:" + braces + "sessions"}, args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", customer.ErrUnavailable, err)
	}
	return readTimes(reply)
}

func readTimes(reply []any) ([]time.Time, error) {
	if len(reply) < 3 || reply[0] != "ok" && reply[0] != "gone" {
		return nil, fmt.Errorf("%w: answer of %d parts", customer.ErrUnavailable, len(reply))
	}
	if reply[0] == "gone" {
		return nil, customer.ErrNoSession
	}
	var out []time.Time
	for _, part := range reply[1:] {
		ms, ok := part.(int64)
		if !ok {
			return nil, fmt.Errorf("%w: answer with %.20v", customer.ErrUnavailable, part)
		}
		out = append(out, time.UnixMilli(ms))
	}
	return out, nil
}
