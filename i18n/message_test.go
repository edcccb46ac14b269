package i18n

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

// TestMessagesComplete holds every language against English: same keys, same placeholders, plural where English has
// one, and in the forms that CLDR wants.
func TestMessagesComplete(t *testing.T) {
	books := readOwnBooks(t)
	data, err := readCLDR()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []Locale{"fr-FR", "de-DE", "it-IT", "es-ES", "pt-PT", "nl-NL", "zh-Hant-HK"} {
		for _, problem := range gaps(books["en"], books[l.file()], data.Locales[l].PluralRules) {
			t.Errorf("messages/%s.json: %s", l.file(), problem)
		}
	}
}

// TestRegionalMessages holds what a region says otherwise against its language.
func TestRegionalMessages(t *testing.T) {
	books := readOwnBooks(t)
	for _, l := range Locales() {
		if string(l) == l.file() {
			continue
		}
		for key, m := range books[string(l)] {
			own := books[l.file()][key]
			if !slices.Equal(placeholders(m.Other), placeholders(own.Other)) {
				t.Errorf("messages/%s.json: %s: placeholders differ from %s.json", l, key, l.file())
			}
			if formTexts(m) == formTexts(own) {
				t.Errorf("messages/%s.json: %s says what %s.json says", l, key, l.file())
			}
		}
	}
}

// gaps lists what book lacks or has too much of, compared with english.
func gaps(english, book book, rules map[string]string) (problems []string) {
	for _, key := range slices.Sorted(maps.Keys(english)) {
		m := book[key]
		if m == nil {
			problems = append(problems, key+" is absent")
			continue
		}
		if !slices.Equal(placeholders(m.Other), placeholders(english[key].Other)) {
			problems = append(problems, key+": placeholders differ from English")
		}
		problems = append(problems, formGaps(key, english[key], m, rules)...)
	}
	for _, key := range slices.Sorted(maps.Keys(book)) {
		if english[key] == nil {
			problems = append(problems, key+" is not in English")
		}
	}
	return problems
}

func formGaps(key string, english, m *goi18n.Message, rules map[string]string) (problems []string) {
	for f, text := range formTexts(m) {
		name := form(f).String()
		_, exists := rules[name]
		wanted := exists && (english.One != "" || name == "other")
		if wanted != (text != "") {
			problems = append(problems, key+": form "+name+" is absent or too much")
		}
		for _, p := range placeholders(text) {
			if !slices.Contains(placeholders(m.Other), p) {
				problems = append(problems, key+": form "+name+" has a placeholder of its own")
			}
		}
	}
	return problems
}

// placeholders returns the sorted names of the placeholders in s.
func placeholders(s string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func readOwnBooks(t *testing.T) map[string]book {
	t.Helper()
	books, err := readBooks(messageFiles)
	if err != nil {
		t.Fatal(err)
	}
	return books
}

func TestGapsAreFound(t *testing.T) {
	rules := map[string]string{"one": "", "many": "", "other": ""}
	english := book{
		"a": {Other: "plain"}, "b": {Other: "at {{.time}}"}, "c": {One: "{{.n}} case", Other: "{{.n}} cases"},
	}
	cases := map[string]struct {
		book book
		want string
	}{
		"complete": {book{"a": {Other: "x"}, "b": {Other: "à {{.time}}"}, "c": {One: "1", Many: "{{.n}}", Other: "{{.n}}"}}, ""},
		"absent":   {book{"b": {Other: "à {{.time}}"}, "c": {One: "1", Many: "{{.n}}", Other: "{{.n}}"}}, "a is absent"},
		"surplus":  {book{"a": {Other: "x"}, "b": {Other: "à {{.time}}"}, "c": {One: "1", Many: "{{.n}}", Other: "{{.n}}"}, "d": {Other: "x"}}, "d is not in English"},
		"name":     {book{"a": {Other: "x"}, "b": {Other: "à {{.heure}}"}, "c": {One: "1", Many: "{{.n}}", Other: "{{.n}}"}}, "b: placeholders differ from English"},
		"form":     {book{"a": {Other: "x"}, "b": {Other: "à {{.time}}"}, "c": {One: "1", Other: "{{.n}}"}}, "c: form many is absent or too much"},
		"plural":   {book{"a": {One: "y", Other: "x"}, "b": {Other: "à {{.time}}"}, "c": {One: "1", Many: "{{.n}}", Other: "{{.n}}"}}, "a: form one is absent or too much"},
	}
	for name, c := range cases {
		if got := strings.Join(gaps(english, c.book, rules), "; "); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestFaultyFiles plants faults in message files and wants each of them told with file and key.
func TestFaultyFiles(t *testing.T) {
	cases := map[string]struct{ file, content, want string }{
		"repeated key":     {"fr", `{"a": "x", "b": "y", "a": "z"}`, "messages/fr.json: key a stands twice"},
		"not JSON":         {"fr", `{"a": "x",}`, "messages/fr.json: parse"},
		"not an object":    {"fr", `["a"]`, "messages/fr.json: not a JSON object"},
		"unknown file":     {"fr-CA", `{"a": "x"}`, "messages/fr-CA.json: neither a language nor a locale of ours"},
		"unknown override": {"fr-BE", `{"zz": "x"}`, "messages/fr-BE.json: zz is not in fr.json"},
		"empty":            {"fr", `{"a": " "}`, `messages/fr.json: a: form "other" is empty or absent`},
		"form missing":     {"fr", `{"a": {"one": "x", "other": "y"}}`, `messages/fr.json: a: form "many" is empty or absent`},
		"form too much":    {"de", `{"a": {"one": "x", "many": "y", "other": "z"}}`, `messages/de.json: a: form "many" does not exist in de`},
		"condition":        {"fr", `{"a": "{{if .x}}y{{end}}"}`, "braces that are no {{.name}}"},
		"open brace":       {"fr", `{"a": "{{.x}"}`, "braces that are no {{.name}}"},
	}
	for name, c := range cases {
		files := fstest.MapFS{}
		for _, l := range Locales() {
			files["messages/"+l.file()+".json"] = &fstest.MapFile{Data: []byte(`{"a": "x"}`)}
		}
		files["messages/"+c.file+".json"] = &fstest.MapFile{Data: []byte(c.content)}
		if err := loadFrom(files); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func loadFrom(files fstest.MapFS) error {
	books, err := readBooks(files)
	if err != nil {
		return err
	}
	data, err := readCLDR()
	if err != nil {
		return err
	}
	for _, l := range Locales() {
		if _, err := compile(l, books, data.Locales[l].PluralRules); err != nil {
			return err
		}
	}
	return nil
}

func TestEveryProblemIsListed(t *testing.T) {
	files := fstest.MapFS{
		"messages/fr.json":    {Data: []byte(`{"a": "x", "a": "y", "b": "1", "b": "2"}`)},
		"messages/en.json":    {Data: []byte(`[]`)},
		"messages/fr-CA.json": {Data: []byte(`{}`)},
	}
	_, err := readBooks(files)
	for _, want := range []string{"key a stands twice", "key b stands twice", "en.json: not a JSON object", "fr-CA.json: neither", "messages/zh-Hant.json is absent"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error lacks %q: %v", want, err)
		}
	}
}
