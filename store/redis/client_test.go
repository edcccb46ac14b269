package redis

import (
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"caveau/store/storetest"
)

func TestOpenRefuses(t *testing.T) {
	for name, o := range map[string]Options{
		"no address":            {},
		"an empty address":      {Addrs: []string{"a:1", ""}},
		"a negative database":   {Addrs: []string{"a:1"}, DB: -1},
		"a negative budget":     {Addrs: []string{"a:1"}, Budget: -time.Second},
		"a database of a seed":  {Addrs: []string{"a:1", "b:1"}, DB: 1},
		"a database of cluster": {Addrs: []string{"a:1"}, Cluster: true, DB: 1},
	} {
		if _, err := Open(o); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}

func TestKindsOfRedis(t *testing.T) {
	single := open(t, Options{Addrs: []string{"localhost:1"}})
	if _, ok := single.redis.(*goredis.Client); !ok {
		t.Errorf("one address: %T", single.redis)
	}
	sentinel := open(t, Options{Addrs: []string{"localhost:1", "localhost:2"}, Master: "caveau"})
	if _, ok := sentinel.redis.(*goredis.Client); !ok {
		t.Errorf("Sentinel: %T", sentinel.redis)
	}
	for _, o := range []Options{{Addrs: []string{"localhost:1"}, Cluster: true}, {Addrs: []string{"localhost:1", "localhost:2"}}} {
		if c := open(t, o); c.redis == nil {
			t.Error("no client")
		} else if _, ok := c.redis.(*goredis.ClusterClient); !ok {
			t.Errorf("Cluster: %T", c.redis)
		}
	}
}

func TestPing(t *testing.T) {
	c := open(t, Options{Addrs: []string{storetest.Services(t).RedisAddr()}, Budget: patient})
	if err := c.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAClosedClientAnswersNothing(t *testing.T) {
	c, err := Open(Options{Addrs: []string{storetest.Services(t).RedisAddr()}})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.Ping(t.Context()); err == nil {
		t.Error("it answers")
	}
}
