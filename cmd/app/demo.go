package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/valyala/fasthttp"

	"caveau/cmd/sink"
	"caveau/store/local"
	"caveau/store/market"
	"caveau/store/smtp"
)

// Demo is everything on one machine: private servers as child processes, a catalogue, the shops.
type Demo struct {
	Dir      string // everything lives below it
	Port     int    // of the shops; metrics are on the next one, then mails and payments
	Replicas int
	Catalog  string // a merchant's list instead of the demonstration catalogue; may be empty
	Map      string // how to read it
	INAO     string // may be empty
	Office   bool   // the back office too, on its own host of the same port, with a replica of its own
	Out      io.Writer
	Logger   *slog.Logger
}

// Run starts it all, prints the addresses, and serves until ctx ends. No child is left behind.
func (d Demo) Run(ctx context.Context) error {
	services, err := d.services(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = services.Stop() }()
	if err := d.prepare(ctx, services); err != nil {
		return err
	}
	mails, err := sink.Start(ctx, "127.0.0.1:0", "127.0.0.1:"+strconv.Itoa(d.Port+2))
	if err != nil {
		return err
	}
	config, err := d.config(services)
	if err != nil {
		return err
	}
	provider, err := newProvider(ctx, d.Port+3, config.Addr, d.Logger)
	if err != nil {
		return err
	}
	config.Stripe = provider.config
	config.SMTP = SMTP{Addr: mails.SMTP, TLS: string(smtp.None)}
	if err := d.writeEnv(config, services, mails); err != nil {
		return err
	}
	defer os.Remove(d.envFile()) //nolint:errcheck // a stale file names a process that is gone
	shop, err := New(config, d.Logger)
	if err != nil {
		return err
	}
	life, stop := context.WithCancel(ctx)
	if err := d.office(life, config, shop); err != nil {
		stop()
		return err
	}
	served, simulated := make(chan error, 1), make(chan error, 1)
	go func() { served <- shop.Serve(life) }()
	go func() { simulated <- provider.run(life) }()
	go d.greet(life, shop, config, mails)
	err = <-served
	stop()
	return errors.Join(err, <-simulated, services.Stop())
}

// office opens the back office on its own host of the shops' port, where it is asked for. It ends with ctx.
func (d Demo) office(ctx context.Context, config Config, shop *Shop) error {
	if !d.Office {
		return nil
	}
	office, err := NewOffice(config, d.Logger)
	if err != nil {
		return err
	}
	shop.server.Elsewhere = map[string]fasthttp.RequestHandler{config.officeHost(): office.Handler()}
	go office.Run(ctx)
	return nil
}

// replicas of the shops, and one more for the back office.
func (d Demo) replicas() int {
	if d.Office {
		return d.Replicas + 1
	}
	return d.Replicas
}

// demoLeniency is for a house in which all visitors have one address, and nobody pays.
const demoLeniency = 1000

// demoPreview is how long the link works that is printed at the start.
const demoPreview = 7 * 24 * time.Hour

// home is the folder of the catalogue's own servers: each list has its own.
func (d Demo) home() string {
	if d.Catalog == "" {
		return filepath.Join(d.Dir, "demo")
	}
	name := strings.TrimSuffix(filepath.Base(d.Catalog), filepath.Ext(d.Catalog))
	return filepath.Join(d.Dir, "list-"+name)
}

func (d Demo) services(ctx context.Context) (*local.Services, error) {
	fmt.Fprintf(d.Out, "Starting MariaDB (one primary, %d replicas) and Redis under %s\n", d.replicas(), d.home())
	return local.Start(ctx, local.Options{
		Dir: d.home(), Replicas: d.replicas(), Redis: true, Log: d.Logger,
		Progress: func(step string) { fmt.Fprintln(d.Out, " ", step) },
	})
}

// prepare migrates and imports, unless this very program has imported this very list before.
func (d Demo) prepare(ctx context.Context, services *local.Services) error {
	if _, err := Migrate(ctx, services.PrimaryDSN()); err != nil {
		return err
	}
	mark, err := d.fingerprint()
	if err != nil {
		return err
	}
	file := filepath.Join(d.home(), "imported")
	if old, err := os.ReadFile(file); err == nil && string(old) == mark {
		return nil
	}
	if err := d.importInto(ctx, services); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(mark), 0o600)
}

func (d Demo) importInto(ctx context.Context, services *local.Services) error {
	if d.Catalog == "" {
		return ImportDemo(ctx, services.PrimaryDSN(), d.Out)
	}
	list := ListImport{List: d.Catalog, Map: d.Map, INAO: d.INAO, Report: filepath.Join(d.home(), "import-report.csv")}
	return list.Import(ctx, services.PrimaryDSN(), d.Out)
}

