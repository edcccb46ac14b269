package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"caveau/i18n"
	"caveau/static"
	"caveau/store/alert"
	"caveau/store/cart"
	"caveau/store/catalog"
	"caveau/store/customer"
	"caveau/store/facet"
	"caveau/store/gazetteer"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/mysql"
	"caveau/store/order"
	"caveau/store/payment"
	"caveau/store/redirect"
	"caveau/store/redis"
	"caveau/store/search"
	"caveau/store/stock"
	"caveau/web"
	"caveau/web/piece"
	"caveau/web/view"
)

// cartLife is how long Redis keeps a cart after its last edit.
const cartLife = 60 * 24 * time.Hour

// doorBudget is what Redis may take to say who is logged in.
const doorBudget = 400 * time.Millisecond

// gcPercent trades a little work for memory: most of what an instance holds is pages, which are never
// garbage until they are evicted. GOGC, if set, wins.
const gcPercent = 20

// Shop is one instance, ready to run.
type Shop struct {
	config    Config
	logger    *slog.Logger
	server    *web.Server
	primary   *mysql.Primary
	replicas  *mysql.Replicas
	catalogue *mysql.Catalogue
	live      *stock.Live
	cache     *piece.Cache
	redis     *redis.Client
	doors     *redis.Client // of sessions and attempts: whoever logs in waits longer for Redis than who looks at a page
	warmer    *web.Warmer
	files     *mysql.CrawlFiles
	book      redirect.Book
	index     *search.Keeper
	misses    *search.Misses
	facets    *facet.Keeper // refreshes the index too
	markets   *market.Table
	orders    *mysql.Orders
	letters   *mysql.Letters
	passes    *order.Passes
	site      *view.Site
	mailer    Mailer // nil: letters wait
	posted    posted
	alerts    *mysql.Alerts
	teller    *alert.Teller
	customers *mysql.Customers
	rules     atomic.Pointer[law.Rules]
	till      *payment.Till // nil: no cards are taken

	mu      sync.Mutex
	missing map[string]string // what is not ready yet, and why
}

// New puts an instance together. It connects to nothing yet. Embedded data that is broken, or a
// configuration that is, are the only errors.
func New(config Config, logger *slog.Logger) (*Shop, error) {
	if err := config.Check(); err != nil {
		return nil, err
	}
	markets, err := market.Load()
	if err != nil {
		return nil, err
	}
	s := &Shop{config: config, logger: logger, missing: map[string]string{"database": "not connected yet", "redis": "not connected yet"}}
	if err := s.connect(); err != nil {
		return nil, err
	}
	return s, s.assemble(markets)
}

// connect makes the pools. None of them dials.
func (s *Shop) connect() (err error) {
	if s.primary, err = mysql.OpenPrimary(s.config.PrimaryDSN, mysql.DefaultLimits); err != nil {
		return err
	}
	if s.replicas, err = mysql.OpenReplicas(s.config.ReplicaDSNs, mysql.DefaultLimits, s.logger); err != nil {
		return err
	}
	if s.redis, err = redis.Open(redis.Options{Addrs: s.config.RedisAddrs}); err != nil {
		return err
	}
	if s.doors, err = redis.Open(redis.Options{Addrs: s.config.RedisAddrs, Budget: doorBudget}); err != nil {
		return err
	}
	s.letters = mysql.NewLetters(s.primary)
	s.mailer, err = s.config.mailer()
	return err
}

func (s *Shop) assemble(markets *market.Table) error {
	messages, err := i18n.Load()
	if err != nil {
		return err
	}
	assets, err := static.Load()
	if err != nil {
		return err
	}
	site, err := view.New(view.Config{Markets: markets, Messages: messages, Assets: assets, Base: s.config.base, Now: time.Now, Rules: s.Rules})
	if err != nil {
		return err
	}
	keys, err := s.config.keys()
	if err != nil {
		return err
	}
	mirror, err := cart.NewMirror(keys...)
	if err != nil {
		return err
	}
	if s.passes, err = order.NewPasses(keys...); err != nil {
		return err
	}
	board := stock.NewBoard(markets.Warehouses)
	s.catalogue = mysql.NewCatalogue(s.replicas, markets, board.Slot, s.logger, func(*catalog.Snapshot) {
		s.warmer.Wake()
		s.facets.Wake()
	})
	if err := s.keepIndex(); err != nil {
		return err
	}
	s.live = stock.NewLive(board, mysql.NewStockLog(s.replicas), stock.DefaultTiming, s.logger)
	s.misses = search.NewMisses(mysql.NewFailedSearches(s.primary), time.Now, batchName, s.logger)
	s.site, s.markets, s.alerts = site, markets, mysql.NewAlerts(s.primary)
	s.orders = mysql.NewOrders(s.primary, s.replicas).Bound(s.config.unpaid())
	s.customers = mysql.NewCustomers(s.primary)
	passwords, err := customer.NewHasher()
	if err != nil {
		return err
	}
	s.teller = &alert.Teller{
		Book: s.alerts, Catalogue: s.catalogue, Markets: markets, Writer: view.AlertWriter{Site: site}, Now: time.Now, Logger: s.logger,
	}
	s.files = mysql.NewCrawlFiles(s.replicas)
	s.cache = piece.NewCache(s.config.CacheMB << 20)
	s.server = web.New(web.Config{
		Markets: markets, Hosts: s.config.hosts(markets), Site: site, Assets: assets, Catalogue: s.catalogue, Search: s.index, Facets: s.facets, Misses: s.misses, Stock: s.live, Board: board,
		Press: piece.NewPress(), Cache: s.cache, Carts: redis.NewCarts(s.redis, cartLife), Mirror: mirror, Rules: s,
		Orders: s.orders, Papers: s.orders, Passes: s.passes, Leaving: s.orders, Ledger: s.orders, Cards: s.takeCards(), Alerts: s.alerts,
		Sessions: redis.NewSessions(s.doors, customer.SessionIdle, customer.SessionLife), Limits: redis.NewLimits(s.doors, s.config.Leniency),
		Doors: s.customers, Folders: s.customers, Files: s.files, Redirects: &s.book, Passwords: passwords, Proxies: s.config.proxies(),
		Secure: strings.HasPrefix(s.config.Base, "https:"), Ready: s.Missing, Logger: s.logger,
	})
	s.warmer = s.server.Warmer()
	return nil
}

