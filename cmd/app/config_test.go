package app

import (
	"encoding/base64"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"caveau/store/market"
)

// secret is what no message may show.
const secret = "hunter2"

// right is a configuration without a fault.
func right() Config {
	return Config{
		Addr: "127.0.0.1:8080", AdminAddr: "127.0.0.1:8081", Base: "https://{market}.caveau.example",
		PrimaryDSN:  "shop:" + secret + "@tcp(db1:3306)/caveau",
		ReplicaDSNs: []string{"shop:" + secret + "@tcp(db2:3306)/caveau", "shop:" + secret + "@unix(/run/db3.sock)/caveau?timeout=1s"},
		RedisAddrs:  []string{"redis:6379", "[::1]:6379"},
		Keys:        []string{base64.StdEncoding.EncodeToString(make([]byte, 32)), " " + base64.StdEncoding.EncodeToString(make([]byte, 64)) + "\n"},
		CacheMB:     96,
	}
}

func cards() StripeConfig {
	return StripeConfig{Key: secret, Secrets: []string{"whsec_0123456789abcdef"}, URL: "https://api.stripe.com", Pages: []string{"https://checkout.stripe.com"}}
}

func TestRightConfigurationHasNoProblem(t *testing.T) {
	if err := right().Check(); err != nil {
		t.Error(err)
	}
}

