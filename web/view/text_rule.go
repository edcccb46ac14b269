package view

import "caveau/store/market"

// marketRule says in which markets something is said. Rules ask the market's own data where it has them, and its code
// where the law of one country is meant.
type marketRule func(m *market.Market) bool

// hasNotice is the rule of a notice of markets.json.
func hasNotice(notice string) marketRule {
	return func(m *market.Market) bool { return m.Has(notice) }
}

// inMarkets is the rule of some markets, by code.
func inMarkets(codes ...string) marketRule {
	return func(m *market.Market) bool {
		for _, code := range codes {
			if m.Code == code {
				return true
			}
		}
		return false
	}
}

// either is the rule of markets that keep one of the rules.
func either(rules ...marketRule) marketRule {
	return func(m *market.Market) bool {
		for _, rule := range rules {
			if rule(m) {
				return true
			}
		}
		return false
	}
}

// not is the rule of all other markets.
func not(rule marketRule) marketRule {
	return func(m *market.Market) bool { return !rule(m) }
}

var (
	inUnion      = hasNotice("withdrawal") // member states of the European Union
	inBritain    = hasNotice("cancellation-uk")
	withdrawable = either(inUnion, inBritain) // a right of withdrawal by law
	inAmerica    = hasNotice("state-rules")
	inHongKong   = hasNotice("hk-minors-notice-bilingual")
	inSwiss      = inMarkets("ch")
)

// sellsInBond is the rule of markets that sell in bond too.
func sellsInBond(m *market.Market) bool { return m.InBond }

// taxed is the rule of markets whose prices hold value added tax.
func taxed(m *market.Market) bool { return m.Basis == market.Incl && m.VAT > 0 }

// rounded is the rule of markets whose smallest coin is more than the currency's minor unit.
func rounded(m *market.Market) bool { return m.Rounding > 1 }
