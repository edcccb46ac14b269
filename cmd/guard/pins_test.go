package guard

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// pins are versions that were tried together, with what goes wrong otherwise.
var pins = map[string]string{
	"github.com/valyala/fasthttp v1.77.0":                     "v1.51.0, which Fiber alone asks for, answers two requests to one with both Content-Length and Transfer-Encoding",
	"github.com/gofiber/fiber/v2 v2.52.15":                    "the last of Fiber 2 that was tried with that fasthttp",
	"github.com/a-h/templ v0.3.977":                           "generated code and runtime belong together",
	"github.com/playwright-community/playwright-go v0.5200.1": "it drives playwright-core 1.52.0 and no other",
	"github.com/go-sql-driver/mysql v1.10.1":                  "its time-outs were tried",
	"github.com/redis/go-redis/v9 v9.23.0":                    "its time-outs were tried",
	"github.com/stripe/stripe-go/v82 v82.5.1":                 "it speaks the API as of 2025-08-27.basil",
	"github.com/stripe/stripe-mock v0.195.0":                  "the nearest with an OpenAPI of that release, basil (2025-05-28); v0.196.0 cannot be had, v0.197.0 is clover",
	"github.com/klauspost/compress v1.20.3":                   "pieces of one gzip member depend on how it flushes",
}

func TestVersionsArePinned(t *testing.T) {
	mod := text(t, "go.mod")
	for pin, why := range pins {
		if !strings.Contains(mod, "\t"+pin+"\n") && !strings.Contains(mod, "\t"+pin+" // indirect\n") {
			t.Errorf("go.mod does not ask for %s: %s", pin, why)
		}
	}
	if regexp.MustCompile(`(?m)^(replace|exclude)\b`).MatchString(mod) {
		t.Error("go.mod replaces or excludes modules: what is built must be what is named")
	}
}

func TestNPMVersionsArePinned(t *testing.T) {
	lock := text(t, "e2e/package-lock.json")
	for _, pin := range [][2]string{{"playwright-core", "1.52.0"}, {"axe-core", "4.14.1"}, {"lighthouse", "12.8.2"}} {
		want := fmt.Sprintf("\"node_modules/%s\": {\n      \"version\": %q", pin[0], pin[1])
		if !strings.Contains(lock, want) {
			t.Errorf("e2e/package-lock.json does not pin %s to %s", pin[0], pin[1])
		}
	}
	versions := regexp.MustCompile(`"[\w@/.-]+": "([^"]+)"`).FindAllStringSubmatch(dependencies(t), -1)
	if len(versions) < 3 {
		t.Fatalf("found %d dependencies in e2e/package.json", len(versions))
	}
	for _, v := range versions {
		if !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(v[1]) {
			t.Errorf("e2e/package.json: %s is no exact version", v[0])
		}
	}
}

// dependencies is the part of package.json that names versions.
func dependencies(t *testing.T) string {
	t.Helper()
	_, part, found := strings.Cut(text(t, "e2e/package.json"), `"dependencies"`)
	if !found {
		t.Fatal("e2e/package.json has no dependencies")
	}
	return part
}

// Two migrations with one number would run in an order that nobody chose; a gap is one that was lost.
func TestMigrationsAreNumberedWithoutGaps(t *testing.T) {
	var numbers []int
	for _, f := range tree(t, ".sql") {
		name, inside := strings.CutPrefix(f.name, "store/mysql/migrations/")
		if !inside {
			continue
		}
		number, rest, _ := strings.Cut(name, "_")
		n, err := strconv.Atoi(number)
		if err != nil || len(number) != 5 || rest == ".sql" {
			t.Errorf("%s is not named NNNNN_what_it_does.sql", f.name)
		}
		numbers = append(numbers, n)
		if !strings.HasPrefix(string(f.text), "-- +goose Up") {
			t.Errorf("%s does not begin with -- +goose Up", f.name)
		}
	}
	slices.Sort(numbers)
	for i, n := range numbers {
		if n != i+1 {
			t.Fatalf("migrations are numbered %v", numbers)
		}
	}
	if len(numbers) == 0 {
		t.Fatal("no migrations found")
	}
}

func TestCIRunsTheCommandOfTheReadme(t *testing.T) {
	if script := text(t, ".ci/run"); !strings.Contains(script, "exec make test") || !strings.Contains(script, "CI=true") {
		t.Error(".ci/run does not run make test with CI=true")
	}
	if readme := text(t, "README.md"); !regexp.MustCompile("(?s)```sh\nmake run.*\nmake test").MatchString(readme) {
		t.Error("the README does not give the two commands, make run and make test, in one block")
	}
}
