package app

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"caveau/store/mysql"
	"caveau/store/payment"
	"caveau/store/stripe"
	"caveau/web"
)

// StripeConfig is what payment by redirect needs. Without a key it is not offered, and orders are paid by bank transfer.
type StripeConfig struct {
	Key     string   `name:"stripe-key" help:"Secret key of Stripe; without one no card is taken." env:"CAVEAU_STRIPE_KEY"`
	Secrets []string `name:"stripe-secrets" help:"Secrets that sign Stripe's messages to /payment/notice, separated by commas." env:"CAVEAU_STRIPE_SECRETS"`
	URL     string   `name:"stripe-url" help:"Address of Stripe's API." env:"CAVEAU_STRIPE_URL" default:"https://api.stripe.com"`
	Pages   []string `name:"stripe-pages" help:"Origins of Stripe's payment pages, separated by commas." env:"CAVEAU_STRIPE_PAGES" default:"https://checkout.stripe.com"`
}

// check adds what is wrong.
func (c StripeConfig) check(add func(name string, err error)) {
	if c.Key == "" {
		if len(c.Secrets) > 0 {
			add("CAVEAU_STRIPE_KEY", errors.New("not set, but CAVEAU_STRIPE_SECRETS is: set both, or neither to take bank transfers only"))
		}
		return
	}
	if len(c.Secrets) == 0 {
		add("CAVEAU_STRIPE_SECRETS", errors.New("not set, but CAVEAU_STRIPE_KEY is: no message of Stripe's could be believed"))
	}
	for i, secret := range c.Secrets {
		if len(strings.TrimSpace(secret)) < 16 {
			add("CAVEAU_STRIPE_SECRETS", fmt.Errorf("number %d is too short for a secret", i+1))
		}
	}
	add("CAVEAU_STRIPE_URL", checkOrigin(c.URL))
	if len(c.Pages) == 0 {
		add("CAVEAU_STRIPE_PAGES", errors.New("not set"))
	}
	for _, page := range c.Pages {
		add("CAVEAU_STRIPE_PAGES", checkOrigin(page))
	}
}

// checkOrigin wants scheme and host alone: it goes into a header.
func checkOrigin(address string) error {
	u, err := url.Parse(address)
	switch {
	case strings.Contains(address, "@"):
		return errors.New("has no place for a user or a password")
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(address, " ;,"):
		return fmt.Errorf("%q is no http or https address", address)
	case u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return fmt.Errorf("%q goes on after the host", address)
	}
	return nil
}

// takeCards makes the till, where a key is there.
func (s *Shop) takeCards() *web.Cards {
	c := s.config.Stripe
	if c.Key == "" {
		s.logger.Info("payment: only bank transfer is offered, for CAVEAU_STRIPE_KEY is not set")
		return nil
	}
	client := stripe.New(stripe.Options{Key: c.Key, URL: c.URL, Secrets: c.Secrets})
	s.till = payment.NewTill(client, mysql.NewPayments(s.primary), s.logger)
	return &web.Cards{Payments: s.till, Orders: s.orders, Signature: stripe.SignatureHeader, Pages: c.Pages}
}
