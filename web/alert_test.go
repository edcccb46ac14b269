package web_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"caveau/store/alert"
)

// fakeAlerts is a web.Alerts that opens one alert with one token.
type fakeAlerts struct {
	asked  []alert.Request
	known  map[alert.Token]alert.Alert
	writes []string
	err    error // what everything answers with
}

func (f *fakeAlerts) Ask(_ context.Context, r alert.Request) error {
	f.asked = append(f.asked, r)
	return f.err
}

func (f *fakeAlerts) Peek(_ context.Context, token alert.Token, _ alert.Purpose) (alert.Alert, error) {
	a, ok := f.known[token]
	if !ok {
		return a, errors.Join(f.err, alert.ErrUnknown)
	}
	return a, f.err
}

func (f *fakeAlerts) Confirm(ctx context.Context, token alert.Token) (alert.Alert, error) {
	f.writes = append(f.writes, "confirm")
	return f.Peek(ctx, token, alert.ToConfirm)
}

func (f *fakeAlerts) Stop(ctx context.Context, token alert.Token, all bool) (alert.Alert, error) {
	f.writes = append(f.writes, map[bool]string{true: "stop all", false: "stop"}[all])
	return f.Peek(ctx, token, alert.ToStop)
}

const boxOf1990 = "of=vintage%3Achateau-margaux%2F1990&email=emilie%40example.com"

func TestTheBoxOfAVintageIsOpenWhereNothingIsLeft(t *testing.T) {
	s := newShop(t)
	const box = `form[action="/alertes"]`
	for _, sku := range cellarList().SKUs {
		if sku.Wine == "chateau-margaux" && sku.Year == 1990 {
			s.has(sku.Code, "bordeaux", 0)
		}
	}
	page := s.get(t, "fr", "/vin/chateau-margaux/1990").page(t)
	if page.Find("details[open] "+box).Length() != 1 || page.Find(box+` option[value="M90-75"]`).Length() != 1 {
		t.Error("sold out: no open box with all formats")
	}
	same(t, "of", attr(t, page, box+` input[name="of"]`, "value"), "vintage:chateau-margaux/1990")
	s.has("M90-75", "bordeaux", 1)
	if page := s.get(t, "fr", "/vin/chateau-margaux/1990").page(t); page.Find("details:not([open]) "+box).Length() != 1 {
		t.Error("in stock: no folded box")
	}
	if page := s.get(t, "fr", "/vin/chateau-margaux/1989").page(t); page.Find("details[open] "+box).Length() != 1 {
		t.Error("in no shop: no open box")
	}
	page = s.get(t, "fr", "/vin/chateau-margaux").page(t)
	same(t, "of, on the page of the wine", attr(t, page, box+` input[name="of"]`, "value"), "wine:chateau-margaux")
}

func TestAskingForAlerts(t *testing.T) {
	for name, c := range map[string]struct {
		form string
		want alert.Alert
	}{
		"any format": {boxOf1990, alert.Alert{Kind: alert.Stock, Subject: alert.Subject{Wine: "chateau-margaux", Year: 1990}}},
		"a format":   {boxOf1990 + "&sku=M90-75", alert.Alert{Kind: alert.Stock, Subject: alert.Subject{SKU: "M90-75", Year: alert.AnyYear}}},
		"a price":    {boxOf1990 + "&sku=M90-75&below=1+%E2%82%AC", alert.Alert{Kind: alert.Price, Subject: alert.Subject{SKU: "M90-75", Year: alert.AnyYear}, Below: 100}},
		"the next":   {"of=wine%3Achateau-margaux&email=emilie%40example.com", alert.Alert{Kind: alert.Vintage, Subject: alert.Subject{Wine: "chateau-margaux", Year: alert.AnyYear}, After: 2025}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			for _, sku := range cellarList().SKUs {
				s.has(sku.Code, "bordeaux", 0)
			}
			a := s.visitor("fr").post(t, "/alertes", c.form).want(t, http.StatusSeeOther)
			same(t, "leads to", a.Header.Get("Location"), "/alertes/asked")
			c.want.Email, c.want.Market, c.want.Locale = "emilie@example.com", "fr", "fr-FR"
			if len(s.alerts.asked) != 1 || s.alerts.asked[0].Alert != c.want {
				t.Fatalf("asked for %+v, want %+v", s.alerts.asked, c.want)
			}
			if said := s.alerts.asked[0]; said.Page != "/alertes" || !strings.Contains(said.Facts["what"], "Château Margaux") {
				t.Errorf("the letter says %+v", said.Words)
			}
		})
	}
}

