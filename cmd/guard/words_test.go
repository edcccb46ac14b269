package guard

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// rule forbids a pattern in some files.
type rule struct {
	name    string
	files   []string // endings; none: every file
	pattern *regexp.Regexp
	except  []string // files that were read and found right
	why     string
}

// Patterns that would find themselves here are put together from two halves.
var rules = []rule{
	{"machine paths", nil, regexp.MustCompile(`(^|[\s"'=(:` + "`" + `])/(work|root|home|Users)/[a-z]`), nil,
		"a path of somebody's machine: take it from the environment or from the project's folder"},
	{"registry hosts", nil, regexp.MustCompile(`(registry\.npmjs|proxy\.golang|sum\.golang|deb\.debian|files\.pythonhosted)` + `\.org|"resolved"` + `\s*:`), nil,
		"a registry's host: whoever builds chooses the registry"},
	{"unfinished work", []string{".go", ".templ", ".css", ".js", ".sql", "Makefile", ".sh"}, regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`), nil,
		"finish it, or write an issue"},
	{"colours", []string{".css"}, regexp.MustCompile(`(?i)#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(|:\s*(white|black|red|gr[ae]y|silver|ivory|beige|maroon)\b`), []string{
		"static/css/tokens.css",
		"static/css/utility.css", // print: white is the paper, black the ink
	}, "a colour: components name the intents of tokens.css"},
	{"colours in templates", []string{".templ", "templates/component/*.go"}, regexp.MustCompile(`"#[0-9a-fA-F]{3,8}"`), []string{
		"templates/layout/head.templ",            // theme-color: the browser's own bar, which no stylesheet reaches
		"templates/component/bottle.templ",       // the drawing: glass, capsule and paper have the colours of things
		"templates/component/bottle_paint.templ", // likewise
		"templates/component/bottle_paint.go",    // likewise
		"templates/component/bottle_label.go",    // likewise
	}, "a colour: use a class and the intents of tokens.css"},
	{"inline style and script", []string{".templ"}, regexp.MustCompile(`\sstyle=|<style|\son[a-z]+=|javascript:`), []string{
		"templates/mail/letter.templ", // mail programs know no style sheet, and no policy holds there
	}, "the Content-Security-Policy blocks it: use a class, or a custom element"},
	{"unescaped HTML", []string{".templ", ".go"}, regexp.MustCompile(`\btempl\.(Raw|SafeCSS|SafeScript\w*|JSUnsafe\w*|ComponentScript)\b`), []string{
		"cmd/guard/words_test.go",
	}, "unescaped: let templ escape it, or have it reviewed and listed here"},
	{"important", []string{".css"}, regexp.MustCompile(`!important`), nil, "cascade layers decide"},
	{"physical sides", []string{".css"}, regexp.MustCompile(`\b(margin|padding|border)-(left|right|top|bottom)\b`), nil, "logical properties: inline and block"},
}

// broken lists the places in a file that break a rule.
func (r rule) broken(f file) (lines []int) {
	if !r.covers(f.name) {
		return nil
	}
	for _, at := range r.pattern.FindAllIndex(f.text, -1) {
		lines = append(lines, f.line(at[0]))
	}
	return lines
}

func (r rule) covers(name string) bool {
	if slices.Contains(r.except, name) {
		return false
	}
	return len(r.files) == 0 || slices.ContainsFunc(r.files, func(ending string) bool {
		matched, _ := path.Match(ending, name)
		return matched || strings.HasSuffix(name, ending)
	})
}

func TestWordsThatNoFileMayHold(t *testing.T) {
	for _, f := range tree(t) {
		if slices.Contains([]string{".woff2", ".ttf", ".png", ".jpg", ".gz"}, path.Ext(f.name)) {
			continue
		}
		for _, r := range rules {
			for _, line := range r.broken(f) {
				t.Errorf("%s:%d: %s: %s", f.name, line, r.name, r.why)
			}
		}
	}
}

func TestRulesBite(t *testing.T) {
	for _, c := range []struct{ rule, name, text string }{
		{"machine paths", "a.go", `open("/ho` + `me/ann/x")`},
		{"machine paths", "README.md", "see /wo" + "rk/main"},
		{"registry hosts", "e2e/package-lock.json", `"resol` + `ved": "x"`},
		{"unfinished work", "a.go", "// TO" + "DO: later"},
		{"colours", "static/css/page/a.css", "a { color: #f00 }"},
		{"colours", "static/css/page/a.css", "a { color: white }"},
		{"colours in templates", "templates/component/a.go", `x := "#ffeedd"`},
		{"inline style and script", "a.templ", `<p style="x">`},
		{"unescaped HTML", "templates/page/a.templ", "@templ.Raw(x)"},
		{"physical sides", "a.css", "margin-left: 1px"},
	} {
		i := slices.IndexFunc(rules, func(r rule) bool { return r.name == c.rule })
		if len(rules[i].broken(file{c.name, []byte(c.text)})) == 0 {
			t.Errorf("%s: %q in %s is not found", c.rule, c.text, c.name)
		}
	}
}

// Exceptions that hold nothing any more go, or they will cover what nobody has read.
func TestExceptionsAreUsed(t *testing.T) {
	all := map[string]file{}
	for _, f := range tree(t) {
		all[f.name] = f
	}
	for _, r := range rules {
		for _, name := range r.except {
			f, exists := all[name]
			if !exists || !r.pattern.Match(f.text) {
				t.Errorf("%s: the exception %s is not needed", r.name, name)
			}
		}
	}
}

// An address from data goes through templ's own check of schemes; SafeURL skips it, so it gets nothing but a field that
// package view filled from the URL table, or a fragment of this page.
var (
	safeURL   = regexp.MustCompile(`templ\.SafeURL\(([^)]*)\)`)
	fromModel = regexp.MustCompile(`^[a-z]\.(\w+\.)*(\w*Href|\w*Action|Home|URL|Set|Remove)$|^"#" \+ `)
	rawHTML   = regexp.MustCompile(`templ\.Raw\(([^)]*)\)`)
	literal   = regexp.MustCompile("^`[^`]*`$|^\"[^\"]*\"$")
)

func TestSafeURLTakesTheModelsAddressesOnly(t *testing.T) {
	for _, f := range tree(t, ".templ", ".go") {
		if strings.HasPrefix(f.name, "cmd/guard/") {
			continue
		}
		for _, m := range safeURL.FindAllSubmatchIndex(f.text, -1) {
			if arg := string(f.text[m[2]:m[3]]); !fromModel.MatchString(arg) {
				t.Errorf("%s:%d: templ.SafeURL(%s) is no address of the model", f.name, f.line(m[0]), arg)
			}
		}
	}
}

func TestRawTakesLiteralsOnly(t *testing.T) {
	for _, f := range tree(t, ".templ") {
		for _, m := range rawHTML.FindAllSubmatchIndex(f.text, -1) {
			if arg := string(f.text[m[2]:m[3]]); !literal.MatchString(arg) {
				t.Errorf("%s:%d: templ.Raw(%s) is no literal", f.name, f.line(m[0]), arg)
			}
		}
	}
}
