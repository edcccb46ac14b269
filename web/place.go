package web

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/bojanz/address"
	"github.com/gofiber/fiber/v2"

	"caveau/store/law"
	"caveau/templates/live"
	"caveau/web/view"
)

// PlaceCookie says where a visitor's deliveries go: country, US state, the postcode where law needs it, and whether in bond. It
// names nobody. It is set by a POST of the destination page and by nothing else.
const (
	PlaceCookie = view.CookiePlace
	placeAge    = view.PlaceLife
)

// placeActions are what lies below the destination's path; the path itself takes the choice.
var placeActions = []string{view.DestinationList}

// destination answers for the page on which a visitor says where deliveries go.
func (s *Server) destination(v *visit, action string) error {
	switch {
	case v.Method() == fiber.MethodPost && action == view.DestinationList:
		return s.leavePlace(v)
	case v.Method() == fiber.MethodPost:
		return s.choosePlace(v)
	case action != "":
		return notAllowed(v.Ctx, writeOnly)
	case isRead(v.Ctx):
		return s.showPlace(v)
	default:
		return notAllowed(v.Ctx, readAndWrite)
	}
}

// door is where the visitor's deliveries go; nil without a choice. A forged or malformed cookie is none, and so is one of a place
// that the rules do not know any more.
func (s *Server) door(v *visit) *view.Door {
	value := v.Cookies(PlaceCookie)
	if value == "" {
		return nil
	}
	rules := s.Rules.Rules()
	place, ok := parsePlace(value)
	if rules == nil || !ok {
		return nil
	}
	door := doorTo(place, rules)
	if s.checkPlace(v, place, rules) != nil {
		return nil
	}
	return door
}

func doorTo(p view.Place, rules *law.Rules) *view.Door {
	return &view.Door{To: law.Destination{Country: p.Country, State: p.State, Postcode: p.Postcode}, InBond: p.InBond, Rules: rules}
}

// The cookie is country.state.postcode.basis, as "DE...", "US.CA..", "ES..35001." and "GB...bond".
const placeParts = 4

func sealPlace(p view.Place) string {
	basis := ""
	if p.InBond {
		basis = view.BasisBond
	}
	return strings.Join([]string{p.Country, p.State, strings.ReplaceAll(p.Postcode, " ", "_"), basis}, ".")
}

func parsePlace(value string) (view.Place, bool) {
	parts := strings.Split(value, ".")
	if len(parts) != placeParts || parts[3] != "" && parts[3] != view.BasisBond {
		return view.Place{}, false
	}
	return view.Place{Country: parts[0], State: parts[1], Postcode: strings.ReplaceAll(parts[2], "_", " "), InBond: parts[3] != ""}, true
}

// checkPlace says what is wrong with a choice, field by field; nothing where prices can be shown for it, or why there are none.
func (s *Server) checkPlace(v *visit, p view.Place, rules *law.Rules) []view.Problem {
	m := v.edition.Market
	on := law.DayOf(time.Now(), m.Zone)
	wrong := func(field, key string, args ...any) []view.Problem {
		return []view.Problem{{Field: field, Text: s.Site.Words(v.edition, key, args...)}}
	}
	to := doorTo(p, rules).To
	_, err := rules.Reach(m, to, on)
	code, _ := law.Refused(err)
	switch {
	case code == law.StateNeeded:
		return wrong("state", "door.state_needed")
	case code == law.UnknownState:
		return wrong("state", "door.bad_state")
	case err != nil:
		return wrong("country", "door.bad_country")
	case p.State != "" && !slices.Contains(rules.States(p.Country, on), p.State):
		return wrong("state", "door.bad_state")
	case p.Postcode != "" && !rules.HasTerritories(p.Country, on):
		return wrong("postcode", "door.bad_country")
	case p.Postcode != "" && !address.GetFormat(p.Country).CheckPostalCode(p.Postcode):
		return wrong("postcode", "checkout.bad_postcode", "field", s.Site.Words(v.edition, "address.postcode"))
	case p.InBond && (!m.InBond || p.Country != m.Country):
		return wrong("basis-"+view.BasisBond, "door.bad_bond")
	}
	return nil
}

// showPlace is the form, filled with what holds now.
func (s *Server) showPlace(v *visit) error {
	door := s.door(v)
	in := view.Place{Country: v.edition.Market.Country, Back: s.cameFrom(v)}
	if door != nil {
		in.Country, in.State, in.Postcode, in.InBond = door.To.Country, door.To.State, door.To.Postcode, door.InBond
	}
	return s.renderPlace(v, door, in, nil)
}

