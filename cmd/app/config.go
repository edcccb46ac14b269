package app

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	driver "github.com/go-sql-driver/mysql"

	"caveau/store/market"
	"caveau/store/order"
)

// defaultCacheMB holds the better part of the vintage pages of a catalogue of 12,000 SKUs within 250 MB of memory.
const defaultCacheMB = 96

// maxLeniency is more than any demonstration needs.
const maxLeniency = 10_000

// unpaid is what one buyer may have reserved by bank transfer, where leniency is 1.
var unpaid = order.Bounds{Orders: 3, Units: 60}

// Config is what serve needs. The tags are read by package kong; every value has an environment variable.
type Config struct {
	Addr        string   `help:"Address to serve the shops on." env:"CAVEAU_ADDR" default:"127.0.0.1:8080"`
	AdminAddr   string   `help:"Address of the metrics; never a public one." env:"CAVEAU_ADMIN_ADDR" default:"127.0.0.1:8081"`
	Base        string   `help:"Address of a shop with {market} for its code." env:"CAVEAU_BASE" default:"http://{market}.localhost:8080"`
	PrimaryDSN  string   `help:"Data source name of the MySQL primary." env:"CAVEAU_PRIMARY_DSN"`
	ReplicaDSNs []string `name:"replica-dsns" help:"Data source names of the replicas, separated by commas." env:"CAVEAU_REPLICA_DSNS"`
	OfficeDSN   string   `name:"backoffice-dsn" help:"Data source name of the back office's own replica; for that role alone." env:"CAVEAU_BACKOFFICE_DSN"`
	RedisAddrs  []string `name:"redis-addr" help:"Address of Redis, host:port; several for a cluster." env:"CAVEAU_REDIS_ADDR"`
	Keys        []string `help:"Secrets that sign carts, base64, 32 bytes or more, the newest first." env:"CAVEAU_KEYS"`
	SMTP        SMTP     `embed:"" prefix:"smtp-"`
	Proxies     []string `help:"Networks of the proxies in front, as 10.0.0.0/8: their X-Forwarded-For is believed." env:"CAVEAU_PROXIES"`
	Leniency    int      `help:"How many times as often as usual visitors may try and order; more than 1 is for demonstrations." env:"CAVEAU_LENIENCY" default:"1"`
	Publish     bool     `help:"Make sitemaps and feeds too, as caveau work does, where one instance is all there is." env:"CAVEAU_PUBLISH"`
	CacheMB     int      `name:"cache-mb" help:"Memory for pages, in megabytes." env:"CAVEAU_CACHE_MB" default:"96"`

	Stripe StripeConfig `embed:""`
}

// Problems is every fault of a configuration.
type Problems []string

