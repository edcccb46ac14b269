package view

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"caveau/i18n"
	"caveau/static"
	"caveau/store/catalog"
	"caveau/store/law"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/layout"
	"caveau/templates/live"
)

// Config is handed in once.
type Config struct {
	Markets  *market.Table
	Messages *i18n.Catalogue
	Assets   *static.Assets
	Base     func(marketCode string) string // "http://fr.localhost:8080", no slash at the end
	Now      func() time.Time
	Rules    func() *law.Rules // those of now, nil before they were read; may be nil itself: then nothing is said of delivery
}

// Site fills pages. It is safe for concurrent use.
type Site struct {
	markets  *market.Table
	editions []*edition // by market.Edition.Index
	fallback *edition   // x-default: the uk market's first edition
	assets   layout.Assets
	badge    *live.Phrase
	now      func() time.Time
	rules    func() *law.Rules
	carried  *atomic.Pointer[carriages]
	plans    *plans
	member   *Site // the same for whoever is logged in; of that one itself nil
	chosen   *Door // where the visitor's deliveries go, for the line at the top; nil on public pages
}

// edition is what never changes in a market's locale.
type edition struct {
	*market.Edition
	p        *i18n.Printer
	language string // of names and paths: "zh"
	base     string // origin and prefix: "http://be.localhost:8080/nl"
	phrases  phrases
	stamp    *live.Stamp
	shops    []shopName // all markets, as this edition calls them
	place    string     // of its warehouse: "our Bordeaux cellars"
	notice   layout.Notices
}

// New makes a site: printers, phrases and stamps of all editions. It fails when something is missing from
// the configuration.
func New(c Config) (*Site, error) {
	if c.Markets == nil || c.Messages == nil || c.Assets == nil || c.Base == nil || c.Now == nil {
		return nil, errors.New("make the views: the configuration is not complete")
	}
	s := &Site{markets: c.Markets, now: c.Now, rules: c.Rules, carried: new(atomic.Pointer[carriages]), plans: new(plans), badge: live.NewPhrase(badge), assets: layout.Assets{
		CSS: c.Assets.URL(static.CSS), Script: c.Assets.URL(static.Script), Font: c.Assets.URL(static.Font), Icon: c.Assets.URL(static.Icon),
	}}
	for _, e := range c.Markets.Editions {
		base := c.Base(e.Market.Code)
		if base == "" {
			return nil, fmt.Errorf("make the views: no address of market %s", e.Market.Code)
		}
		s.editions = append(s.editions, newEdition(e, c.Messages.Printer(e.Locale), base, c.Markets))
		if s.fallback == nil && e.Market.Code == defaultMarket {
			s.fallback = s.editions[len(s.editions)-1]
		}
	}
	if s.fallback == nil {
		return nil, fmt.Errorf("make the views: no market %s for x-default", defaultMarket)
	}
	s.nameShops()
	s.settle()
	member := *s
	s.member = &member
	return s, nil
}

// Member is the site as somebody sees it who comes with a session: with a way to the account instead of the log-in. Its pages are
// pages of their own, so that those of all others need no place for it.
func (s *Site) Member() *Site {
	if s.member == nil {
		return s
	}
	return s.member
}

// At is the site at another moment: drinking windows, campaigns, rules and days of delivery are those of then.
func (s *Site) At(at time.Time) *Site {
	then := *s
	then.now = func() time.Time { return at }
	then.carried = new(atomic.Pointer[carriages])
	member := then
	member.member, then.member = nil, &member
	return &then
}

// To is the site as somebody sees it who has chosen where deliveries go: the line at the top of every page says so, also where the page
// shows no prices. A page of such a site belongs to that visitor.
func (s *Site) To(door *Door) *Site {
	if door == nil {
		return s
	}
	to := *s
	to.chosen = door
	return &to
}

// settle tells all editions where the fronts of all shops are.
func (s *Site) settle() {
	for _, ed := range s.editions {
		for _, shop := range ed.shops {
			for i := range shop.locales {
				shop.locales[i].home = s.editions[shop.locales[i].index].base + "/"
			}
		}
	}
}

// defaultMarket is the one whose pages are x-default.
const defaultMarket = "uk"

func newEdition(e *market.Edition, p *i18n.Printer, base string, markets *market.Table) *edition {
	ed := &edition{Edition: e, p: p, language: e.Locale.Language(), base: base + e.Prefix}
	ed.place = ed.placeOf(e.Market)
	ed.phrases = newPhrases(ed)
	ed.stamp = newStamp(ed)
	ed.notice = ed.notices()
	for _, m := range markets.Markets {
		ed.shops = append(ed.shops, ed.shopName(m, markets))
	}
	return ed
}

func (s *Site) edition(e *market.Edition) *edition { return s.editions[e.Index] }

func (s *Site) printer(e *market.Edition) *i18n.Printer { return s.editions[e.Index].p }

// Kin names the pages of one of Kinds in an edition: what they have in common is worth knowing (live.Kin).
func (s *Site) Kin(e *market.Edition, kind route.Kind) string { return s.edition(e).kin(kind) }

// Stamp is the words of the time of a reading, as the edition's pages say them.
func (s *Site) Stamp(e *market.Edition) *live.Stamp { return s.editions[e.Index].stamp }

// Stock is what a place on a page says for so many units of a SKU: its level ("none", "low", "many"), the
// words of an offer and the words of a list, as plain text. The phrases of the pages say the same.
func (s *Site) Stock(_ *catalog.Snapshot, e *market.Edition, sku *catalog.SKU, available int) (level, words, short string) {
	ed, what := s.edition(e), unitOf(sku)
	return string(live.LevelOf(available)), ed.long(what, sku.SaleType == catalog.Primeur, available), ed.short(what, available)
}

// Path of a page in an edition, from the root of its host; empty where it has none.
func (s *Site) Path(snap *catalog.Snapshot, e *market.Edition, page route.Page) string {
	path, ok := snap.Routes.Path(page, e.Locale.Language())
	if !ok {
		return ""
	}
	return e.Prefix + path
}

// URL is the absolute address of a page in an edition; empty where it has none.
func (s *Site) URL(snap *catalog.Snapshot, e *market.Edition, page route.Page) string {
	path, ok := snap.Routes.Path(page, e.Locale.Language())
	if !ok {
		return ""
	}
	return s.edition(e).base + path
}

// StockPath is where an edition answers for live stock, below its prefix.
const StockPath = "/live/stock"

func (ed *edition) live() component.Live {
	return component.Live{Src: ed.Prefix + StockPath, Stamp: ed.stamp}
}
