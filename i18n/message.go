package i18n

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

//go:embed messages/*.json
var messageFiles embed.FS

// book is one message file: its messages by key.
type book map[string]*goi18n.Message

// readBooks reads messages/*.json by name without ".json": "fr", "pt-PT", and "fr-BE" for what is said otherwise there.
func readBooks(files fs.FS) (map[string]book, error) {
	names, err := fs.Glob(files, "messages/*.json")
	if err != nil {
		return nil, fmt.Errorf("list messages: %w", err)
	}
	books := make(map[string]book)
	var problems []error
	for _, name := range names {
		b, err := readBook(files, name)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
			continue
		}
		books[strings.TrimSuffix(path.Base(name), ".json")] = b
	}
	problems = append(problems, checkBooks(books)...)
	return books, errors.Join(problems...)
}

func readBook(files fs.FS, name string) (book, error) {
	raw, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	if err := checkRepeated(raw); err != nil {
		return nil, err
	}
	parsed, err := goi18n.ParseMessageFileBytes(raw, name, nil)
	if err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	b := make(book, len(parsed.Messages))
	for _, m := range parsed.Messages {
		b[m.ID] = m
	}
	return b, nil
}

// checkRepeated refuses a key that stands twice, which encoding/json takes silently: after a merge of two authors'
// work one of the two would be lost.
func checkRepeated(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.New("not a JSON object")
	}
	seen := make(map[string]bool)
	var problems []error
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return fmt.Errorf("parse: %w", err)
		}
		key, _ := t.(string)
		if seen[key] {
			problems = append(problems, fmt.Errorf("key %s stands twice", key))
		}
		seen[key] = true
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return fmt.Errorf("parse %s: %w", key, err)
		}
	}
	return errors.Join(problems...)
}

// checkBooks wants a book per language, and of a regional book only keys that its language has.
func checkBooks(books map[string]book) (problems []error) {
	languages := make(map[string]bool)
	for _, l := range Locales() {
		languages[l.file()] = true
	}
	for _, name := range slices.Sorted(maps.Keys(languages)) {
		if books[name] == nil {
			problems = append(problems, fmt.Errorf("messages/%s.json is absent or unreadable", name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(books)) {
		if languages[name] {
			continue
		}
		if !Locale(name).Known() {
			problems = append(problems, fmt.Errorf("messages/%s.json: neither a language nor a locale of ours", name))
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(books[name])) {
			if books[Locale(name).file()][key] == nil {
				problems = append(problems, fmt.Errorf("messages/%s.json: %s is not in %s.json", name, key, Locale(name).file()))
			}
		}
	}
	return problems
}

// message is a message ready to be written.
type message struct {
	forms [formCount]*text // nil where the language has no such form, or the message no plural
	other *text            // never nil
}

// text is one form of a message: parts, then tail. Most have no parts.
type text struct {
	parts []part
	tail  string
}

// part is literal text and the name of the placeholder after it.
type part struct{ literal, name string }

// compile prepares l's messages: its language's, and over them those of its region.
func compile(l Locale, books map[string]book, rules map[string]string) (map[string]*message, error) {
	messages := make(map[string]*message)
	var problems []error
	for _, name := range []string{l.file(), string(l)} {
		for _, key := range slices.Sorted(maps.Keys(books[name])) {
			m, err := compileMessage(l, books[name][key], rules)
			if err != nil {
				problems = append(problems, fmt.Errorf("messages/%s.json: %s: %w", name, key, err))
				continue
			}
			messages[key] = m
		}
		if name == string(l) {
			break // pt-PT names both
		}
	}
	return messages, errors.Join(problems...)
}

func compileMessage(l Locale, source *goi18n.Message, rules map[string]string) (*message, error) {
	sources := formTexts(source)
	plural := slices.ContainsFunc(sources[zero:], func(s string) bool { return s != "" })
	m := new(message)
	for f := range form(formCount) {
		_, wanted := rules[f.String()]
		switch s := sources[f]; {
		case strings.TrimSpace(s) == "" && (f == other || plural && wanted):
			return nil, fmt.Errorf("form %q is empty or absent", f)
		case s != "" && f != other && !wanted:
			return nil, fmt.Errorf("form %q does not exist in %s", f, l.file())
		case s != "":
			t, err := parseText(spell(l, s))
			if err != nil {
				return nil, err
			}
			m.forms[f] = t
		}
	}
	m.other = m.forms[other]
	return m, nil
}

// formTexts returns the texts of m by form.
func formTexts(m *goi18n.Message) [formCount]string {
	return [formCount]string{other: m.Other, zero: m.Zero, one: m.One, two: m.Two, few: m.Few, many: m.Many}
}

// spell applies a rule of spelling that sets a place apart from its language: Switzerland writes ss for ß.
func spell(l Locale, s string) string {
	if l == "de-CH" {
		return strings.ReplaceAll(s, "ß", "ss")
	}
	return s
}

// placeholder is the only one of text/template's constructs that messages may use. Conditions and calls would put
// decisions into eight files that nobody reviews as code.
var placeholder = regexp.MustCompile(`\{\{\.([a-z][a-z_]*)\}\}`)

func parseText(s string) (*text, error) {
	t := new(text)
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(s, -1) {
		t.parts = append(t.parts, part{literal: s[at:m[0]], name: s[m[2]:m[3]]})
		at = m[1]
	}
	t.tail = s[at:]
	braces := strings.ContainsAny(t.tail, "{}")
	for _, p := range t.parts {
		braces = braces || strings.ContainsAny(p.literal, "{}")
	}
	if braces {
		return nil, fmt.Errorf("%q has braces that are no {{.name}}", s)
	}
	return t, nil
}
