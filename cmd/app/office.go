package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"

	"caveau/i18n"
	"caveau/static"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/mysql"
	seal "caveau/store/preview"
	"caveau/store/stock"
	"caveau/web/preview"
	"caveau/web/view"
)

// OfficeHost is the first label of the back office's host, where a shop has its market.
const OfficeHost = "backoffice"

// Office is the back office: previews, on a host and a replica of its own. It has no way to the primary.
type Office struct {
	config    Config
	logger    *slog.Logger
	markets   *market.Table
	replicas  *mysql.Replicas
	catalogue *mysql.Catalogue
	live      *stock.Live
	server    *preview.Server
	rules     atomic.Pointer[law.Rules]
	ready     atomic.Bool
}

// NewOffice puts the back office together from what of a configuration it needs: Addr, Base, OfficeDSN, Keys. It connects to nothing yet.
func NewOffice(config Config, logger *slog.Logger) (*Office, error) {
	if err := config.CheckOffice(); err != nil {
		return nil, err
	}
	o := &Office{config: config, logger: logger}
	var err error
	if o.markets, err = market.Load(); err != nil {
		return nil, err
	}
	if o.replicas, err = mysql.OpenReplicas([]string{config.OfficeDSN}, mysql.DefaultLimits, logger); err != nil {
		return nil, err
	}
	return o, o.assemble()
}

func (o *Office) assemble() error {
	messages, err := i18n.Load()
	if err != nil {
		return err
	}
	assets, err := static.Load()
	if err != nil {
		return err
	}
	site, err := view.New(view.Config{Markets: o.markets, Messages: messages, Assets: assets, Base: o.config.base, Now: time.Now, Rules: o.rules.Load})
	if err != nil {
		return err
	}
	seals, err := o.config.Seals()
	if err != nil {
		return err
	}
	board := stock.NewBoard(o.markets.Warehouses)
	o.catalogue = mysql.NewCatalogue(o.replicas, o.markets, board.Slot, o.logger, nil)
	o.live = stock.NewLive(board, mysql.NewStockLog(o.replicas), stock.DefaultTiming, o.logger)
	o.server = preview.New(preview.Config{
		Markets: o.markets, Messages: messages, Site: site, Assets: assets, Catalogue: o.catalogue, Stock: o.live, Board: board, Rules: o.rules.Load,
		Seals: seals, Base: o.config.base, Now: time.Now, Logger: o.logger,
	})
	return nil
}

// Handler answers on the office's host.
func (o *Office) Handler() fasthttp.RequestHandler { return o.server.Handler() }

// Serve listens and answers until ctx ends: on the office's host, and to the balancer's questions on any.
func (o *Office) Serve(ctx context.Context) error {
	l, err := listen(ctx, o.config.Addr)
	if err != nil {
		return err
	}
	server := &fasthttp.Server{
		Handler: o.route, ReadTimeout: 10 * time.Second, WriteTimeout: time.Minute, IdleTimeout: 75 * time.Second, NoDefaultServerHeader: true,
	}
	life, stop := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	running.Go(func() { o.Run(life) })
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	drain, cancel := context.WithTimeout(life, drainLimit)
	defer cancel()
	err = errors.Join(err, server.ShutdownWithContext(drain))
	stop()
	running.Wait()
	return errors.Join(err, o.replicas.Close())
}

// route sends away who asks for another host: a shop is never served here.
func (o *Office) route(c *fasthttp.RequestCtx) {
	switch path := string(c.Path()); {
	case path == "/healthz":
		c.SetBodyString("ok\n")
	case path == "/readyz" && o.ready.Load():
		c.SetBodyString("ready\n")
	case path == "/readyz":
		c.Error("not ready: the catalogue is not read yet\n", fasthttp.StatusServiceUnavailable)
	case hostOf(string(c.Host())) != o.config.officeHost():
		c.Error("This is no shop.\n", fasthttp.StatusMisdirectedRequest)
	default:
		o.Handler()(c)
	}
}

// Run reads what previews show, and keeps it up to date until ctx ends.
func (o *Office) Run(ctx context.Context) {
	o.replicas.Watch(ctx)
	for {
		err := o.load(ctx)
		if err == nil {
			break
		}
		o.logger.Warn("back office: not ready", "err", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(retry):
		}
	}
	o.ready.Store(true)
	var parts sync.WaitGroup
	parts.Go(func() { o.catalogue.Follow(ctx) })
	parts.Go(func() { o.keepRules(ctx) })
	parts.Wait()
}

func (o *Office) load(ctx context.Context) error {
	if err := o.loadRules(ctx); err != nil {
		return err
	}
	if err := o.catalogue.Load(ctx); err != nil {
		return err
	}
	return o.live.Start(ctx)
}

func (o *Office) loadRules(ctx context.Context) error {
	rules, err := o.replicas.LoadRules(ctx, o.markets)
	if err == nil {
		o.rules.Store(rules)
	}
	return err
}

func (o *Office) keepRules(ctx context.Context) {
	tick := time.NewTicker(lawEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := o.loadRules(ctx); err != nil && ctx.Err() == nil {
				o.logger.Warn("law: the rules were not read; those that are known hold on", "err", err)
			}
		}
	}
}

// officeHost is the back office's host, without a port.
func (c Config) officeHost() string {
	u, err := url.Parse(c.base(OfficeHost))
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

func hostOf(host string) string {
	host, _, _ = strings.Cut(strings.ToLower(host), ":")
	return host
}

// CheckOffice finds every problem of what the back office needs.
func (c Config) CheckOffice() error {
	var p Problems
	add := func(name string, err error) {
		if err != nil {
			p = append(p, name+": "+err.Error())
		}
	}
	add("CAVEAU_ADDR", checkAddr(c.Addr))
	add("CAVEAU_BASE", checkBase(c.Base))
	add("CAVEAU_BACKOFFICE_DSN", checkDSN(c.OfficeDSN))
	if len(c.Keys) == 0 {
		add("CAVEAU_KEYS", errors.New("not set"))
	}
	for i, text := range c.Keys {
		if _, err := key(text); err != nil {
			add("CAVEAU_KEYS", fmt.Errorf("number %d %w", i+1, err))
		}
	}
	if len(p) > 0 {
		return p
	}
	return nil
}

// Seals sign links of previews with the keys of the configuration.
func (c Config) Seals() (*seal.Seals, error) {
	keys, err := c.keys()
	if err != nil {
		return nil, err
	}
	return seal.NewSeals(keys...)
}
