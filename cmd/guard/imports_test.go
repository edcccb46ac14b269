package guard

import (
	"go/parser"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The technologies that stay behind adapters and edges.
const (
	fiber = "github.com/gofiber/"
	sql   = "database/sql"
	templ = "github.com/a-h/templ"
	redis = "github.com/redis/"
	ours  = "caveau/"
)

// adapters know a technology. Only the composition root may choose one.
var adapters = []string{"caveau/store/mysql", "caveau/store/redis", "caveau/store/stripe", "caveau/store/stripe/simulator", "caveau/store/blob", "caveau/store/smtp"}

// nouns of the store and what of ours each may import: downhill only.
var nouns = map[string][]string{
	"money":      {},
	"sequence":   {},
	"route":      {},
	"checkout":   {"caveau/store/cart", "caveau/store/catalog", "caveau/store/law", "caveau/store/market", "caveau/store/money", "caveau/store/order"},
	"cart":       {},
	"mail":       {},
	"invoice":    {"caveau/store/money", "caveau/store/order"},
	"order":      {"caveau/store/cart", "caveau/store/money"},
	"market":     {"caveau/i18n", "caveau/store/money"},
	"stock":      {"caveau/store/sequence"},
	"catalog":    {"caveau/store/market", "caveau/store/money", "caveau/store/route"},
	"law":        {"caveau/store/market", "caveau/store/money"},
	"gazetteer":  {"caveau/store/catalog"},
	"facet":      {"caveau/store/catalog", "caveau/store/market", "caveau/store/route", "caveau/store/search"},
	"search":     {"caveau/store/catalog", "caveau/store/gazetteer", "caveau/store/market", "caveau/store/route"},
	"demo":       {"caveau/store/catalog", "caveau/store/gazetteer", "caveau/store/ledger", "caveau/store/market", "caveau/store/money"},
	"intake":     {"caveau/store/catalog", "caveau/store/gazetteer", "caveau/store/market", "caveau/store/money"},
	"ledger":     {"caveau/store/order"},
	"withdrawal": {"caveau/store/law", "caveau/store/market", "caveau/store/money", "caveau/store/order"},
	"payment":    {"caveau/store/money", "caveau/store/order"},
	"wish":       {},
	"preview":    {},
	"banner":     {"caveau/store/catalog", "caveau/store/market", "caveau/store/route"},
	"alert":      {"caveau/store/catalog", "caveau/store/mail", "caveau/store/market"},
	"crawl":      {"caveau/store/market"},
	"redirect":   {},
	"limit":      {},
	"customer":   {"caveau/store/cart", "caveau/store/order"},
}

// ban forbids imports to packages; it looks at tests too where tests is true.
type ban struct {
	packages  func(pkg string) bool
	forbidden []string // prefixes of import paths

	tests bool
	why   string
}

var bans = []ban{
	{within("caveau/i18n", "caveau/static", "caveau/store/money"), []string{ours}, false,
		"it lies at the bottom and imports nothing of ours"},
	{isNoun, []string{fiber, sql, templ, redis, "caveau/web", "caveau/templates", "caveau/cmd"}, true,
		"a noun of the store knows neither HTTP nor SQL nor HTML"},
	{below("caveau/templates"), []string{fiber, sql, redis, "caveau/web", "caveau/cmd", "caveau/store/local", "caveau/store/mysql", "caveau/store/redis", "caveau/store/blob", "caveau/store/smtp"}, true,
		"a template gets a view model and never fetches"},
	{below("caveau/web"), append([]string{sql, redis, "github.com/go-sql-driver/", "caveau/cmd", "caveau/store/local"}, adapters...), false,
		"web declares the small interfaces that it needs and never names an adapter"},
	{below("caveau/web/view"), []string{fiber, "github.com/valyala/"}, true,
		"the view fills pages and knows no request"},
	{func(pkg string) bool { return !chooses(pkg) }, adapters, false,
		"only cmd/app chooses adapters"},
	{func(pkg string) bool { return pkg != "caveau/store/storetest" }, []string{"caveau/store/storetest"}, false,
		"storetest is for tests"},
	{below("caveau/store", "caveau/web", "caveau/templates", "caveau/static", "caveau/i18n"), []string{"caveau/cmd", "caveau/e2e"}, true,
		"nothing hangs on a command"},
	{func(string) bool { return true }, []string{"github.com/gofiber/fiber/v2/middleware/"}, true,
		"Fiber's middlewares do not fit several instances: write the small part"},
}

// chooses says that a package may name adapters: the composition root, an adapter itself, and the benchmark, which measures them.
func chooses(pkg string) bool {
	return pkg == "caveau/cmd/app" || pkg == "caveau/e2e/bench" || slices.Contains(adapters, pkg)
}

func isNoun(pkg string) bool {
	name, inStore := strings.CutPrefix(pkg, "caveau/store/")
	return inStore && nouns[name] != nil
}

func within(list ...string) func(string) bool {
	return func(pkg string) bool { return slices.Contains(list, pkg) }
}

func below(folders ...string) func(string) bool {
	return func(pkg string) bool {
		return slices.ContainsFunc(folders, func(f string) bool { return pkg == f || strings.HasPrefix(pkg, f+"/") })
	}
}

// broken says whether a ban forbids an import.
func (b ban) broken(pkg, imported string, test bool) bool {
	if test && !b.tests || !b.packages(pkg) {
		return false
	}
	return slices.ContainsFunc(b.forbidden, func(f string) bool {
		return imported == strings.TrimSuffix(f, "/") || strings.HasPrefix(imported, strings.TrimSuffix(f, "/")+"/")
	})
}

// uphill says why a noun may not import another package of ours; empty where it may.
func uphill(pkg, imported string, test bool) string {
	name, inStore := strings.CutPrefix(pkg, "caveau/store/")
	if !inStore || test || !strings.HasPrefix(imported, ours) {
		return ""
	}
	allowed, isNoun := nouns[name]
	if !isNoun || slices.Contains(allowed, imported) {
		return ""
	}
	return "a noun imports downhill only: see nouns in cmd/guard/imports_test.go"
}

func TestImportsGoDownhill(t *testing.T) {
	for _, f := range tree(t, ".go") {
		set, parsed := parse(t, f, parser.ImportsOnly)
		test := strings.HasSuffix(f.name, "_test.go")
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range bans {
				if b.broken(f.pkg(), imported, test) {
					t.Errorf("%s: %s: %s", set.Position(spec.Pos()), imported, b.why)
				}
			}
			if why := uphill(f.pkg(), imported, test); why != "" {
				t.Errorf("%s: %s: %s", set.Position(spec.Pos()), imported, why)
			}
		}
	}
}