// Error lists them, one on a line.
func (p Problems) Error() string {
	return "the configuration has " + plural(len(p), "problem") + ":\n  - " + strings.Join(p, "\n  - ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Check finds every problem at once.
func (c Config) Check() error {
	var p Problems
	add := func(name string, err error) {
		if err != nil {
			p = append(p, name+": "+err.Error())
		}
	}
	add("CAVEAU_ADDR", checkAddr(c.Addr))
	add("CAVEAU_ADMIN_ADDR", checkAddr(c.AdminAddr))
	add("CAVEAU_BASE", checkBase(c.Base))
	add("CAVEAU_PRIMARY_DSN", checkDSN(c.PrimaryDSN))
	if len(c.ReplicaDSNs) == 0 {
		add("CAVEAU_REPLICA_DSNS", errors.New("not set: at least one replica is needed"))
	}
	for i, dsn := range c.ReplicaDSNs {
		add(fmt.Sprintf("CAVEAU_REPLICA_DSNS, number %d", i+1), checkDSN(dsn))
	}
	if len(c.RedisAddrs) == 0 {
		add("CAVEAU_REDIS_ADDR", errors.New("not set"))
	}
	for _, addr := range c.RedisAddrs {
		add("CAVEAU_REDIS_ADDR", checkAddr(addr))
	}
	if len(c.Keys) == 0 {
		add("CAVEAU_KEYS", errors.New("not set"))
	}
	for i, text := range c.Keys {
		if _, err := key(text); err != nil {
			add("CAVEAU_KEYS", fmt.Errorf("number %d %w", i+1, err))
		}
	}
	for _, problem := range c.SMTP.problems() {
		add(problem.name, problem.err)
	}
	for _, text := range c.Proxies {
		if _, err := netip.ParsePrefix(text); err != nil {
			add("CAVEAU_PROXIES", fmt.Errorf("%q is no network as 10.0.0.0/8", text))
		}
	}
	if c.Leniency < 0 || c.Leniency > maxLeniency {
		add("CAVEAU_LENIENCY", fmt.Errorf("%d is not between 0 and %d", c.Leniency, maxLeniency))
	}
	if c.CacheMB < 1 || c.CacheMB > 65536 {
		add("CAVEAU_CACHE_MB", fmt.Errorf("%d is not between 1 and 65536", c.CacheMB))
	}
	c.Stripe.check(add)
	if len(p) > 0 {
		return p
	}
	return nil
}

func checkAddr(addr string) error {
	if addr == "" {
		return errors.New("not set")
	}
	if strings.Contains(addr, "@") {
		return errors.New("is host:port alone, without a user or a password") // what may hold one is never shown
	}
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("%q is not host:port", addr)
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return fmt.Errorf("%q has no port", addr)
	}
	return nil
}

func checkBase(base string) error {
	u, err := url.Parse(strings.ReplaceAll(base, "{market}", "fr"))
	switch {
	case strings.Contains(base, "@"):
		return errors.New("has no place for a user or a password")
	case !strings.Contains(base, "{market}"):
		return fmt.Errorf("%q has no {market}", base)
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return fmt.Errorf("%q is no http or https address", base)
	case u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return fmt.Errorf("%q goes on after the host", base)
	}
	return nil
}

func checkDSN(dsn string) error {
	if dsn == "" {
		return errors.New("not set")
	}
	config, err := driver.ParseDSN(dsn)
	if err != nil {
		return errors.New("not user:password@tcp(host:port)/database") // the DSN holds a password: never shown
	}
	if config.DBName == "" {
		return errors.New("names no database")
	}
	return nil
}

// keys are the secrets as bytes.
func (c Config) keys() ([][]byte, error) {
	var keys [][]byte
	for i, text := range c.Keys {
		k, err := key(text)
		if err != nil {
			return nil, fmt.Errorf("key number %d %w", i+1, err)
		}
		keys = append(keys, k)
	}
	return keys, nil
}

func key(text string) ([]byte, error) {
	k, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(k) < 32 {
		return nil, errors.New("is not base64 of 32 bytes or more")
	}
	return k, nil
}

// base is the address of a market's shop.
func (c Config) base(code string) string { return strings.ReplaceAll(c.Base, "{market}", code) }

// proxies as networks.
func (c Config) proxies() []netip.Prefix {
	var out []netip.Prefix
	for _, text := range c.Proxies {
		if p, err := netip.ParsePrefix(text); err == nil {
			out = append(out, p.Masked())
		}
	}
	return out
}

// unpaid bounds of a buyer.
func (c Config) unpaid() order.Bounds {
	n := max(c.Leniency, 1)
	return order.Bounds{Orders: unpaid.Orders * n, Units: unpaid.Units * n}
}

// hosts of the shops, in lower case and without ports.
func (c Config) hosts(markets *market.Table) map[string]string {
	hosts := map[string]string{}
	for _, m := range markets.Markets {
		if u, err := url.Parse(c.base(m.Code)); err == nil {
			hosts[strings.ToLower(u.Hostname())] = m.Code
		}
	}
	return hosts
}
