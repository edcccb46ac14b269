package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"caveau/i18n"
	"caveau/store/stripe/simulator"
)

// provider is the payment provider of a demonstration.
type provider struct {
	config StripeConfig
	sim    *simulator.Simulator
	server *http.Server
	listen net.Listener
}

// newProvider listens already, so that no order finds nobody there. Messages go to the shops' address.
func newProvider(ctx context.Context, port int, shops string, logger *slog.Logger) (*provider, error) {
	messages, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	var b [24]byte
	if _, err := rand.Read(b[:]); err != nil {
		return nil, err
	}
	addr := fmt.Sprintf("127.0.0.1:%d", port)
	l, err := listen(ctx, addr)
	if err != nil {
		return nil, err
	}
	p := &provider{listen: l, config: StripeConfig{Key: "sk_test_simulated", Secrets: []string{"whsec_" + hex.EncodeToString(b[:])}, URL: "http://" + addr, Pages: []string{"http://" + addr}}}
	p.sim = simulator.New(simulator.Options{
		Base: p.config.URL, Hook: "http://" + shops + "/payment/notice", Secret: p.config.Secrets[0], Messages: messages, Now: time.Now, Logger: logger,
	})
	p.server = &http.Server{Handler: p.sim, ReadHeaderTimeout: 5 * time.Second}
	return p, nil
}

// run answers and sends messages until ctx ends.
func (p *provider) run(ctx context.Context) error {
	go p.sim.Run(ctx)
	go func() {
		<-ctx.Done()
		_ = p.server.Close()
	}()
	if err := p.server.Serve(p.listen); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("simulate the payment provider: %w", err)
	}
	return nil
}
