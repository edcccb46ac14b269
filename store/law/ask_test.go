package law

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func question(m string, s func(q *Question), to Destination) func(testing.TB, *Rules) Question {
	return func(t testing.TB, r *Rules) Question {
		shop := shop(t, r, m)
		q := Question{Market: shop, SKU: bottle(shop), Destination: to, On: summer}
		if s != nil {
			s(&q)
		}
		return q
	}
}

func primeur(q *Question) { q.SKU = barrel(q.Market) }

func TestWhatIsShownAndAsked(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		name     string
		question func(testing.TB, *Rules) Question
		show     string
		ask      string
		age      int
	}{
		{"France", question("fr", nil, to("FR")), "loi-evin minors-banner-fr omnibus unit-price-litre withdrawal contains-sulphites", "age-declaration", 18},
		{"a young wine in France", question("fr", func(q *Question) { q.SKU.Vintage = 2024 }, to("FR")),
			"e-label loi-evin minors-banner-fr omnibus unit-price-litre withdrawal contains-sulphites", "age-declaration", 18},
		{"a primeur in Germany", question("de", primeur, to("DE")),
			"e-label omnibus unit-price-litre contains-sulphites primeur-excl-tax primeur-no-withdrawal", "age-declaration primeur-terms", 18},
		{"Germany to Lithuania", question("de", nil, to("LT")), "omnibus unit-price-litre withdrawal contains-sulphites", "age-declaration taxes-on-arrival", 20},
		{"the UK", question("uk", nil, to("GB")), "cancellation-uk unit-price-litre contains-sulphites", "age-declaration", 18},
		{"New York", question("us", nil, to("US-NY")), "adult-signature state-rules contains-sulphites", "adult-signature age-declaration", 21},
		{"Hong Kong", question("hk", nil, to("HK")), "hk-minors-notice-bilingual contains-sulphites", "hk-declaration age-declaration", 18},
		{"Hong Kong to Japan", question("hk", nil, to("JP")), "hk-minors-notice-bilingual contains-sulphites", "hk-declaration age-declaration taxes-on-arrival", 20},
		{"where the age is not known", question("fr", nil, to("BW")), "loi-evin minors-banner-fr omnibus unit-price-litre withdrawal contains-sulphites", "age-declaration taxes-on-arrival", 21},
	} {
		a := ask(t, r, c.question(t, r))
		var show, asked []string
		for _, s := range a.Show {
			show = append(show, s.ID)
		}
		for _, q := range a.Ask {
			asked = append(asked, q.ID)
		}
		if strings.Join(show, " ") != c.show || strings.Join(asked, " ") != c.ask || a.Age != c.age || !a.Allowed() {
			t.Errorf("%s: show %v, ask %v, age %d, blocked %v", c.name, show, asked, a.Age, a.Block)
		}
	}
}

// Every part of an answer names a row that can be looked up.
func TestAnswersSayWhy(t *testing.T) {
	r := rules(t)
	for _, m := range r.markets.Markets {
		a := ask(t, r, Question{Market: m, SKU: barrel(m), Destination: Destination{Country: m.Country, State: "CA"}, On: summer})
		rows := []Row{a.AgeRule, a.ButtonRule}
		rows = slices.Concat(rows, a.Withdrawal.Rules, a.TaxRules, a.Delivery.Rules)
		for _, s := range a.Show {
			rows = append(rows, s.Rule)
		}
		for _, q := range a.Ask {
			rows = append(rows, q.Rule)
		}
		for _, row := range rows {
			if row.Source == "" || row.From == "" || row.Status == "" {
				t.Errorf("%s: a part of the answer rests on %+v", m.Code, row)
			}
		}
		if len(a.TaxRules) == 0 || len(a.Withdrawal.Rules) == 0 || a.Button == "" {
			t.Errorf("%s: %+v", m.Code, a)
		}
	}
}

func TestBlocked(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		market, to, reason string
		nearest            Option
	}{
		{"fr", "US-CA", "other_shop", Option{"us", "bordeaux"}},
		{"fr", "US", "other_shop", Option{"us", "bordeaux"}}, // the state does not matter where another shop sells
		{"us", "FR", "other_shop", Option{"fr", "new-york"}},
		{"hk", "GB", "other_shop", Option{"uk", "hong-kong"}},
		{"de", "JP", "other_shop", Option{"fr", "bordeaux"}}, // no shop of its own: the first that goes there
		{"us", "US-UT", "state_forbids", Option{"", "new-york"}},
		{"us", "US-TX", "state_forbids", Option{"", "new-york"}},
		{"fr", "QA", "import_prohibited", Option{"", "bordeaux"}},
		{"hk", "TR", "online_sale_forbidden", Option{"", "hong-kong"}},
		{"us", "CA", "state_monopoly", Option{"", "new-york"}},
	} {
		m := shop(t, r, c.market)
		a := ask(t, r, Question{Market: m, SKU: bottle(m), Destination: to(c.to), On: summer})
		if len(a.Block) != 1 || a.Block[0].Reason != c.reason || a.Block[0].Nearest != c.nearest || a.Block[0].Rule.Source == "" {
			t.Errorf("%s to %s: %+v, want %s, %+v", c.market, c.to, a.Block, c.reason, c.nearest)
		}
		_, err := r.Door(order(m, bottle(m), to(c.to)))
		wantRefusal(t, err, NotDelivered)
	}
}

