package law

import (
	"time"

	"caveau/store/market"
)

// Ask answers what must be shown, asked and blocked, and why. A destination that is not served is an answer (Block);
// one that nobody knows, or a tax that hangs on a strength that is not known, is a *Refusal.
func (r *Rules) Ask(q Question) (Answer, error) {
	if q.On.IsZero() {
		return Answer{}, refuse(NoDate, "the question has no day")
	}
	if err := q.SKU.check(q.Market); err != nil {
		return Answer{}, err
	}
	on := DayOf(q.On, q.Market.Zone)
	if _, may := r.MayBond(q.Market, q.SKU.Sale, on); q.InBond && !may {
		return Answer{}, refuse(NoBond, q.Market.Code+" sells no "+string(q.SKU.Sale)+" in bond")
	}
	p, err := r.place(q.Market, q.Destination, on)
	if err != nil {
		return Answer{}, err
	}
	var a Answer
	if p.block != nil {
		a.Block = []Block{*p.block}
	} else if err := r.sale(&a, q, p, on); err != nil {
		return Answer{}, err
	}
	a.Age, a.AgeRule = r.age(q.Market, p.country, on)
	a.Withdrawal = r.withdrawal(q, on)
	a.Label, a.LabelRule = r.label(q, on)
	if button, ok := r.one(Button, q.Market.Code, on); ok {
		a.Button, a.ButtonRule = "law.button."+button.Value, button.Row
	}
	a.Show = r.notices(q, a, on)
	a.Ask = r.declarations(q, a, on)
	return a, nil
}

// sale fills in taxes and delivery of a destination that is served.
func (r *Rules) sale(a *Answer, q Question, p place, on Day) error {
	taxes, err := r.rates(q.Market, q.SKU, p, on)
	later := q.InBond || q.SKU.Sale == Primeur
	if code, refused := Refused(err); refused && later && code == StrengthNeeded {
		taxes.missing = append(taxes.missing, missingStrength) // it is not due yet, and will be known by then
	} else if err != nil {
		return err
	}
	a.Missing, a.TaxRules = taxes.missing, taxes.rules()
	switch {
	case q.InBond:
		a.Terms = Bonded
		return nil
	case later:
		a.Terms = Later
	case len(taxes.missing) > 0:
		a.Terms = OnArrival
	default:
		a.Terms = DutyPaid
	}
	a.Delivery, err = r.deliver(q.Market, p, q.SKU.millilitres(), q.SKU.Price, on, q.SKU.ready(q.On))
	return err
}

// ready is when a SKU can leave the warehouse.
func (s SKU) ready(on time.Time) time.Time {
	if s.Sale == Primeur && s.Delivery.After(on) {
		return s.Delivery
	}
	return on
}

// age is the house's, or the country's where that is higher. A country whose age nobody knows is asked for the age
// of subject "*".
func (r *Rules) age(m *market.Market, country string, on Day) (int, Row) {
	house, _ := r.one(HouseAge, m.Code, on)
	legal, ok := r.one(Age, country, on)
	if !ok {
		legal, ok = r.one(Age, "*", on)
	}
	if ok && legal.number > house.number {
		return int(legal.number / one), legal.Row
	}
	return int(house.number / one), house.Row
}

// withdrawal before a sale: the price that is shown is the one that is agreed, the value of a primeur hangs on the market, and
// the notice that follows from the answer tells the buyer.
func (r *Rules) withdrawal(q Question, on Day) Withdrawal {
	return r.rightTo(Contract{
		Market: q.Market, Sale: q.SKU.Sale, Made: q.On, Delivery: q.SKU.Delivery, PriceAgreed: true, MarketValue: true, Told: true,
	}, on)
}

// label applies to wine that goes to a country of the union and was made since a day.
func (r *Rules) label(q Question, on Day) (Label, Row) {
	union, ok := r.one(Union, q.Destination.Country, on)
	if !ok {
		return LabelExempt, Row{}
	}
	rule, ok := r.one(ELabel, union.Value, on)
	if !ok {
		return LabelExempt, Row{}
	}
	return madeSince(q.SKU, Day(rule.Value)), rule.Row
}

// madeSince goes by the day of making, and without one by the harvest: a later year's wine was made since, an earlier
// one's before. Sparkling wine is made when it has fermented again, a year later. What is left is not known.
func madeSince(s SKU, since Day) Label {
	day, _ := time.Parse(time.DateOnly, string(since))
	before := day.Year() - 1
	if s.Style == Sparkling {
		before--
	}
	switch {
	case !s.Produced.IsZero() && DayOf(s.Produced, s.Produced.Location()) >= since, s.Produced.IsZero() && s.Vintage > day.Year():
		return LabelRequired
	case !s.Produced.IsZero(), s.Vintage > 0 && s.Vintage <= before:
		return LabelExempt
	default:
		return LabelUnknown
	}
}

// notices are the market's and everyone's, those of other sale types left out; the label only where it is due.
func (r *Rules) notices(q Question, a Answer, on Day) []Shown {
	var out []Shown
	for _, n := range r.forShop(Notice, q, a, on) {
		if n.Condition == "e-label" && a.Label == LabelExempt || n.Condition == "withdrawal" && a.Withdrawal.Exempt {
			continue
		}
		out = append(out, Shown{ID: n.Condition, Rule: n.Row})
	}
	if a.Withdrawal.Exempt {
		out = append(out, Shown{ID: "primeur-no-withdrawal", Rule: a.Withdrawal.Rules[len(a.Withdrawal.Rules)-1]})
	}
	return out
}

func (r *Rules) declarations(q Question, a Answer, on Day) []Asked {
	var out []Asked
	for _, d := range r.forShop(Declaration, q, a, on) {
		asked := Asked{ID: d.Condition, Rule: d.Row}
		if asked.ID == "age-declaration" || asked.ID == "adult-signature" || asked.ID == "hk-declaration" {
			asked.Age = a.Age
		}
		out = append(out, asked)
	}
	return out
}

// forShop are the rules of a market, then those of all, that concern its sale type or the terms of the answer.
func (r *Rules) forShop(kind Kind, q Question, a Answer, on Day) []*rule {
	var out []*rule
	for _, subject := range []string{q.Market.Code, "*"} {
		for _, rule := range r.all(kind, subject, on) {
			if rule.Value == always || rule.Value == string(q.SKU.Sale) || rule.Value == string(a.Terms) {
				out = append(out, rule)
			}
		}
	}
	return out
}
