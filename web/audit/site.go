package audit

import (
	"net/url"
	"strings"

	"github.com/valyala/fasthttp"

	"caveau/store/market"
	"caveau/store/route"
)

// Site is what is walked.
type Site struct {
	Handler  fasthttp.RequestHandler
	Routes   *route.Table
	Editions []*market.Edition
	Base     func(marketCode string) string // "http://fr.localhost:8080", no slash at the end
}

// address of a page in an edition; empty where it has none.
func (s Site) address(e *market.Edition, node *route.Node, number int) string {
	path := node.Path(e.Locale.Language())
	if path == "" {
		return ""
	}
	return s.Base(e.Market.Code) + e.Prefix + path + query(number)
}

func query(number int) string {
	if number < 2 {
		return ""
	}
	return "?page=" + itoa(number)
}

// place is where an address of ours leads.
type place struct {
	edition *market.Edition
	path    string // within the edition
	query   string
}

// places finds out where addresses lead.
type places struct {
	site  Site
	hosts map[string][]*market.Edition // by origin: "http://fr.localhost:8080"
}

func newPlaces(s Site) *places {
	p := &places{site: s, hosts: map[string][]*market.Edition{}}
	for _, e := range s.Editions {
		origin := s.Base(e.Market.Code)
		p.hosts[origin] = append(p.hosts[origin], e)
	}
	return p
}

// of an href on a page of an edition; false where it leads out of our house or is no address.
func (p *places) of(from *market.Edition, href string) (place, bool) {
	editions := p.hosts[p.site.Base(from.Market.Code)]
	if !strings.HasPrefix(href, "/") {
		origin := href
		if at := strings.Index(href, "://"); at >= 0 {
			if slash := strings.IndexByte(href[at+3:], '/'); slash >= 0 {
				origin = href[:at+3+slash]
			}
		}
		var ours bool
		if editions, ours = p.hosts[origin]; !ours {
			return place{}, false
		}
		href = href[len(origin):]
	}
	href, _, _ = strings.Cut(href, "#")
	path, query, _ := strings.Cut(href, "?")
	for _, e := range editions {
		if rest, ok := strings.CutPrefix(path, e.Prefix); ok && e.Prefix != "" && strings.HasPrefix(rest, "/") {
			return place{e, rest, query}, true
		}
	}
	return place{editions[0], path, query}, true
}

// host of a market, as a request names it.
func (s Site) host(e *market.Edition) string {
	u, err := url.Parse(s.Base(e.Market.Code))
	if err != nil {
		return ""
	}
	return u.Host
}