func (s *Server) renderPlace(v *visit, door *view.Door, in view.Place, problems []view.Problem) error {
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	page := s.Site.Destination(v.snap, v.edition, door, s.Rules.Rules(), in, problems)
	return s.renderWith(v.Ctx, page, live.Sample{At: time.Now(), Badge: max(s.badge(v), 0)})
}

// choosePlace keeps the choice and leads back to where the visitor was; or shows the form again, with what is wrong and all that
// was entered.
func (s *Server) choosePlace(v *visit) error {
	if !sameOrigin(v.Ctx) {
		return errForeign
	}
	rules := s.Rules.Rules()
	in := s.readPlace(v)
	if rules == nil {
		v.Status(fiber.StatusServiceUnavailable)
		return s.renderPlace(v, nil, in, []view.Problem{{Text: s.Site.Words(v.edition, "door.busy")}})
	}
	chosen := usable(in, rules, law.DayOf(time.Now(), v.edition.Market.Zone))
	if problems := s.checkPlace(v, chosen, rules); problems != nil {
		v.Status(fiber.StatusUnprocessableEntity)
		return s.renderPlace(v, s.door(v), in, problems)
	}
	if to := doorTo(chosen, rules).To; !rules.InTerritory(to, law.DayOf(time.Now(), v.edition.Market.Zone)) {
		chosen.Postcode = "" // what no tax hangs on is not kept
	}
	setCookie(v, PlaceCookie, sealPlace(chosen), placeAge)
	return s.back(v, in.Back)
}

// usable leaves out what the country does not ask for: a state that the form showed for another one.
func usable(in view.Place, rules *law.Rules, on law.Day) view.Place {
	if !rules.NeedsState(in.Country) {
		in.State = ""
	}
	if !rules.HasTerritories(in.Country, on) {
		in.Postcode = ""
	}
	return in
}

// maxEntered bounds the fields: no postcode is longer.
const maxEntered = 16

func (s *Server) readPlace(v *visit) view.Place {
	value := func(name string) string {
		text := strings.ToUpper(strings.TrimSpace(v.FormValue(name)))
		return text[:min(len(text), maxEntered)]
	}
	return view.Place{
		Country: value("country"), State: value("state"), Postcode: value("postcode"), InBond: v.FormValue("basis") == view.BasisBond,
		Back: s.ownPath(v, v.FormValue("back")),
	}
}

// leavePlace goes back to the market's list prices.
func (s *Server) leavePlace(v *visit) error {
	if !sameOrigin(v.Ctx) {
		return errForeign
	}
	clearCookie(v, PlaceCookie)
	back := v.FormValue("back")
	if back == "" {
		back = s.cameFrom(v)
	}
	return s.back(v, back)
}

func (s *Server) back(v *visit, path string) error {
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	return v.Redirect(s.ownPath(v, path), fiber.StatusSeeOther)
}

// cameFrom is the page of this host that a visitor came from; the home page where the browser does not say.
func (s *Server) cameFrom(v *visit) string {
	u, err := url.Parse(v.Get(fiber.HeaderReferer))
	if err != nil || !strings.EqualFold(u.Host, string(v.Request().Host())) {
		return v.edition.Prefix + "/"
	}
	return s.ownPath(v, u.RequestURI())
}

// ownPath lets through a path of the URL table in this edition, with its page number, and nothing else: whatever is asked for, no
// redirect leads out of the shop, nor to the form itself.
func (s *Server) ownPath(v *visit, asked string) string {
	home := v.edition.Prefix + "/"
	u, err := url.Parse(asked)
	if err != nil || u.IsAbs() || u.Host != "" || u.Opaque != "" {
		return home
	}
	e, rest, ok := s.edition(v.Hostname(), u.Path)
	if !ok || e != v.edition {
		return home
	}
	language := e.Locale.Language()
	node, _, found := v.snap.Routes.Find(language, rest)
	if at := strings.LastIndexByte(rest, '/'); !found && at > 0 {
		node, _, found = v.snap.Routes.Find(language, rest[:at]) // what lies below the cart leads to the cart
	}
	if !found || node.Gone || node.ID == v.node.ID || node.Path(language) == "" {
		return home
	}
	path := e.Prefix + node.Path(language)
	if number := u.Query().Get(numberKey); number != "" && strings.Trim(number, "0123456789") == "" {
		path += "?" + numberKey + "=" + number
	}
	return path
}
