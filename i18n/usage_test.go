package i18n

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// usage is what the sources of the project say about message keys.
type usage struct {
	quoted   map[string]string // every string that looks like a key, with a file that has it
	asked    map[string]string // the keys handed to T, N or Has as a literal
	prefixes map[string]string // declared by a comment "i18n:prefix colour."
	pages    bool              // there is at least one template
}

var (
	quotedKey   = regexp.MustCompile("[\"`]([a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)+)[\"`]")
	askedKey    = regexp.MustCompile("\\.(?:T|N|Has)\\(\\s*[\"`]([^\"`]*)[\"`]\\s*[,)]")
	keyPrefix   = regexp.MustCompile(`i18n:prefix ([a-z][a-z0-9_.]*\.)`)
	notMessages = regexp.MustCompile(`\.(css|js|json|go|templ|html|xml|txt|csv|toml|sql|svg|png|webp|ico|woff2|md|sock|pid|log|cnf)$`)
)

// TestKeysUsedAndPresent wants every key in the sources to have words, and every key that has words to be in the
// sources. The second half waits for the first template, since before there is no page to use them.
func TestKeysUsedAndPresent(t *testing.T) {
	u, err := readUsage(os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range u.problems(readOwnBooks(t)["en"]) {
		t.Error(problem)
	}
}

// readUsage reads all Go sources and templates but tests, generated files and this package.
func readUsage(root fs.FS) (*usage, error) {
	u := &usage{quoted: map[string]string{}, asked: map[string]string{}, prefixes: map[string]string{}}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skipFolder(name)
		}
		if !readsKeys(name) {
			return nil
		}
		source, err := fs.ReadFile(root, name)
		if err != nil {
			return fmt.Errorf("read source: %w", err)
		}
		u.add(name, string(source))
		return nil
	})
	return u, err
}

func skipFolder(name string) error {
	base := path.Base(name)
	if name == "i18n" || base == "node_modules" || base == "testdata" || base != "." && strings.HasPrefix(base, ".") {
		return fs.SkipDir
	}
	return nil
}

func readsKeys(name string) bool {
	if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
		return false
	}
	return path.Ext(name) == ".go" || path.Ext(name) == ".templ"
}

func (u *usage) add(name, source string) {
	for pattern, found := range map[*regexp.Regexp]map[string]string{quotedKey: u.quoted, askedKey: u.asked, keyPrefix: u.prefixes} {
		for _, m := range pattern.FindAllStringSubmatch(source, -1) {
			found[m[1]] = name
		}
	}
	u.pages = u.pages || strings.HasPrefix(name, "templates/") && path.Ext(name) == ".templ"
}

// problems compares the sources with the keys that have words. A quoted string counts as a key when the words have
// other keys of its first part and it is no file name.
func (u *usage) problems(words book) []string {
	groups := make(map[string]bool)
	for key := range words {
		groups[group(key)] = true
	}
	var problems []string
	for key, file := range u.asked {
		if words[key] == nil {
			problems = append(problems, fmt.Sprintf("%s: key %q has no words", file, key))
		}
	}
	for key, file := range u.quoted {
		if words[key] == nil && groups[group(key)] && u.asked[key] == "" && !notMessages.MatchString(key) {
			problems = append(problems, fmt.Sprintf("%s: %q looks like a key and has no words", file, key))
		}
	}
	for prefix, file := range u.prefixes {
		if !slices.ContainsFunc(keysOf(words), func(key string) bool { return strings.HasPrefix(key, prefix) }) {
			problems = append(problems, fmt.Sprintf("%s: no key begins with the declared prefix %q", file, prefix))
		}
	}
	if u.pages {
		problems = append(problems, u.unused(words)...)
	}
	slices.Sort(problems)
	return problems
}

func (u *usage) unused(words book) (problems []string) {
	for _, key := range keysOf(words) {
		if u.quoted[key] != "" || u.asked[key] != "" || u.declared(key) {
			continue
		}
		problems = append(problems, fmt.Sprintf("key %q has words but no user", key))
	}
	return problems
}

func (u *usage) declared(key string) bool {
	for prefix := range u.prefixes {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

func group(key string) string {
	first, _, _ := strings.Cut(key, ".")
	return first
}

func keysOf(b book) []string {
	keys := make([]string, 0, len(b))
	for key := range b {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func TestUsageFaultsAreFound(t *testing.T) {
	words := book{"offer.add": {}, "offer.choose": {}, "colour.red": {}, "colour.white": {}}
	all := `p.T("offer.add"); key := "offer.choose" // i18n:prefix colour.`
	cases := map[string]struct {
		files map[string]string
		want  string
	}{
		"all used":          {map[string]string{"templates/page/a.templ": all}, ""},
		"unused":            {map[string]string{"templates/page/a.templ": `{ p.T("offer.add") } // i18n:prefix colour.`}, `key "offer.choose" has words but no user`},
		"no template yet":   {map[string]string{"web/a.go": `p.T("offer.add")`}, ""},
		"asked and absent":  {map[string]string{"web/a.go": `p.N("cart.lines", n)`}, `web/a.go: key "cart.lines" has no words`},
		"quoted and absent": {map[string]string{"web/a.go": `return "offer.ad"`}, `web/a.go: "offer.ad" looks like a key and has no words`},
		"a file name":       {map[string]string{"web/a.go": `open("offer.css")`}, ""},
		"composed":          {map[string]string{"web/a.go": `p.T("colour." + c)`}, ""},
		"empty prefix":      {map[string]string{"web/a.go": `// i18n:prefix shape.`}, `web/a.go: no key begins with the declared prefix "shape."`},
		"not read":          {map[string]string{"web/a_test.go": `p.T("x.y")`, "templates/a_templ.go": `p.T("x.y")`, "i18n/a.go": `p.T("x.y")`, ".local/a.go": `p.T("x.y")`}, ""},
	}
	for name, c := range cases {
		files := fstest.MapFS{}
		for file, source := range c.files {
			files[file] = &fstest.MapFile{Data: []byte(source)}
		}
		u, err := readUsage(files)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(u.problems(words), "; "); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
