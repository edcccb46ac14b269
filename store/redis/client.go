package redis

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"time"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// ErrDown is an operation that was not tried because Redis did not answer the ones before it.
var ErrDown = errors.New("redis is down")

const (
	defaultBudget = 50 * time.Millisecond
	poolSize      = 32 // connections per server

	failures = 4 // of the last …
	attempts = 8 // … operations open the breaker
	pause    = 500 * time.Millisecond
)

// Options say where Redis is. Only Addrs must be set.
type Options struct {
	// Addrs are host:port. One is a single server, several are the seeds of a Cluster, or with Master the
	// Sentinels.
	Addrs []string
	// Master is the name under which Sentinels know the master; empty without Sentinel.
	Master string
	// Cluster says that a single address is that of a Cluster.
	Cluster bool
	// Username and Password of an ACL user; both may be empty.
	Username, Password string
	// DB is the number of the database; a Cluster has only 0.
	DB int
	// TLS is nil for a plain connection.
	TLS *tls.Config
	// Budget is what an operation may take in all, and two fifths of it the wait for a connection; 0 is 50 ms.
	Budget time.Duration
}

// Client is a pool of connections behind a breaker. Safe for concurrent use.
type Client struct {
	redis   redis.UniversalClient
	breaker circuitbreaker.CircuitBreaker[any]
	budget  time.Duration
	life    context.Context // ends with Close
	end     context.CancelFunc
}

// Open checks the options and makes a client. It connects to nothing: Redis may come up later, see Ping.
func Open(o Options) (*Client, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("open redis: %w", err)
	}
	if o.Budget == 0 {
		o.Budget = defaultBudget
	}
	life, end := context.WithCancel(context.Background())
	return &Client{
		redis: redis.NewUniversalClient(o.universal()),
		breaker: circuitbreaker.NewBuilder[any]().
			WithFailureThresholdRatio(failures, attempts).
			WithSuccessThreshold(1).
			WithDelay(pause).
			Build(),
		budget: o.Budget,
		life:   life,
		end:    end,
	}, nil
}

func (o Options) check() error {
	if len(o.Addrs) == 0 {
		return errors.New("no address given")
	}
	for _, addr := range o.Addrs {
		if addr == "" {
			return errors.New("an address is empty")
		}
	}
	if o.DB < 0 {
		return fmt.Errorf("database %d", o.DB)
	}
	if o.Budget < 0 {
		return fmt.Errorf("budget %s", o.Budget)
	}
	if o.DB > 0 && o.isCluster() {
		return fmt.Errorf("database %d: a cluster has only database 0", o.DB)
	}
	return nil
}

func (o Options) isCluster() bool { return o.Cluster || o.Master == "" && len(o.Addrs) > 1 }

func (o Options) universal() *redis.UniversalOptions {
	return &redis.UniversalOptions{
		Addrs:         o.Addrs,
		MasterName:    o.Master,
		IsClusterMode: o.isCluster(),
		Username:      o.Username,
		Password:      o.Password,
		DB:            o.DB,
		TLSConfig:     o.TLS,

		Protocol:              2, // the third adds push frames, which nothing here asks for
		ContextTimeoutEnabled: true,
		DialTimeout:           o.Budget,
		ReadTimeout:           o.Budget,
		WriteTimeout:          o.Budget,
		PoolTimeout:           o.Budget * 2 / 5,
		PoolSize:              poolSize,
		MaxRetries:            -1,
		DialerRetries:         1,
		DisableIdentity:       true, // CLIENT SETINFO would be one more round trip per connection
		MaintNotificationsConfig: &maintnotifications.Config{
			Mode: maintnotifications.ModeDisabled,
		},
	}
}

// Ping says whether Redis answers now. It goes past the breaker, and its answer closes or opens it: a
// readiness check that pings sees the truth, and helps the shop to notice that Redis is back.
func (c *Client) Ping(ctx context.Context) error {
	if err := c.measured(ctx, c.ping); err != nil {
		return fmt.Errorf("ping redis: %w", err)
	}
	if !c.breaker.IsClosed() {
		c.breaker.Close()
	}
	return nil
}

func (c *Client) ping(ctx context.Context) error { return c.redis.Ping(ctx).Err() }

// Close closes the connections. Operations under way fail.
func (c *Client) Close() error {
	c.end()
	if err := c.redis.Close(); err != nil {
		return fmt.Errorf("close redis: %w", err)
	}
	return nil
}
