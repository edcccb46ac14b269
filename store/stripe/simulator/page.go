package simulator

import (
	_ "embed"
	"html/template"
	"net/http"
	"strings"

	"caveau/i18n"
)

//go:embed page.html
var pageHTML string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// page is what the shopper sees.
type page struct {
	Lang, Title, Demo, For, Amount string
	Alert                          string // why nothing is paid; may be empty
	Open                           bool   // the session takes money
	Pay, Fail, Back                string // the buttons
	Travel                         string
	Ways                           []way
}

// way in which the shop is told.
type way struct{ Value, Text string }

func (s *Simulator) show(w http.ResponseWriter, r *http.Request) {
	s.render(w, r, false)
}

// act is a button of the page.
func (s *Simulator) act(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	found := s.find(id)
	switch {
	case found == nil:
		http.NotFound(w, r)
	case r.PostFormValue("do") == "back":
		http.Redirect(w, r, found.cancel, http.StatusSeeOther)
	case r.PostFormValue("do") == "pay" && s.pay(id, 0, "", r.PostFormValue("travel")):
		http.Redirect(w, r, found.success, http.StatusSeeOther)
	default:
		s.render(w, r, r.PostFormValue("do") == "fail")
	}
}

// find a session; a copy, since others go on.
func (s *Simulator) find(id string) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lapse()
	found := s.sessions[id]
	if found == nil {
		return nil
	}
	seen := *found
	return &seen
}

func (s *Simulator) render(w http.ResponseWriter, r *http.Request, declined bool) {
	found := s.find(r.PathValue("id"))
	if found == nil {
		http.NotFound(w, r)
		return
	}
	p := s.Options.Messages.Printer(spoken(found.locale))
	out := page{
		Lang: p.Locale().Tag(), Title: p.T("simulator.title"), Demo: p.T("simulator.demo"), For: found.title,
		Amount: p.Money(found.amount, strings.ToUpper(found.currency)), Open: found.status == open,
		Pay: p.T("simulator.pay"), Fail: p.T("simulator.fail"), Back: p.T("simulator.back"), Travel: p.T("simulator.travel"),
		Ways: []way{{atOnce, p.T("simulator.now")}, {late, p.T("simulator.late")}, {doubled, p.T("simulator.twice")}, {lost, p.T("simulator.lost")}},
	}
	switch {
	case !out.Open:
		out.Alert = p.T("simulator.over")
	case declined:
		out.Alert = p.T("simulator.declined")
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if err := pageTemplate.Execute(w, out); err != nil {
		s.Logger.Error("simulator: the page was not written", "err", err)
	}
}

// spoken is our locale for one of Stripe's. A language alone is that of its first country.
func spoken(locale string) i18n.Locale {
	switch locale {
	case "zh-HK":
		return "zh-Hant-HK"
	case "en":
		return "en-US"
	}
	if own := i18n.Locale(locale + "-" + strings.ToUpper(locale)); own.Known() {
		return own
	}
	return "en-GB"
}
