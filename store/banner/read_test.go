package banner_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"caveau/store/banner"
	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
)

func markets(t testing.TB) *market.Table {
	t.Helper()
	m, err := market.Load()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func folder(files ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i+1 < len(files); i += 2 {
		out[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return out
}

const primeurs = `
starts = "2026-12-04 08:00"
ends = "2026-12-18 20:00"
markets = ["fr", "be", "us"]
page = "landing//1982"
[words]
fr = "Les 1982 sont de retour."
"fr-BE" = "Les 1982 sont là, savez-vous."
en = "The 1982s are back."
`

func TestABannerForEachEdition(t *testing.T) {
	got, err := banner.Read(folder("back.toml", primeurs, "notes.txt", "not a banner"), markets(t))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"fr-FR": "Les 1982 sont de retour.", "fr-BE": "Les 1982 sont là, savez-vous.", "nl-BE": "", "en-US": "The 1982s are back."}
	for _, b := range got.Banners {
		words, meant := want[b.Locale]
		if !meant || b.Words != words || b.Code != "back" || b.Page != (route.Page{Kind: route.Landing, Year: 1982}) {
			t.Errorf("%+v", b)
		}
		delete(want, b.Locale)
		if b.Locale == "en-US" && b.Starts.UTC().Format(time.RFC3339) != "2026-12-04T13:00:00Z" {
			t.Errorf("in New York it starts at %s", b.Starts.UTC())
		}
	}
	if len(want) > 0 {
		t.Errorf("no banner for %v", want)
	}
	if len(got.Missing) != 1 || got.Missing[0] != "back: no words in nl-BE" {
		t.Errorf("missing: %q", got.Missing)
	}
}

func TestWhatIsWrongIsToldForAllFilesAtOnce(t *testing.T) {
	change := func(old, fresh string) string { return strings.Replace(primeurs, old, fresh, 1) }
	for name, wrong := range map[string]struct{ text, say string }{
		"no-date.toml":   {change("2026-12-04 08:00", "soon"), `starts "soon" in Europe/Paris: not a date and time`},
		"skipped.toml":   {change("2026-12-04 08:00", "2026-03-29 02:30"), "the clocks skip this time"},
		"twice.toml":     {change("2026-12-04 08:00", "2026-10-25 02:30"), "the clocks show this time twice"},
		"backwards.toml": {change("2026-12-18 20:00", "2026-12-01 20:00"), "before it starts"},
		"nowhere.toml":   {change(`"us"`, `"ca"`), `there is no market "ca"`},
		"tongue.toml":    {change("en =", "ru ="), `no shop speaks "ru"`},
		"empty.toml":     {change(`"The 1982s are back."`, `" "`), `none in "en"`},
		"long.toml":      {change("The 1982s", strings.Repeat("x", 301)), "more than 300"},
		"line.toml":      {change("The 1982s", `The\n1982s`), "a line break"},
		"cart.toml":      {change("landing//1982", "cart"), "anybody may see"},
		"year.toml":      {change("landing//1982", "landing//soon"), "no year"},
		"key.toml":       {"colour = 'red'\n" + primeurs, "colour: no such key"},
		"syntax.toml":    {"starts = ", "expected value"},
		"A Name.toml":    {primeurs, "the file's name"},
		"bytes.toml":     {"\xff\xfe" + primeurs, "not UTF-8"},
		"large.toml":     {"# " + strings.Repeat("x", 70<<10), "more than 65536"},
	} {
		got, err := banner.Read(folder(name, wrong.text, "other.toml", "starts = 'x'\nends = 'y'"), markets(t))
		var problems banner.Problems
		if !errors.As(err, &problems) || len(got.Banners) > 0 {
			t.Fatalf("%s: %v", name, err)
		}
		mine, others := "", false
		for _, p := range problems {
			if strings.HasPrefix(p, name+": ") {
				mine += p + "\n"
			}
			others = others || strings.HasPrefix(p, "other.toml: ")
		}
		if !strings.Contains(mine, wrong.say) || !others {
			t.Errorf("%s: %q, want %q; all: %q", name, mine, wrong.say, problems)
		}
	}
}

func TestTwoBannersAtATimeAreRefused(t *testing.T) {
	later := strings.NewReplacer("2026-12-18", "2026-12-30", "2026-12-04", "2026-12-18").Replace(primeurs)
	if _, err := banner.Read(folder("a.toml", primeurs, "b.toml", strings.Replace(later, "08:00", "20:00", 1)), markets(t)); err != nil {
		t.Errorf("one begins when the other ends: %v", err)
	}
	_, err := banner.Read(folder("a.toml", primeurs, "b.toml", later), markets(t))
	if err == nil || !strings.Contains(err.Error(), "b.toml: at the same time as a.toml in fr-FR") {
		t.Errorf("%v", err)
	}
}

func TestTheTimeOfABanner(t *testing.T) {
	b := catalog.BannerRow{Starts: time.Unix(100, 0), Ends: time.Unix(200, 0)}
	for second, want := range map[int64]bool{99: false, 100: true, 199: true, 200: false} {
		if b.Holds(time.Unix(second, 0)) != want {
			t.Errorf("at %d: %v", second, !want)
		}
	}
}
