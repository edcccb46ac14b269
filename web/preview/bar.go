package preview

import (
	"net/url"
	"time"

	"github.com/a-h/templ"

	"caveau/i18n"
	"caveau/static"
	"caveau/store/market"
	"caveau/store/route"
	"caveau/templates/component"
	"caveau/templates/office"
	"caveau/web/view"
)

// bar of a page, by its path within the edition; on a sheet it leads to a sheet.
func (v *visit) bar(path string, sheet bool) office.Bar {
	p, zone := v.p, v.edition.Market.Zone
	b := office.Bar{
		Lang: p.Locale().Tag(), Name: p.T("preview.title"), Action: Prefix + v.token + turnPath, Page: path, Sheet: sheet,
		At: office.Field{Label: p.T("preview.at"), Hint: p.T("preview.at_hint", "zone", zone.String())},
	}
	b.Words.Shop, b.Words.Show = p.T("preview.shop"), p.T("preview.show")
	when := p.T("preview.now")
	if at := v.link.At; !at.IsZero() {
		when, b.At.Value = momentWords(p, at.In(zone)), at.In(zone).Format("2006-01-02T15:04")
	}
	b.What = v.server.nameOf(p, v.edition) + " · " + when
	b.Notes = v.notes()
	for _, e := range v.server.Markets.Editions {
		b.Shops = append(b.Shops, office.Shop{Value: e.Locale.Tag(), Name: v.server.nameOf(p, e), Lang: p.Locale().Tag(), Selected: e == v.edition})
	}
	b.Links = v.links(path)
	return b
}

// notes say what a preview cannot show, and when it ends.
func (v *visit) notes() []string {
	var out []string
	if !v.link.At.IsZero() {
		out = append(out, v.p.T("preview.unversioned"))
	}
	if began := v.moment.began; !began.IsZero() && v.link.At.Before(began) {
		out = append(out, v.p.T("preview.before", "date", momentWords(v.p, began.In(v.edition.Market.Zone))))
	}
	if v.link.Country != "" {
		out = append(out, v.p.T("preview.elsewhere", "country", v.p.Country(v.link.Country)))
	}
	return append(out, v.p.T("preview.until", "date", momentWords(v.p, v.link.Expires.In(v.edition.Market.Zone))))
}

func (v *visit) links(path string) []component.Link {
	query := "?" + pageKey + "=" + url.QueryEscape(path)
	return []component.Link{
		{Text: v.p.T("preview.sheet"), Href: Prefix + v.token + sheetPath + query},
		{Text: v.p.T("preview.widths"), Href: Prefix + v.token + widthsPath + query},
		{Text: v.p.T("preview.changes"), Href: Prefix + v.token + changesPath},
		{Text: v.p.T("preview.live"), Href: v.server.Base(v.edition.Market.Code) + v.edition.Prefix + path},
	}
}

// momentWords is a date with its time: "4 December 2026, 08:00 CET".
func momentWords(p *i18n.Printer, t time.Time) string {
	return p.Date(t) + ", " + t.Format("15:04 MST")
}

// nameOf an edition: the country, and the language where a market has several.
func (s *Server) nameOf(p *i18n.Printer, e *market.Edition) string {
	name := view.MarketName(p, e.Market)
	if len(e.Market.Locales) > 1 {
		name += " · " + e.Locale.Tag()
	}
	return name
}

// sheet shows a page in some editions, at some widths.
func (v *visit) sheet(editions []*market.Edition, widths ...string) error {
	path := v.Query(pageKey, "/")
	out := office.Sheet{Document: v.server.document(v.p, v.p.T("preview.sheet")), Bar: v.bar(path, len(editions) > 1), Single: len(editions) == 1}
	for _, e := range editions {
		out.Shops = append(out.Shops, v.proof(path, e, widths))
	}
	return v.server.send(v.Ctx, out.View())
}

// proof of a page in an edition. Its frames have no bar.
func (v *visit) proof(path string, e *market.Edition, widths []string) office.Proof {
	name := v.server.nameOf(v.p, e)
	node, _, found := v.moment.snap.Routes.Find(v.edition.Locale.Language(), path)
	if !found || node.Gone || node.Path(e.Locale.Language()) == "" {
		return office.Proof{Name: name, Lang: v.p.Locale().Tag(), Missing: v.p.T("preview.missing")}
	}
	link := v.link
	link.Locale = e.Locale.Tag()
	at := node.Path(e.Locale.Language())
	out := office.Proof{Name: name, Lang: v.p.Locale().Tag(), Href: v.server.href(link, at)}
	out.Missing = v.wordless(node.Page, e)
	link.Bare = true
	for _, width := range widths {
		out.Frames = append(out.Frames, office.Frame{Src: v.server.href(link, at), Title: name + ", " + width + " px", Width: width})
	}
	return out
}

// wordless says which banner of the front has no words in an edition at this moment; empty where none.
func (v *visit) wordless(page route.Page, e *market.Edition) string {
	at := v.link.At
	if at.IsZero() {
		at = v.server.Now()
	}
	for _, b := range v.moment.snap.Banners {
		if page.Kind == route.Home && b.Locale == e.Locale.Tag() && b.Words == "" && b.Holds(at) {
			return v.p.T("preview.wordless", "code", b.Code)
		}
	}
	return ""
}

func (s *Server) document(p *i18n.Printer, title string) office.Document {
	return office.Document{Lang: p.Locale().Tag(), Title: title, CSS: s.Assets.URL(static.CSS), Own: s.Assets.URL(static.Office)}
}

// message is a page of a few words. i18n:prefix preview.
func (s *Server) message(p *i18n.Printer, back, key string, args ...any) templ.Component {
	m := office.Message{Document: s.document(p, p.T("preview.title")), Words: p.T(key, args...)}
	if back != "" {
		m.Back = component.Link{Href: back, Text: p.T("nav.home")}
	}
	return m.View()
}
