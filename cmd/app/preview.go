package app

import (
	"fmt"
	"strings"
	"time"

	"caveau/store/market"
	seal "caveau/store/preview"
	"caveau/web/preview"
)

// PreviewLink is what a person asks a link for.
type PreviewLink struct {
	Locale  string        // of the edition: "fr-FR"
	At      string        // date and time by the shop's clocks; empty is now
	Country string        // where deliveries go; empty: list prices
	State   string        // of the US
	Path    string        // of a page, within the edition
	Life    time.Duration // how long the link works
}

// Link signs it, for the back office of the configuration.
func (p PreviewLink) Link(c Config, now time.Time) (string, error) {
	e, err := editionOf(p.Locale)
	if err != nil {
		return "", err
	}
	if p.Life <= 0 || p.Life > seal.MaxLife {
		return "", fmt.Errorf("a link works for 1 to %d days", int(seal.MaxLife.Hours()/24))
	}
	link := seal.Link{Locale: p.Locale, Country: strings.ToUpper(p.Country), State: strings.ToUpper(p.State), Expires: now.Add(p.Life)}
	if p.At != "" {
		if link.At, err = market.Clock(p.At, e.Market.Zone); err != nil {
			return "", fmt.Errorf("%q in %s: %w", p.At, e.Market.Zone, err)
		}
	}
	if err := checkBase(c.Base); err != nil {
		return "", fmt.Errorf("CAVEAU_BASE: %w", err)
	}
	seals, err := c.Seals()
	if err != nil {
		return "", fmt.Errorf("CAVEAU_KEYS: %w", err)
	}
	return c.base(OfficeHost) + preview.Prefix + seals.Seal(link) + "/" + strings.TrimPrefix(p.Path, "/"), nil
}

// editionOf a locale, or an error that lists them all.
func editionOf(locale string) (*market.Edition, error) {
	markets, err := market.Load()
	if err != nil {
		return nil, err
	}
	var all []string
	for _, e := range markets.Editions {
		if e.Locale.Tag() == locale {
			return e, nil
		}
		all = append(all, e.Locale.Tag())
	}
	return nil, fmt.Errorf("no shop speaks %q; there are %s", locale, strings.Join(all, ", "))
}
