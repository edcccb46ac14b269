package redirect

import (
	"net/http"
	"strings"
	"testing"
)

// fakePages are two shops with two pages, one of which has moved.
type fakePages struct{}

func (fakePages) Live(market, path string) string {
	switch {
	case path == "/" || market == "fr" && path == "/vin/petrus" || market == "de" && path == "/wein/petrus":
		return path
	case market == "fr" && path == "/vin/petrus-alt":
		return "/vin/petrus"
	}
	return ""
}
func (fakePages) Markets() []string { return []string{"fr", "de"} }
func (fakePages) Host(origin string) (string, bool) {
	code, ok := strings.CutPrefix(origin, "https://shop.")
	return code, ok && (code == "fr" || code == "de")
}

func TestPlan(t *testing.T) {
	existing := []Rule{{"fr", "/older", "/vin/petrus", 301}}
	for name, c := range map[string]struct {
		file    string
		refused string // of the last line; empty: it is taken
		want    string // market, old, new and status of its rules
	}{
		"a page":                   {"/a,/vin/petrus", "", "fr /a /vin/petrus 301"},
		"with a status":            {"/a,/vin/petrus,308", "", "fr /a /vin/petrus 308"},
		"gone":                     {"/a,,410", "", "fr /a  410; de /a  410"},
		"gone in one shop":         {"/a,,410,de", "", "de /a  410"},
		"the front":                {"/a,/", "", "fr /a / 301; de /a / 301"},
		"a header":                 {"old,new\n/a,/vin/petrus", "", "fr /a /vin/petrus 301"},
		"a query":                  {"/view?id=1,/vin/petrus", "", "fr /view?id=1 /vin/petrus 301"},
		"with hosts":               {"https://shop.fr/a,https://shop.fr/vin/petrus", "", "fr /a /vin/petrus 301"},
		"a page that moved":        {"/a,/vin/petrus-alt", "", "fr /a /vin/petrus 301"},
		"a chain in the file":      {"/b,/vin/petrus,301,fr\n/a,/b,301,fr", "", "fr /a /vin/petrus 301"},
		"a chain that comes later": {"/a,/older,301,fr", "", "fr /a /vin/petrus 301"},
		"a loop":                   {"/b,/a,301,fr\n/a,/b,301,fr", "back to itself", ""},
		"to itself":                {"/a,/a,301,fr", "back to itself", ""},
		"to nothing":               {"/a,/b", "no page", ""},
		"to what is gone":          {"/b,,410,fr\n/a,/b,301,fr", "gone", ""},
		"from a page":              {"/vin/petrus,/,301,fr", "page of today", ""},
		"from the front":           {"/,/vin/petrus", "front", ""},
		"twice":                    {"/a,/vin/petrus\n/a,/vin/petrus-alt", "line 1", ""},
		"another's host":           {"/a,https://evil.example/", "host of ours", ""},
		"a host in disguise":       {"/a,//evil.example/", "one /", ""},
		"a host with backslashes":  {`/a,/\evil.example`, "one /", ""},
		"two shops":                {"https://shop.fr/a,https://shop.de/wein/petrus", "two shops", ""},
		"no such shop":             {"/a,/vin/petrus,301,xx", "no shop", ""},
		"another status":           {"/a,/vin/petrus,302", "status", ""},
		"410 with a target":        {"/a,/vin/petrus,410", "status", ""},
		"control characters":       {"\"/a\x01\",/vin/petrus", "control", ""},
		"a fragment":               {"/a#b,/vin/petrus", "fragment", ""},
		"too long":                 {"/" + strings.Repeat("a", 300) + ",/vin/petrus", "longer", ""},
	} {
		lines, err := Plan(strings.NewReader(c.file), "", fakePages{}, existing)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		last := lines[len(lines)-1]
		if (c.refused == "") != (last.Refused == "") || !strings.Contains(last.Refused, c.refused) {
			t.Errorf("%s: refused %q, want %q", name, last.Refused, c.refused)
		}
		if got := printed(Rules(lines[len(lines)-1:])); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func printed(rules []Rule) string {
	var out []string
	for _, r := range rules {
		out = append(out, strings.Join([]string{r.Market, r.Old, r.New, http.StatusText(r.Status)}, " "))
	}
	s := strings.Join(out, "; ")
	for code, text := range map[string]string{"301": "Moved Permanently", "308": "Permanent Redirect", "410": "Gone"} {
		s = strings.ReplaceAll(s, text, code)
	}
	return s
}

// Whatever a file holds: every rule that comes out leads in one step to a live page of its shop, or says gone, from a path that is no page.
func FuzzPlan(f *testing.F) {
	f.Add("/a,/b\n/b,/vin/petrus\n/vin/petrus,/", "fr")
	f.Add("old,new,status\nhttps://shop.fr/a?x=1,https://shop.fr/vin/petrus-alt,308\n/x,,410", "")
	f.Add("\ufeff/a,\"/b\n/c\",301,de\n/a,/a", "de")
	f.Fuzz(func(t *testing.T, file, market string) {
		lines, err := Plan(strings.NewReader(file), market, fakePages{}, []Rule{{"fr", "/older", "/vin/petrus", 301}})
		if err != nil {
			return
		}
		seen := map[Key]bool{}
		for _, r := range Rules(lines) {
			if !strings.HasPrefix(r.Old, "/") || strings.HasPrefix(r.Old, "//") || len(r.Old) > longest || !allowed(r.Status) || seen[Key{r.Market, r.Old}] {
				t.Errorf("%+v", r)
			}
			seen[Key{r.Market, r.Old}] = true
			path, _, _ := strings.Cut(r.Old, "?")
			if fakePages.Live(fakePages{}, r.Market, path) == path {
				t.Errorf("hides a page: %+v", r)
			}
			if r.Status == http.StatusGone && r.New != "" || r.Status != http.StatusGone && fakePages.Live(fakePages{}, r.Market, r.New) != r.New {
				t.Errorf("leads nowhere: %+v", r)
			}
		}
	})
}
