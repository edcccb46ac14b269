package audit

import (
	"fmt"
	"strings"

	"github.com/valyala/fasthttp"

	"caveau/store/market"
)

// broken names the first link that leads nowhere, or where no crawler should go.
func (l *look) broken() string {
	for _, to := range l.facts.links {
		href := plain(to.href)
		if strings.HasPrefix(href, "#") || strings.HasPrefix(href, "mailto:") || strings.HasPrefix(href, "tel:") || strings.HasPrefix(href, "data:") {
			continue
		}
		at, ours := l.places.of(l.edition, href)
		if !ours {
			if !strings.HasPrefix(href, "https://") && !strings.HasPrefix(href, "http://") {
				return "a link is no address: " + href
			}
			continue
		}
		if fault := l.leads(at, href, string(to.element)); fault != "" {
			return fault
		}
	}
	return ""
}

// leads says what is wrong with where a link leads: the URL table knows, else the handler is asked, once for each address.
func (l *look) leads(at place, href, element string) string {
	node, moved, ok := l.site.Routes.Find(at.edition.Locale.Language(), at.path)
	if ok {
		switch {
		case node.Gone:
			return "a link leads to what is gone: " + href
		case moved:
			return "a link leads to an old address: " + href
		case at.query != "" && element == "a" && !node.Page.Kind.PerAnswer() && !strings.HasPrefix(at.query, "page="):
			return "a link has a query of its own: " + href
		}
		return ""
	}
	if element == "form" {
		return "" // its path takes posts: a GET proves nothing
	}
	key := at.edition.Market.Code + at.edition.Prefix + at.path
	l.mu.Lock()
	fault, known := l.odd[key]
	l.mu.Unlock()
	if !known {
		fault = l.ask(at.edition, at.path)
		l.mu.Lock()
		l.odd[key] = fault
		l.mu.Unlock()
	}
	return fault
}

// ask the handler for a path that is in no table: an asset, the shops, what lies below a visitor's page.
func (l *look) ask(e *market.Edition, path string) string {
	var c fasthttp.RequestCtx
	c.Request.SetRequestURI(e.Prefix + path)
	c.Request.Header.SetHost(l.site.host(e))
	l.site.Handler(&c)
	status := c.Response.StatusCode()
	return onlyIf(status >= 400, fmt.Sprintf("a link leads to a %d: %s%s", status, e.Prefix, path))
}