// Templates become Go only when they are generated; their imports are judged as they stand.
func TestTemplatesImportNoFetching(t *testing.T) {
	for _, f := range tree(t, ".templ") {
		head, _, _ := strings.Cut(string(f.text), "\ntempl ")
		set, parsed := parse(t, file{f.name, []byte(head)}, parser.ImportsOnly)
		for _, spec := range parsed.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			for _, b := range bans {
				if b.broken(f.pkg(), imported, false) {
					t.Errorf("%s: %s: %s", set.Position(spec.Pos()), imported, b.why)
				}
			}
		}
	}
}

// What a shop sends when it serves must never end in the sink of the demonstration.
func TestOnlyTheDemonstrationStartsTheMailSink(t *testing.T) {
	for _, f := range tree(t, ".go") {
		if strings.HasSuffix(f.name, "_test.go") || f.name == "cmd/app/demo.go" {
			continue
		}
		_, parsed := parse(t, f, parser.ImportsOnly)
		for _, spec := range parsed.Imports {
			if spec.Path.Value == `"caveau/cmd/sink"` {
				t.Errorf("%s starts the mail sink", f.name)
			}
		}
	}
}

func TestEveryStorePackageIsPlaced(t *testing.T) {
	known := map[string]bool{"caveau/store/local": true, "caveau/store/storetest": true}
	for _, a := range adapters {
		known[a] = true
	}
	for _, f := range tree(t, ".go") {
		if strings.HasPrefix(f.pkg(), "caveau/store/") && !known[f.pkg()] && !isNoun(f.pkg()) {
			t.Errorf("%s: is it a noun or an adapter? Say so in cmd/guard/imports_test.go", f.pkg())
			known[f.pkg()] = true
		}
	}
}

// The rules themselves, on imports that nobody has written (yet).
func TestBansBite(t *testing.T) {
	for _, c := range []struct {
		pkg, imported string
		test, refused bool
	}{
		{"caveau/store/money", "caveau/i18n", false, true},
		{"caveau/store/moneybag", "caveau/i18n", false, false},
		{"caveau/store/catalog", "database/sql", false, true},
		{"caveau/store/catalog", "database/sql/driver", true, true},
		{"caveau/store/mysql", "database/sql", false, false},
		{"caveau/templates/page", "caveau/web/view", false, true},
		{"caveau/web", "caveau/store/mysql", false, true},
		{"caveau/web", "caveau/store/mysql", true, false},
		{"caveau/web/view", "github.com/gofiber/fiber/v2", false, true},
		{"caveau/cmd/app", "caveau/store/mysql", false, false},
		{"caveau/cmd/caveau", "caveau/store/redis", false, true},
		{"caveau/store/cart", "caveau/store/catalog", false, true},
		{"caveau/store/catalog", "caveau/store/market", false, false},
		{"caveau/web", "caveau/store/storetest", false, true},
	} {
		refused := uphill(c.pkg, c.imported, c.test) != "" ||
			slices.ContainsFunc(bans, func(b ban) bool { return b.broken(c.pkg, c.imported, c.test) })
		if refused != c.refused {
			t.Errorf("%s imports %s (test: %v): refused is %v", c.pkg, c.imported, c.test, refused)
		}
	}
}