// fingerprint names what an import depends on: the program, the list, the mapping, the year.
func (d Demo) fingerprint() (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find the program: %w", err)
	}
	sum := sha256.New()
	fmt.Fprintln(sum, time.Now().Year(), d.INAO)
	for _, path := range []string{program, d.Catalog, d.Map} {
		if path == "" || strings.HasPrefix(path, "builtin:") {
			fmt.Fprintln(sum, path)
			continue
		}
		file, err := os.Open(path)
		if err != nil {
			return "", err
		}
		_, err = io.Copy(sum, file)
		if err := errors.Join(err, file.Close()); err != nil {
			return "", fmt.Errorf("read %s: %w", path, err)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func (d Demo) config(services *local.Services) (Config, error) {
	key, err := d.key()
	if err != nil {
		return Config{}, err
	}
	port, replicas, office := strconv.Itoa(d.Port), services.ReplicaDSNs(), ""
	if d.Office {
		replicas, office = replicas[:d.Replicas], replicas[d.Replicas]
	}
	return Config{
		Addr: "127.0.0.1:" + port, AdminAddr: "127.0.0.1:" + strconv.Itoa(d.Port+1), Base: "http://{market}.localhost:" + port,
		PrimaryDSN: services.PrimaryDSN(), ReplicaDSNs: replicas, OfficeDSN: office, RedisAddrs: []string{services.RedisAddr()},
		Keys: []string{key}, CacheMB: defaultCacheMB, Leniency: demoLeniency, Publish: true,
	}, nil
}

// key signs the carts of this folder; it is made at the first start.
func (d Demo) key() (string, error) {
	file := filepath.Join(d.home(), "key")
	if old, err := os.ReadFile(file); err == nil && len(old) > 0 {
		return string(old), nil
	}
	var b [32]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	key := base64.StdEncoding.EncodeToString(b[:])
	if err := os.WriteFile(file, []byte(key), 0o600); err != nil {
		return "", fmt.Errorf("keep the key of the carts: %w", err)
	}
	return key, nil
}

func (d Demo) envFile() string { return filepath.Join(d.Dir, "env") }

// writeEnv says where everything is, for people and scripts: lines that sh can source.
func (d Demo) writeEnv(c Config, services *local.Services, mails *sink.Sink) error {
	var b strings.Builder
	for _, pair := range [][2]string{
		{"CAVEAU_PRIMARY_DSN", c.PrimaryDSN},
		{"CAVEAU_REPLICA_DSNS", strings.Join(c.ReplicaDSNs, ",")},
		{"CAVEAU_BACKOFFICE_DSN", c.OfficeDSN},
		{"CAVEAU_BASE", c.Base},
		{"CAVEAU_KEYS", strings.Join(c.Keys, ",")},
		{"CAVEAU_REDIS_ADDR", services.RedisAddr()},
		{"CAVEAU_ADMIN_ADDR", c.AdminAddr},
		{"CAVEAU_MAILS", "http://" + mails.Page + "/"},
		{"CAVEAU_STRIPE_URL", c.Stripe.URL},
		{"CAVEAU_PID", strconv.Itoa(os.Getpid())},
	} {
		fmt.Fprintf(&b, "%s='%s'\n", pair[0], strings.ReplaceAll(pair[1], "'", `'\''`))
	}
	if err := os.WriteFile(d.envFile(), []byte(b.String()), 0o600); err != nil {
		return fmt.Errorf("write %s: %w", d.envFile(), err)
	}
	return nil
}

// greet prints the addresses once the shops are ready.
func (d Demo) greet(ctx context.Context, shop *Shop, c Config, mails *sink.Sink) {
	start := time.Now()
	for len(shop.Missing()) > 0 {
		select {
		case <-ctx.Done():
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
	markets, err := market.Load()
	if err != nil {
		return
	}
	fmt.Fprintf(d.Out, "\nThe shops are open (%d ms after the servers). Stop with Ctrl-C.\n\n", time.Since(start).Milliseconds())
	for _, m := range markets.Markets {
		fmt.Fprintf(d.Out, "  %-16s %s/\n", m.Name, c.base(m.Code))
	}
	fmt.Fprintf(d.Out, "\nThe mails that they send: http://%s/\n", mails.Page)
	fmt.Fprintf(d.Out, "Where cards are taken: %s (simulated: no money moves)\n", c.Stripe.URL)
	if d.Office {
		if link, err := (PreviewLink{Locale: "fr-FR", Path: "/", Life: demoPreview}).Link(c, time.Now()); err == nil {
			fmt.Fprintf(d.Out, "The back office, a preview of all shops for a week: %s\n", link)
		}
	}
	fmt.Fprintf(d.Out, "Metrics: http://%s/metrics. Data sources: %s\n", c.AdminAddr, d.envFile())
}