// Missing says what is not ready yet, for /readyz.
func (s *Shop) Missing() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, what := range []string{"database", "redis"} {
		if why := s.missing[what]; why != "" {
			out = append(out, what+": "+why)
		}
	}
	return out
}

func (s *Shop) note(what, why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.missing[what] = why
}

// Serve listens and answers until ctx ends, then lets the requests under way finish. Database and Redis
// may come up later: until then /readyz says what is missing.
func (s *Shop) Serve(ctx context.Context) error {
	if os.Getenv("GOGC") == "" {
		defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	}
	shops, err := listen(ctx, s.config.Addr)
	if err != nil {
		return err
	}
	admin, err := listen(ctx, s.config.AdminAddr)
	if err != nil {
		return err
	}
	return s.serveOn(ctx, shops, admin)
}

func listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w (is another program using the port? set PORT or CAVEAU_ADDR)", addr, err)
	}
	return l, nil
}

func (s *Shop) serveOn(ctx context.Context, shops, admin net.Listener) error {
	// What answers requests lives on while the last of them are finished: a page waits for its stock.
	life, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	metrics := &http.Server{Handler: s.metrics(), ReadHeaderTimeout: 5 * time.Second}
	failed := make(chan error, 2)
	go func() { failed <- s.server.Serve(shops) }()
	go func() { failed <- metrics.Serve(admin) }()
	var running sync.WaitGroup
	running.Go(func() { s.boot(life) })
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	drain, cancel := context.WithTimeout(life, drainLimit)
	defer cancel()
	err = errors.Join(err, s.server.Shutdown(drain), metrics.Shutdown(drain))
	stop()
	running.Wait()
	return errors.Join(err, s.close())
}

// drainLimit is how long requests under way may take once the instance stops.
const drainLimit = 5 * time.Second

func (s *Shop) close() error {
	return errors.Join(s.replicas.Close(), s.primary.Close(), s.redis.Close(), s.doors.Close())
}

// retry is the pause between two attempts to reach what is away at the start.
const retry = 250 * time.Millisecond

// boot brings up what serving needs, each part for itself, and then keeps it going until ctx ends.
func (s *Shop) boot(ctx context.Context) {
	var parts sync.WaitGroup
	parts.Go(func() { s.primary.Heartbeat(ctx) })
	parts.Go(func() { s.until(ctx, "redis", s.redis.Ping) })
	parts.Go(func() { s.keepCounts(ctx) })
	parts.Go(func() {
		s.replicas.Watch(ctx)
		if s.until(ctx, "database", s.load) {
			parts.Go(func() { s.keepOrders(ctx) })
			parts.Go(func() { s.keepPosting(ctx) })
			parts.Go(func() { s.keepAlerts(ctx) })
			if s.till != nil {
				parts.Go(func() { s.till.Run(ctx) })
			}
			parts.Go(func() { s.warmer.Run(ctx) })
			parts.Go(func() { s.facets.Run(ctx) })
			parts.Go(func() { s.misses.Run(ctx) })
			parts.Go(func() { s.keepFiles(ctx) })
			parts.Go(func() { s.keepRedirects(ctx) })
			if s.config.Publish {
				parts.Go(func() { s.publishBeside(ctx) })
			}
			s.catalogue.Follow(ctx)
		}
	})
	parts.Wait()
}

// load reads the rules of law, the catalogue and the stock for the first time. With a catalogue there are pages, and those ask for
// rules.
func (s *Shop) load(ctx context.Context) error {
	if err := s.loadRules(ctx); err != nil {
		return err
	}
	if err := s.catalogue.Load(ctx); err != nil {
		return err
	}
	s.facets.Refresh()
	return s.live.Start(ctx)
}

// keepIndex makes the keeper of what searches look into.
func (s *Shop) keepIndex() error {
	names, err := gazetteer.Load()
	if err != nil {
		return err
	}
	words, err := search.NewLexicon(names)
	if err != nil {
		return err
	}
	s.index = search.NewKeeper(words, s.catalogue.Snapshot)
	s.facets = facet.NewKeeper(s.index)
	return nil
}

// until tries until it works; false when ctx ended before.
func (s *Shop) until(ctx context.Context, what string, try func(context.Context) error) bool {
	for {
		err := try(ctx)
		if err == nil {
			s.note(what, "")
			s.logger.Info("ready", "part", what)
			return true
		}
		s.note(what, err.Error())
		select {
		case <-ctx.Done():
			return false
		case <-time.After(retry):
		}
	}
}