func TestEachProblemIsFound(t *testing.T) {
	for _, c := range []struct {
		name  string
		plant func(*Config)
		want  string // the only problem; empty: none
	}{
		{"all addresses", func(c *Config) { c.Addr = ":8080" }, ""},
		{"no address", func(c *Config) { c.Addr = "" }, "CAVEAU_ADDR: not set"},
		{"address without a port", func(c *Config) { c.Addr = "localhost" }, `CAVEAU_ADDR: "localhost" is not host:port`},
		{"empty port", func(c *Config) { c.AdminAddr = "localhost:" }, `CAVEAU_ADMIN_ADDR: "localhost:" has no port`},
		{"port too large", func(c *Config) { c.Addr = "localhost:65536" }, `CAVEAU_ADDR: "localhost:65536" has no port`},
		{"port that nobody knows", func(c *Config) { c.Addr = "localhost:0" }, `CAVEAU_ADDR: "localhost:0" has no port`},
		{"base without the market", func(c *Config) { c.Base = "http://localhost:8080" }, `CAVEAU_BASE: "http://localhost:8080" has no {market}`},
		{"base of another scheme", func(c *Config) { c.Base = "ftp://{market}.x" }, `CAVEAU_BASE: "ftp://{market}.x" is no http or https address`},
		{"base without a scheme", func(c *Config) { c.Base = "{market}.x" }, `CAVEAU_BASE: "{market}.x" is no http or https address`},
		{"base with a path", func(c *Config) { c.Base = "http://{market}.x/" }, `CAVEAU_BASE: "http://{market}.x/" goes on after the host`},
		{"market in the path", func(c *Config) { c.Base = "http://x/{market}" }, `CAVEAU_BASE: "http://x/{market}" goes on after the host`},
		{"market in the query", func(c *Config) { c.Base = "http://x?{market}" }, `CAVEAU_BASE: "http://x?{market}" goes on after the host`},
		{"market in the fragment", func(c *Config) { c.Base = "http://x#{market}" }, `CAVEAU_BASE: "http://x#{market}" goes on after the host`},
		{"market as a user", func(c *Config) { c.Base = "http://{market}:" + secret + "@x" }, "CAVEAU_BASE: has no place for a user or a password"},
		{"no primary", func(c *Config) { c.PrimaryDSN = "" }, "CAVEAU_PRIMARY_DSN: not set"},
		{"primary that is no DSN", func(c *Config) { c.PrimaryDSN = "root:" + secret + "@nowhere" }, "CAVEAU_PRIMARY_DSN: not user:password@tcp(host:port)/database"},
		{"primary without a database", func(c *Config) { c.PrimaryDSN = "root:" + secret + "@tcp(db:3306)/" }, "CAVEAU_PRIMARY_DSN: names no database"},
		{"no replica", func(c *Config) { c.ReplicaDSNs = nil }, "CAVEAU_REPLICA_DSNS: not set: at least one replica is needed"},
		{"second replica", func(c *Config) { c.ReplicaDSNs[1] = secret }, "CAVEAU_REPLICA_DSNS, number 2: not user:password@tcp(host:port)/database"},
		{"no Redis", func(c *Config) { c.RedisAddrs = nil }, "CAVEAU_REDIS_ADDR: not set"},
		{"Redis as a URL", func(c *Config) { c.RedisAddrs[0] = "redis://:" + secret + "@redis:6379" }, "CAVEAU_REDIS_ADDR: is host:port alone, without a user or a password"},
		{"no mail server", func(c *Config) { c.SMTP = SMTP{TLS: "nonsense"} }, ""},
		{"mail server", func(c *Config) { c.SMTP = SMTP{"mail:587", "starttls", "shop", secret} }, ""},
		{"mail server without a port", func(c *Config) { c.SMTP = SMTP{Addr: "mail", TLS: "none"} }, `CAVEAU_SMTP_ADDR: "mail" is not host:port`},
		{"mail server, no such way", func(c *Config) { c.SMTP = SMTP{Addr: "mail:25", TLS: "ssl"} }, `CAVEAU_SMTP_TLS: "ssl" is not starttls, implicit or none`},
		{"mail user alone", func(c *Config) { c.SMTP = SMTP{"mail:587", "starttls", "shop", ""} }, "CAVEAU_SMTP_USER: and CAVEAU_SMTP_PASSWORD go together: one of them is not set"},
		{"mail password in the clear", func(c *Config) { c.SMTP = SMTP{"mail:25", "none", "shop", secret} }, "CAVEAU_SMTP_TLS: is none: no password is sent without TLS"},
		{"no key", func(c *Config) { c.Keys = nil }, "CAVEAU_KEYS: not set"},
		{"short key", func(c *Config) { c.Keys[1] = base64.StdEncoding.EncodeToString(make([]byte, 31)) }, "CAVEAU_KEYS: number 2 is not base64 of 32 bytes or more"},
		{"key in other letters", func(c *Config) { c.Keys[0] = strings.Repeat(secret+"!", 8) }, "CAVEAU_KEYS: number 1 is not base64 of 32 bytes or more"},
		{"proxy without a network", func(c *Config) { c.Proxies = []string{"10.0.0.1"} }, "CAVEAU_PROXIES: \"10.0.0.1\" is no network as 10.0.0.0/8"},
		{"too lenient", func(c *Config) { c.Leniency = 10_001 }, "CAVEAU_LENIENCY: 10001 is not between 0 and 10000"},
		{"no cache", func(c *Config) { c.CacheMB = 0 }, "CAVEAU_CACHE_MB: 0 is not between 1 and 65536"},
		{"cards without secrets", func(c *Config) {
			c.Stripe = StripeConfig{Key: secret, URL: "https://api.stripe.com", Pages: []string{"https://checkout.stripe.com"}}
		},
			"CAVEAU_STRIPE_SECRETS: not set, but CAVEAU_STRIPE_KEY is: no message of Stripe's could be believed"},
		{"secrets without a key", func(c *Config) { c.Stripe.Secrets = []string{"whsec_" + secret + secret} },
			"CAVEAU_STRIPE_KEY: not set, but CAVEAU_STRIPE_SECRETS is: set both, or neither to take bank transfers only"},
		{"short secret", func(c *Config) { c.Stripe = cards(); c.Stripe.Secrets[0] = secret }, "CAVEAU_STRIPE_SECRETS: number 1 is too short for a secret"},
		{"pages that are no origin", func(c *Config) { c.Stripe = cards(); c.Stripe.Pages[0] = "https://x/; script-src *" }, `CAVEAU_STRIPE_PAGES: "https://x/; script-src *" is no http or https address`},
		{"API with a password", func(c *Config) { c.Stripe = cards(); c.Stripe.URL = "https://me:" + secret + "@x" }, "CAVEAU_STRIPE_URL: has no place for a user or a password"},
		{"cards", func(c *Config) { c.Stripe = cards() }, ""},
		{"endless cache", func(c *Config) { c.CacheMB = 65537 }, "CAVEAU_CACHE_MB: 65537 is not between 1 and 65536"},
	} {
		config := right()
		c.plant(&config)
		err := config.Check()
		if c.want == "" {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		var got Problems
		if !errors.As(err, &got) || !slices.Equal(got, Problems{c.want}) {
			t.Errorf("%s: %q, want %q", c.name, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the message shows a secret: %v", c.name, err)
		}
	}
}

// Who mends one problem must not be told of the next one by the next start.
func TestAllProblemsAreToldAtOnce(t *testing.T) {
	config := Config{
		Addr: "nonsense", AdminAddr: "", Base: "ftp://shop", PrimaryDSN: "root:" + secret + "@nowhere", ReplicaDSNs: []string{secret, secret + "@"},
		RedisAddrs: []string{"redis", "user:" + secret + "@redis:6379"}, Keys: []string{secret, secret + secret}, CacheMB: -1,
	}
	err := config.Check()
	var got Problems
	if !errors.As(err, &got) {
		t.Fatalf("%T: %v", err, err)
	}
	var names []string
	for _, p := range got {
		name, _, _ := strings.Cut(p, ":")
		names = append(names, name)
	}
	want := []string{
		"CAVEAU_ADDR", "CAVEAU_ADMIN_ADDR", "CAVEAU_BASE", "CAVEAU_PRIMARY_DSN", "CAVEAU_REPLICA_DSNS, number 1", "CAVEAU_REPLICA_DSNS, number 2",
		"CAVEAU_REDIS_ADDR", "CAVEAU_REDIS_ADDR", "CAVEAU_KEYS", "CAVEAU_KEYS", "CAVEAU_CACHE_MB",
	}
	if !slices.Equal(names, want) {
		t.Errorf("problems of\n%v, want\n%v", names, want)
	}
	if strings.Contains(err.Error(), secret) {
		t.Errorf("the message shows a secret:\n%v", err)
	}
	if _, err := New(config, nil); !errors.As(err, &got) {
		t.Errorf("New: %v", err)
	}
}

func TestProblemsAreALine(t *testing.T) {
	for want, p := range map[string]Problems{
		"the configuration has 1 problem:\n  - A: not set":                    {"A: not set"},
		"the configuration has 2 problems:\n  - A: not set\n  - B: too large": {"A: not set", "B: too large"},
	} {
		if got := p.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestHostsOfTheShops(t *testing.T) {
	markets, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ base, ch, host string }{
		{"http://{market}.localhost:8080", "http://ch.localhost:8080", "ch.localhost"},
		{"https://{market}.Caveau.Example", "https://ch.Caveau.Example", "ch.caveau.example"}, // hosts are asked in lower case
		{"https://www.caveau-{market}.example", "https://www.caveau-ch.example", "www.caveau-ch.example"},
	} {
		config := right()
		config.Base = c.base
		if err := config.Check(); err != nil {
			t.Errorf("%s: %v", c.base, err)
		}
		if got := config.base("ch"); got != c.ch {
			t.Errorf("%s: the Swiss shop is at %s, want %s", c.base, got, c.ch)
		}
		hosts := config.hosts(markets)
		if hosts[c.host] != "ch" {
			t.Errorf("%s: %s is no host of %v", c.base, c.host, slices.Sorted(maps.Keys(hosts)))
		}
		codes := slices.Sorted(maps.Values(hosts))
		if len(slices.Compact(codes)) != 14 {
			t.Errorf("%s: hosts of %v", c.base, codes)
		}
	}
}

func TestKeysAsBytes(t *testing.T) {
	keys, err := right().keys()
	if err != nil || len(keys) != 2 || len(keys[0]) != 32 || len(keys[1]) != 64 {
		t.Errorf("%d keys, %v", len(keys), err)
	}
	_, err = Config{Keys: []string{secret}}.keys()
	if err == nil || err.Error() != "key number 1 is not base64 of 32 bytes or more" {
		t.Errorf("%v", err)
	}
}
