package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"caveau/store/catalog"
	"caveau/store/invoice"
	"caveau/store/mail"
	"caveau/store/market"
	"caveau/store/order"
	"caveau/store/route"
	letter "caveau/templates/mail"
)

// Post is a letter with what it is about.
type Post struct {
	mail.Letter
	About  *order.Order // nil where it is about none
	Pass   string       // opens the page of that order
	Papers []invoice.Document
}

// Edition is the one that a letter is written in: its own, or the market's first where that one is gone; nil for a market that
// is gone.
func (s *Site) Edition(marketCode, locale string) *market.Edition {
	var first *market.Edition
	for _, e := range s.markets.Editions {
		switch {
		case e.Market.Code != marketCode:
		case e.Locale.Tag() == locale:
			return e
		case first == nil:
			first = e
		}
	}
	return first
}

// From is whom an edition's letters come from.
func (s *Site) From(e *market.Edition) mail.Address {
	return mail.Address{Name: s.printer(e).T("site.title"), Mail: mailContact}
}

// Letter writes a letter out. A topic without words, or a word that Data has no value for, is an error: nobody is sent a letter
// with a hole in it.
// i18n:prefix mail.
func (s *Site) Letter(snap *catalog.Snapshot, e *market.Edition, post Post) (letter.Letter, error) {
	d := s.desk(snap, e, nil)
	w := letterWriter{desk: d, post: post, key: "mail." + string(post.Topic) + "."}
	for _, name := range slices.Sorted(maps.Keys(post.Data)) {
		w.args = append(w.args, name, post.Data[name])
	}
	out := letter.Letter{
		Lang: e.Locale.Tag(), Wordmark: d.p.T("site.title"), Home: d.base + "/", Colon: d.p.T("text.colon"), Seller: d.seller(), Notes: []string{d.p.T("mail.reply")},
	}
	if post.About != nil {
		w.args = append(w.args, d.orderWords(*post.About, moved(post))...)
		out.Greeting = d.p.T("mail.greeting", "name", post.About.Contact.Name)
	}
	out.Subject, out.Text = w.words("subject"), strings.Split(w.words("text"), "\n\n")
	if d.p.Has(w.key + "button") {
		out.Button = letter.Link{Text: w.words("button"), Href: d.site.base(e) + w.link()}
	}
	if path := post.Data["unsubscribe"]; path != "" {
		out.Unsubscribe = letter.Link{Text: d.p.T("mail.unsubscribe"), Href: d.site.base(e) + path}
	}
	if post.About != nil {
		d.fillOrder(&out, post)
	}
	return out, w.failed
}

// base is the origin of a market's shop, without an edition's prefix: paths of letters have it.
func (s *Site) base(e *market.Edition) string { return strings.TrimSuffix(s.edition(e).base, e.Prefix) }

// letterWriter asks for a topic's words and remembers what went wrong.
type letterWriter struct {
	*desk
	post   Post
	key    string
	args   []any
	failed error
}

func (w *letterWriter) words(part string) string {
	if !w.p.Has(w.key + part) {
		w.failed = fmt.Errorf("write a letter about %s in %s: it has no %s", w.post.Topic, w.Locale, part)
		return ""
	}
	text := w.p.T(w.key+part, w.args...)
	if strings.Contains(text, "⟦") {
		w.failed = fmt.Errorf("write a letter about %s in %s: its %s wants what the letter does not say", w.post.Topic, w.Locale, part)
	}
	return text
}

// link is the path that the letter leads to: its own, or the page of its order.
func (w *letterWriter) link() string {
	if path := w.post.Data["link"]; path != "" {
		return path
	}
	if w.post.About == nil {
		w.failed = fmt.Errorf("write a letter about %s: it leads nowhere", w.post.Topic)
		return ""
	}
	return w.path(route.Page{Kind: route.Cart}) + "/" + CartOrder + "?number=" + string(w.post.About.Number) + "&pass=" + w.post.Pass
}

// seller says who wrote, as the imprint does.
func (d *desk) seller() []string {
	w := newTextWriter(d.p, d.Market, d.notice)
	demo := w.t("text.demo")
	lines := []string{
		w.t("site.title") + " · " + w.aside(w.within(w.t("text.city.bordeaux"), w.p.Country("FR")), demo) + " · " + mailContact,
		w.t("text.imprint.register") + w.t("text.colon") + demo + " · " + w.t("text.imprint.tax") + w.t("text.colon") + demo,
	}
	if d.notice.Health != "" {
		lines = append(lines, d.notice.Health)
	}
	for _, n := range d.notice.Notices {
		lines = append(lines, n.Text)
	}
	return lines
}