func TestRefusals(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		name     string
		question func(testing.TB, *Rules) Question
		want     Code
	}{
		{"a country nobody knows", question("fr", nil, to("XX")), UnknownCountry},
		{"no country", question("fr", nil, to("")), UnknownCountry},
		{"a country in small letters", question("fr", nil, to("fr")), UnknownCountry},
		{"no state", question("us", nil, to("US")), StateNeeded},
		{"a state nobody knows", question("us", nil, to("US-ZZ")), UnknownState},
		{"strength unknown in the UK", question("uk", func(q *Question) { q.SKU.Strength = 0 }, to("GB")), StrengthNeeded},
		{"strength unknown in Luxembourg", question("lu", func(q *Question) { q.SKU.Strength = 0 }, to("LU")), StrengthNeeded},
		{"strength unknown in Ireland", question("ie", func(q *Question) { q.SKU.Strength = 0 }, to("IE")), StrengthNeeded},
		{"too weak for a band", question("uk", func(q *Question) { q.SKU.Strength = 20 }, to("GB")), StrengthOutside},
		{"stronger than wine", question("fr", func(q *Question) { q.SKU.Strength = 400 }, to("FR")), BadSKU},
		{"no volume", question("fr", func(q *Question) { q.SKU.Volume = 0 }, to("FR")), BadSKU},
		{"no bottles", question("fr", func(q *Question) { q.SKU.Bottles = 0 }, to("FR")), BadSKU},
		{"no style", question("fr", func(q *Question) { q.SKU.Style = "sweet" }, to("FR")), BadSKU},
		{"no sale type", question("fr", func(q *Question) { q.SKU.Sale = "" }, to("FR")), BadSKU},
		{"no price", question("fr", func(q *Question) { q.SKU.Price.Minor = 0 }, to("FR")), BadPrice},
		{"another currency", question("fr", func(q *Question) { q.SKU.Price.Currency = "USD" }, to("FR")), BadPrice},
		{"no basis", question("fr", func(q *Question) { q.SKU.Basis = "" }, to("FR")), BadPrice},
		{"no day", question("fr", func(q *Question) { q.On = time.Time{} }, to("FR")), NoDate},
		{"in bond in France", question("fr", func(q *Question) { q.InBond = true }, to("FR")), NoBond},
		{"before all rules", question("fr", func(q *Question) { q.On = at("2019-01-01") }, to("FR")), NoRate},
	} {
		_, err := r.Ask(c.question(t, r))
		code, refused := Refused(err)
		if !refused || code != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

func TestOnlyTheUSWantAState(t *testing.T) {
	r := rules(t)
	for _, country := range []string{"FR", "HK", "XX"} {
		if r.NeedsState(country) {
			t.Errorf("%s wants a state", country)
		}
	}
	if !r.NeedsState("US") {
		t.Error("the US want no state")
	}
}

func TestARefusalSpeaksToMachinesPeopleAndOperators(t *testing.T) {
	r := &Refusal{Code: StrengthNeeded, Detail: "excise/GB/8.5-22@2026-02-01"}
	if r.Message() != "law.refused.strength_needed" || !strings.Contains(r.Error(), r.Detail) {
		t.Errorf("%q, %q", r.Message(), r)
	}
}

// A tax that is not due yet does not need a strength yet.
func TestAPrimeurOfUnknownStrengthIsSold(t *testing.T) {
	r := rules(t)
	uk := shop(t, r, "uk")
	s := barrel(uk)
	s.Strength = 0
	a := ask(t, r, Question{Market: uk, SKU: s, Destination: to("GB"), On: summer})
	if a.Terms != Later || !slices.Contains(a.Missing, missingStrength) {
		t.Errorf("terms %s, missing %v", a.Terms, a.Missing)
	}
	d := price(t, r, order(uk, s, to("GB")))
	if due := d.Lines[0].Due; due == nil || !slices.Contains(due.Missing, missingStrength) || len(due.Items) > 0 || d.Gross != s.Price {
		t.Errorf("door %+v", d)
	}
}

func TestWithdrawal(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		name, market string
		on, delivery string // delivery: empty for a wine in stock
		want         string
	}{
		{"France, before the function", "fr", "2026-06-18", "", "law.withdrawal.eu 14 false"},
		{"France, since the function", "fr", "2026-06-19", "", "law.withdrawal.eu 14 true"},
		{"the UK has its own", "uk", "2026-07-06", "", "law.withdrawal.uk 14 false"},
		{"Switzerland", "ch", "2026-07-06", "", "law.withdrawal.ch 0 false"},
		{"the US", "us", "2026-07-06", "", "law.withdrawal.us 0 false"},
		{"Hong Kong", "hk", "2026-07-06", "", "law.withdrawal.hk 0 false"},
		{"a primeur of two years", "de", "2026-07-06", "2028-04-01", "law.withdrawal.exempt_eu 14 true"},
		{"a primeur in the UK", "uk", "2026-07-06", "2028-04-01", "law.withdrawal.exempt_uk 14 false"},
		{"a primeur delivered in 30 days", "de", "2026-07-06", "2026-08-05", "law.withdrawal.eu 14 true"},
		{"a primeur delivered in 31 days", "de", "2026-07-06", "2026-08-06", "law.withdrawal.exempt_eu 14 true"},
		{"a primeur in Switzerland", "ch", "2026-07-06", "2028-04-01", "law.withdrawal.ch 0 false"},
	} {
		m := shop(t, r, c.market)
		q := Question{Market: m, SKU: bottle(m), Destination: Destination{Country: m.Country, State: "NY"}, On: at(c.on)}
		if c.delivery != "" {
			q.SKU = barrel(m)
			q.SKU.Delivery = at(c.delivery)
		}
		w := ask(t, r, q).Withdrawal
		if got := fmt.Sprint(w.Message(), " ", w.Days, " ", w.Button); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestAPrimeurWithoutADayKeepsItsWithdrawal(t *testing.T) {
	r := rules(t)
	de := shop(t, r, "de")
	s := barrel(de)
	s.Delivery = time.Time{}
	a := ask(t, r, Question{Market: de, SKU: s, Destination: to("DE"), On: summer})
	if a.Withdrawal.Exempt || !a.Shows("withdrawal") || a.Shows("primeur-no-withdrawal") {
		t.Errorf("withdrawal %+v", a.Withdrawal)
	}
}

func TestLabel(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		name     string
		vintage  int
		produced string
		style    Style
		to       string
		want     Label
	}{
		{"made the day before", 2023, "2023-12-07", Still, "FR", LabelExempt},
		{"made on the day", 2023, "2023-12-08", Still, "FR", LabelRequired},
		{"harvested that year, day unknown", 2023, "", Still, "FR", LabelUnknown},
		{"harvested the year before", 2022, "", Still, "FR", LabelExempt},
		{"harvested the year after", 2024, "", Still, "FR", LabelRequired},
		{"Champagne may have fermented again since", 2022, "", Sparkling, "FR", LabelUnknown},
		{"old Champagne", 2021, "", Sparkling, "FR", LabelExempt},
		{"without a year", 0, "", Sparkling, "FR", LabelUnknown},
		{"old harvest, made late", 2020, "2024-01-10", Fortified, "FR", LabelRequired},
		{"outside of the EU", 2024, "", Still, "GB", LabelExempt},
	} {
		fr := shop(t, r, "fr")
		s := bottle(fr)
		s.Vintage, s.Style = c.vintage, c.style
		if c.produced != "" {
			s.Produced = at(c.produced)
		}
		if a := ask(t, r, Question{Market: fr, SKU: s, Destination: to(c.to), On: summer}); a.Label != c.want || a.Shows("e-label") != (c.want != LabelExempt) {
			t.Errorf("%s: label %s, shown %v, want %s", c.name, a.Label, a.Shows("e-label"), c.want)
		}
	}
}

// The day is the shop's: at 23:30 UTC it is the 19th in Paris and still the 18th in London.
func TestTheDayIsTheShops(t *testing.T) {
	r := rules(t)
	fr := shop(t, r, "fr")
	for _, c := range []struct {
		hour int
		want bool
	}{{21, false}, {22, true}} {
		on := time.Date(2026, 6, 18, c.hour, 30, 0, 0, time.UTC)
		a := ask(t, r, Question{Market: fr, SKU: bottle(fr), Destination: to("FR"), On: on})
		if a.Withdrawal.Button != c.want {
			t.Errorf("at %d:30 UTC the function is %v", c.hour, a.Withdrawal.Button)
		}
	}
}

func TestDelivery(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		market, to string
		bottles    int
		price      int64 // of the goods
		want       int64
		from, till Day
	}{
		{"fr", "FR", 1, 120_00, 9_90, "2026-07-08", "2026-07-10"},
		{"fr", "FR", 6, 299_99, 13_90, "2026-07-08", "2026-07-10"},
		{"fr", "FR", 6, 300_00, 0, "2026-07-08", "2026-07-10"}, // free
		{"fr", "IT", 6, 300_00, 19_90, "2026-07-09", "2026-07-14"},
		{"fr", "JP", 12, 900_00, 149_00, "2026-07-15", "2026-07-24"},
		{"uk", "GB", 1, 20_00, 9_50, "2026-07-09", "2026-07-14"},
		{"hk", "HK", 12, 900_00, 120_00, "2026-07-07", "2026-07-09"},
	} {
		m := shop(t, r, c.market)
		s := bottle(m)
		s.Bottles, s.Price.Minor = c.bottles, c.price
		d := ask(t, r, Question{Market: m, SKU: s, Destination: to(c.to), On: summer}).Delivery
		if d.Price.Minor != c.want || d.Earliest != c.from || d.Latest != c.till || d.Carrier == "" || d.Bottles != c.bottles {
			t.Errorf("%s to %s, %d bottles: %+v", c.market, c.to, c.bottles, d)
		}
	}
}
