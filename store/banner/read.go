package banner

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"
)

// Folder is what was read.
type Folder struct {
	Banners []catalog.BannerRow // one for each edition that a banner is meant for
	Missing []string            // "primeurs: no words in nl-BE"
}

// Problems is everything that is wrong with a folder, each with its file.
type Problems []string

// Error lists them, one on a line.
func (p Problems) Error() string {
	return "the banners have problems:\n  - " + strings.Join(p, "\n  - ")
}

// The limits of a banner.
const (
	maxFile  = 64 << 10 // bytes
	maxWords = 300      // bytes, as the table has it
)

var code = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,59}$`)

// Read takes all files *.toml of a folder. Its error is Problems.
func Read(folder fs.FS, markets *market.Table) (Folder, error) {
	var out Folder
	var problems Problems
	files, err := fs.Glob(folder, "*.toml")
	if err != nil {
		return out, err
	}
	for _, file := range files {
		rows, err := readFile(folder, file, markets)
		for _, err := range all(err) {
			problems = append(problems, file+": "+err.Error())
		}
		out.Banners = append(out.Banners, rows...)
	}
	problems = append(problems, clashes(out.Banners)...)
	if len(problems) > 0 {
		return Folder{}, problems
	}
	for _, b := range out.Banners {
		if b.Words == "" {
			out.Missing = append(out.Missing, b.Code+": no words in "+b.Locale)
		}
	}
	return out, nil
}

// all errors of a joined one.
func all(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // the one that errors.Join made here
		return joined.Unwrap()
	}
	if err != nil {
		return []error{err}
	}
	return nil
}

// file is one as it is written.
type file struct {
	Starts  string            `toml:"starts"`
	Ends    string            `toml:"ends"`
	Markets []string          `toml:"markets"`
	Page    string            `toml:"page"`
	Words   map[string]string `toml:"words"`
}

func readFile(folder fs.FS, name string, markets *market.Table) ([]catalog.BannerRow, error) {
	text, err := fs.ReadFile(folder, name)
	switch {
	case err != nil:
		return nil, err
	case len(text) > maxFile:
		return nil, fmt.Errorf("%d bytes: more than %d", len(text), maxFile)
	case !utf8.Valid(text):
		return nil, errors.New("not UTF-8")
	}
	f := file{}
	meta, err := toml.Decode(string(text), &f)
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, key := range meta.Undecoded() {
		problems = append(problems, fmt.Errorf("%s: no such key", key))
	}
	rows, err := f.rows(strings.TrimSuffix(path.Base(name), ".toml"), markets)
	return rows, errors.Join(append(problems, all(err)...)...)
}

// rows of a file: one for each edition of its markets.
func (f file) rows(name string, markets *market.Table) (rows []catalog.BannerRow, err error) {
	var problems []error
	if !code.MatchString(name) {
		problems = append(problems, errors.New("the file's name is small letters, digits and hyphens, at most 60"))
	}
	page, err := pageOf(f.Page)
	problems = append(problems, all(err)...)
	problems = append(problems, f.checkWords(markets)...)
	meant := 0
	for _, e := range markets.Editions {
		if len(f.Markets) > 0 && !slices.Contains(f.Markets, e.Market.Code) {
			continue
		}
		meant++
		b := catalog.BannerRow{Code: name, Locale: e.Locale.Tag(), Words: cmp.Or(f.Words[e.Locale.Tag()], f.Words[e.Locale.Language()]), Page: page}
		if b.Starts, err = market.Clock(f.Starts, e.Market.Zone); err != nil {
			problems = append(problems, fmt.Errorf("starts %q in %s: %w", f.Starts, e.Market.Zone, err))
		}
		if b.Ends, err = market.Clock(f.Ends, e.Market.Zone); err != nil {
			problems = append(problems, fmt.Errorf("ends %q in %s: %w", f.Ends, e.Market.Zone, err))
		}
		if err == nil && !b.Ends.After(b.Starts) {
			problems = append(problems, fmt.Errorf("ends %q before it starts", f.Ends))
		}
		rows = append(rows, b)
	}
	for _, m := range f.Markets {
		if _, ok := markets.Market(m); !ok {
			problems = append(problems, fmt.Errorf("markets: there is no market %q", m))
		}
	}
	if meant == 0 {
		problems = append(problems, errors.New("it is meant for no market"))
	}
	return rows, errors.Join(once(problems)...)
}

// once tells each problem once: a date is wrong in all shops of a zone.
func once(problems []error) []error {
	told := map[string]bool{}
	return slices.DeleteFunc(problems, func(err error) bool {
		again := told[err.Error()]
		told[err.Error()] = true
		return again
	})
}

// checkWords says what is wrong with them, and which are for nobody.
func (f file) checkWords(markets *market.Table) (problems []error) {
	known := map[string]bool{}
	for _, e := range markets.Editions {
		known[e.Locale.Tag()], known[e.Locale.Language()] = true, true
	}
	for language, words := range f.Words {
		switch {
		case !known[language]:
			problems = append(problems, fmt.Errorf("words: no shop speaks %q", language))
		case strings.TrimSpace(words) == "":
			problems = append(problems, fmt.Errorf("words: none in %q: leave the line out where they are missing", language))
		case len(words) > maxWords:
			problems = append(problems, fmt.Errorf("words: %d bytes in %q: more than %d", len(words), language, maxWords))
		case strings.ContainsFunc(words, unicode.IsControl):
			problems = append(problems, fmt.Errorf("words: a control character or a line break in %q", language))
		}
	}
	slices.SortFunc(problems, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) })
	return problems
}

// pageOf reads kind, kind/code or kind/code/year.
func pageOf(text string) (route.Page, error) {
	if text == "" {
		return route.Page{}, nil
	}
	parts := strings.Split(text, "/")
	page := route.Page{Kind: route.Kind(parts[0])}
	if len(parts) > 1 {
		page.Code = parts[1]
	}
	if len(parts) > 2 && parts[2] != "" {
		year, err := strconv.Atoi(parts[2])
		if err != nil {
			return page, fmt.Errorf("page %q: %q is no year", text, parts[2])
		}
		page.Year = year
	}
	if len(parts) > 3 || page.Kind.PerAnswer() {
		return page, fmt.Errorf("page %q is not kind/code/year of a page that anybody may see", text)
	}
	return page, nil
}

// clashes are banners of one edition at the same time.
func clashes(banners []catalog.BannerRow) (problems []string) {
	for i, a := range banners {
		for _, b := range banners[:i] {
			if a.Locale == b.Locale && a.Starts.Before(b.Ends) && b.Starts.Before(a.Ends) {
				problems = append(problems, fmt.Sprintf("%s.toml: at the same time as %s.toml in %s", a.Code, b.Code, a.Locale))
			}
		}
	}
	return problems
}
