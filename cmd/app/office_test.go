package app

import (
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	seal "caveau/store/preview"
	"caveau/web/preview"
)

// office is what the back office needs, and nothing more: no primary, no Redis.
func officeConfig() Config {
	return Config{
		Addr: "127.0.0.1:8080", Base: "http://{market}.localhost:8080", OfficeDSN: "caveau:" + secret + "@tcp(replica-3:3306)/caveau",
		Keys: []string{"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},
	}
}

func TestTheOfficeNeedsNoPrimary(t *testing.T) {
	if _, err := NewOffice(officeConfig(), slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	_, err := NewOffice(Config{OfficeDSN: secret}, slog.New(slog.DiscardHandler))
	var got Problems
	if !errors.As(err, &got) || len(got) != 4 || strings.Contains(err.Error(), secret) {
		t.Errorf("%v", err)
	}
}

// The office's own instance serves its host alone, and answers the balancer on any.
func TestTheOfficeServesNoShop(t *testing.T) {
	o, err := NewOffice(officeConfig(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for _, ask := range []struct {
		host, path string
		status     int
	}{
		{"fr.localhost:8080", "/", 421}, {"localhost", "/", 421}, {"fr.localhost", preview.Prefix + "x/", 421},
		{"backoffice.localhost:8080", "/", 404}, {"BackOffice.localhost", preview.Prefix + "x/", 403},
		{"10.0.0.7:8080", "/healthz", 200}, {"10.0.0.7:8080", "/readyz", 503},
	} {
		var c fasthttp.RequestCtx
		c.Request.SetRequestURI(ask.path)
		c.Request.Header.SetHost(ask.host)
		o.route(&c)
		if got := c.Response.StatusCode(); got != ask.status {
			t.Errorf("%s%s: %d, want %d", ask.host, ask.path, got, ask.status)
		}
	}
}

func TestALinkForAPerson(t *testing.T) {
	now := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	config := officeConfig()
	got, err := PreviewLink{Locale: "en-US", At: "2026-12-04 08:00", Country: "us", State: "ca", Path: "/wine/chateau-margaux", Life: 24 * time.Hour}.Link(config, now)
	if err != nil {
		t.Fatal(err)
	}
	rest, ok := strings.CutPrefix(got, "http://backoffice.localhost:8080"+preview.Prefix)
	token, path, _ := strings.Cut(rest, "/")
	seals, err := config.Seals()
	if err != nil {
		t.Fatal(err)
	}
	link, err := seals.Open(token, now)
	want := seal.Link{Locale: "en-US", At: time.Date(2026, 12, 4, 13, 0, 0, 0, time.UTC), Country: "US", State: "CA", Expires: now.Add(24 * time.Hour)}
	if !ok || err != nil || path != "wine/chateau-margaux" || link != want {
		t.Errorf("%s opens as %+v at %s (%v)", got, link, path, err)
	}
	for name, wrong := range map[string]PreviewLink{
		"no such locale":     {Locale: "fr-CA", Life: time.Hour},
		"no date":            {Locale: "fr-FR", At: "Friday", Life: time.Hour},
		"a skipped time":     {Locale: "fr-FR", At: "2026-03-29 02:30", Life: time.Hour},
		"no life":            {Locale: "fr-FR"},
		"a life too long":    {Locale: "fr-FR", Life: 91 * 24 * time.Hour},
		"a life in the past": {Locale: "fr-FR", Life: -time.Hour},
	} {
		if link, err := wrong.Link(config, now); err == nil {
			t.Errorf("%s gives %s", name, link)
		}
	}
	names := []string{}
	if _, err := (PreviewLink{Locale: "xx", Life: time.Hour}).Link(config, now); err != nil {
		names = strings.Fields(err.Error())
	}
	if !slices.Contains(names, "zh-Hant-HK,") {
		t.Errorf("the locales are not listed: %v", names)
	}
}
