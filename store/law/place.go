package law

import (
	"slices"
	"strings"

	"caveau/store/market"
)

// Option is what a buyer can do instead.
type Option struct {
	Market    string // the shop that delivers there; empty where none does
	Warehouse string // where the wine can be picked up instead
}

// Message is the key of the words for it.
func (o Option) Message() string {
	if o.Market != "" {
		return "law.instead." + "market"
	}
	return "law.instead." + "pick_up"
}

// Block is a reason why the wine cannot go there.
type Block struct {
	Reason  string // "import_prohibited", "other_shop", "state_forbids" …
	Rule    Row
	Nearest Option
}

// Message is the key of the words for it.
func (b Block) Message() string { return "law.blocked." + b.Reason }

// Reasons that do not come from a row of kind blocked.
const (
	otherShop    = "other_shop"    // another shop delivers there
	stateForbids = "state_forbids" // the state does not allow it
)

// place is a destination that was looked up.
type place struct {
	country   string
	state     string // "US-CA"; empty where states do not matter
	served    rule   // with the carrier's zone; zero where blocked
	block     *Block
	territory *rule // the part of the country that it lies in, if it has taxes of its own
}

// zone is the carrier's.
func (p place) zone() string { return p.served.Value }

// place looks a destination up: refused where it is unknown, blocked where the shop does not go there.
func (r *Rules) place(m *market.Market, to Destination, on Day) (place, error) {
	p := place{country: to.Country}
	shops := r.all(Served, to.Country, on)
	if closed, ok := r.one(Closed, to.Country, on); ok {
		p.block = &Block{Reason: closed.Value, Rule: closed.Row, Nearest: Option{Warehouse: m.Warehouse}}
		return p, nil
	}
	if len(shops) == 0 {
		return p, r.unknown(to.Country, on)
	}
	served, ok := r.under(Served, to.Country, m.Code, on)
	if !ok {
		other := r.nearest(to.Country, shops)
		p.block = &Block{Reason: otherShop, Rule: other.Row, Nearest: Option{Market: other.Condition, Warehouse: m.Warehouse}}
		return p, nil
	}
	p.served = served
	p.territory = r.territory(to, on)
	if !r.states[to.Country] {
		return p, nil
	}
	return p, r.enterState(&p, m, to.State, on)
}

// unknown tells a country that nobody knows from a day that no rule reaches.
func (r *Rules) unknown(country string, on Day) error {
	if len(r.rules[about{Served, country}]) > 0 {
		return refuse(NoRate, country+" has no rule on "+string(on))
	}
	return refuse(UnknownCountry, country)
}

// nearest is the shop of the country itself, else the first of the table that goes there.
func (r *Rules) nearest(country string, shops []*rule) rule {
	for _, m := range r.markets.Markets {
		for _, s := range shops {
			if s.Condition == m.Code && m.Country == country {
				return *s
			}
		}
	}
	for _, m := range r.markets.Markets {
		for _, s := range shops {
			if s.Condition == m.Code {
				return *s
			}
		}
	}
	return *shops[0]
}

func (r *Rules) enterState(p *place, m *market.Market, state string, on Day) error {
	if state == "" {
		return refuse(StateNeeded, p.country)
	}
	p.state = p.country + "-" + strings.TrimPrefix(state, p.country+"-")
	allowed, ok := r.one(State, p.state, on)
	if !ok {
		return refuse(UnknownState, p.state)
	}
	if allowed.Value == stateForbidden {
		p.block = &Block{Reason: stateForbids, Rule: allowed.Row, Nearest: Option{Warehouse: m.Warehouse}}
	}
	return nil
}

// territory finds a part of the country with taxes of its own by the postcode.
func (r *Rules) territory(to Destination, on Day) *rule {
	postcode := strings.ReplaceAll(to.Postcode, " ", "")
	for _, t := range r.all(Territory, to.Country, on) {
		if postcode != "" && strings.HasPrefix(postcode, t.Condition) {
			return t
		}
	}
	return nil
}

// Countries are those that a market delivers to on a day, in no order, each with its row.
func (r *Rules) Countries(m *market.Market, on Day) map[string]Row {
	out := map[string]Row{}
	for key := range r.rules {
		if key.kind != Served {
			continue
		}
		_, closed := r.one(Closed, key.subject, on)
		if served, ok := r.under(Served, key.subject, m.Code, on); ok && !closed {
			out[key.subject] = served.Row
		}
	}
	return out
}

// Known are all countries that some rule speaks of on a day, whether or not any shop delivers there, in order.
func (r *Rules) Known(on Day) []string {
	var out []string
	for key := range r.rules {
		if key.kind != Served && key.kind != Closed || key.kind == Closed && len(r.rules[about{Served, key.subject}]) > 0 {
			continue
		}
		if _, holds := r.one(key.kind, key.subject, on); holds {
			out = append(out, key.subject)
		}
	}
	slices.Sort(out)
	return out
}

// Reach says whether a market delivers to a destination on a day: the block where it does not, nil where it does; a *Refusal
// where nobody knows the destination, or its state is needed.
func (r *Rules) Reach(m *market.Market, to Destination, on Day) (*Block, error) {
	p, err := r.place(m, to, on)
	return p.block, err
}

// States of a country on a day, as "CA", in order; none where they do not matter.
func (r *Rules) States(country string, on Day) []string {
	var out []string
	for key := range r.rules {
		if code, in := strings.CutPrefix(key.subject, country+"-"); key.kind == State && in {
			if _, holds := r.one(State, key.subject, on); holds {
				out = append(out, code)
			}
		}
	}
	slices.Sort(out)
	return out
}

// HasTerritories says that parts of a country have other taxes, which a postcode tells.
func (r *Rules) HasTerritories(country string, on Day) bool {
	return len(r.all(Territory, country, on)) > 0
}

// InTerritory says that a destination lies in such a part.
func (r *Rules) InTerritory(to Destination, on Day) bool { return r.territory(to, on) != nil }

// NeedsState says that a destination in this country has to name its state.
func (r *Rules) NeedsState(country string) bool { return r.states[country] }