func TestAlertsThatCannotBeAsked(t *testing.T) {
	s := newShop(t)
	v := s.visitor("fr")
	for name, c := range map[string]struct{ form, field string }{
		"no address":        {"of=wine%3Achateau-margaux", "email"},
		"no address either": {"of=wine%3Achateau-margaux&email=emilie", "email"},
		"in stock":          {boxOf1990, "sku"},
		"no format":         {boxOf1990 + "&below=100", "sku"},
		"another wine's":    {boxOf1990 + "&sku=NONE&below=100", "sku"},
		"no amount":         {boxOf1990 + "&sku=M90-75&below=cheap", "below"},
		"two amounts":       {boxOf1990 + "&sku=M90-75&below=1%2C250", "below"},
		"dearer than it is": {boxOf1990 + "&sku=M90-75&below=999999", "below"},
	} {
		a := v.post(t, "/alertes", c.form).want(t, http.StatusUnprocessableEntity)
		page := a.page(t)
		if page.Find(`#problems a[href="#`+c.field+`"]`).Length() != 1 || page.Find(`#`+c.field+`[aria-invalid="true"]`).Length() != 1 {
			t.Errorf("%s: the page does not lead to %s", name, c.field)
		}
		form, _ := url.ParseQuery(c.form)
		same(t, name+": address kept", attr(t, page, "#email", "value"), form.Get("email"))
		if form.Get("below") != "" {
			same(t, name+": amount kept", attr(t, page, "#below", "value"), form.Get("below"))
		}
	}
	v.post(t, "/alertes", "of=wine%3Anone&email=a%40example.com").want(t, http.StatusNotFound)
	v.post(t, "/alertes", "of=nonsense").want(t, http.StatusNotFound)
	s.ask(t, http.MethodPost, "fr", "/alertes", strings.NewReader(boxOf1990), typed, header("Sec-Fetch-Site", "cross-site")).want(t, http.StatusForbidden)
	if len(s.alerts.asked) > 0 {
		t.Errorf("asked all the same: %+v", s.alerts.asked)
	}
	s.alerts.err = errors.New("away")
	a := v.post(t, "/alertes", "of=wine%3Achateau-margaux&email=emilie%40example.com").want(t, http.StatusServiceUnavailable)
	same(t, "address kept", attr(t, a.page(t), "#email", "value"), "emilie@example.com")
}

func TestLinksOfAlertsWriteOnlyWhenTheButtonIsPressed(t *testing.T) {
	s := newShop(t)
	token := alert.Token{1, 2, 3}
	s.alerts.known = map[alert.Token]alert.Alert{token: {Market: "fr", Kind: alert.Stock, Subject: alert.Subject{SKU: "M90-75", Year: alert.AnyYear}}}
	v := s.visitor("fr")
	for _, link := range []string{"/alertes/confirm?token=", "/alertes/stop?token="} {
		a := s.get(t, "fr", link+token.String()).want(t, http.StatusOK)
		contains(t, link, a.plain(t), "Château Margaux 1990")
		same(t, "Cache-Control", a.Header.Get("Cache-Control"), "private, no-store")
		same(t, "robots", attr(t, a.page(t), `meta[name="robots"]`, "content"), "noindex, nofollow")
		s.ask(t, http.MethodHead, "fr", link+token.String(), nil).want(t, http.StatusOK)
		for _, wrong := range []string{"", "x", alert.Token{9}.String()} {
			s.get(t, "fr", link+wrong).want(t, http.StatusGone)
		}
		s.get(t, "de", strings.Replace(link, "alertes", "benachrichtigungen", 1)+token.String()).want(t, http.StatusGone)
	}
	if len(s.alerts.writes) > 0 {
		t.Fatalf("to look writes: %v", s.alerts.writes)
	}
	v.post(t, "/alertes/confirm", "token="+token.String()).want(t, http.StatusOK)
	v.post(t, "/alertes/stop", "token="+token.String()).want(t, http.StatusOK)
	v.post(t, "/alertes/stop", "token="+token.String()+"&all=yes").want(t, http.StatusOK)
	// A mail program, which is no browser.
	s.ask(t, http.MethodPost, "fr", "/alertes/stop?token="+token.String(), strings.NewReader("List-Unsubscribe=One-Click"), typed).want(t, http.StatusOK)
	same(t, "writes", strings.Join(s.alerts.writes, ", "), "confirm, stop, stop all, stop all")
	theOneClick(t, s, token)
	s.alerts.err = errors.New("away")
	s.get(t, "fr", "/alertes/confirm?token="+token.String()).want(t, http.StatusServiceUnavailable)
}

// theOneClick is a mail program's own post (RFC 8058): without a cookie, from wherever it runs, in either form, also once more when the
// alert is over; it ends alerts and does nothing else, and gets no cookie.
func theOneClick(t *testing.T, s *shop, token alert.Token) {
	t.Helper()
	const boundary = "b"
	parts := "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n"
	foreign := header("Sec-Fetch-Site", "cross-site")
	for name, c := range map[string]struct {
		path, body, kind string
		code             int
		writes           string
	}{
		"typed":               {"/alertes/stop?token=" + token.String(), "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded", http.StatusOK, "stop all"},
		"in parts":            {"/alertes/stop?token=" + token.String(), parts, "multipart/form-data; boundary=" + boundary, http.StatusOK, "stop all"},
		"of one that is over": {"/alertes/stop?token=" + alert.Token{9}.String(), "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded", http.StatusOK, ""},
		"that confirms":       {"/alertes/confirm?token=" + token.String(), "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded", http.StatusForbidden, ""},
		"that is none":        {"/alertes/stop?token=" + token.String(), "all=yes", "application/x-www-form-urlencoded", http.StatusForbidden, ""},
	} {
		s.alerts.writes = nil
		a := s.ask(t, http.MethodPost, "fr", c.path, strings.NewReader(c.body), header("Content-Type", c.kind), foreign).want(t, c.code)
		same(t, "one click, "+name, strings.Join(s.alerts.writes, ", "), c.writes)
		same(t, "cookie, "+name, a.Header.Get("Set-Cookie"), "")
	}
}

var typed = header("Content-Type", "application/x-www-form-urlencoded")
