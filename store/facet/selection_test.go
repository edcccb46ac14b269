package facet

import (
	"errors"
	"iter"
	"net/url"
	"strings"
	"testing"

	"caveau/store/search"
)

// pairs of an address, in the order in which it has them.
func pairs(query string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for part := range strings.SplitSeq(query, "&") {
			key, value, _ := strings.Cut(part, "=")
			k, err1 := url.QueryUnescape(key)
			v, err2 := url.QueryUnescape(value)
			if err1 == nil && err2 == nil && !yield(k, v) {
				return
			}
		}
	}
}

func TestOneAddress(t *testing.T) {
	for query, want := range map[string]string{
		"":                                     "",
		"utm_source=x&colour=red&fbclid=1":     "colour=red",
		"colour=white&colour=red&colour=white": "colour=red&colour=white",
		"page=2&sort=price&colour=red&q=+margaux++90": "q=margaux+90&colour=red&sort=price&page=2",
		"page=1&sort=&score=&from=&min=":              "",
		"from=2000&to=1990":                           "from=1990&to=2000",
		"max=50&min=100":                              "min=50&max=100",
		"year=1964":                                   "from=1964&to=1964",
		"min=0":                                       "",
		"colour=red&page=3&without=colour:red":        "",
		"colour=red&colour=white&without=colour:red":  "colour=white",
		"from=1990&to=2000&without=years":             "",
		"min=1&max=9&score=95&without=price":          "score=95",
		"score=95&without=score":                      "",
		"format=1500&pack=6&sale=stock&window=ready&class=grand-cru&country=france&region=bordeaux&appellation=margaux&producer=x": "country=france&region=bordeaux&appellation=margaux&producer=x&class=grand-cru&format=1500&pack=6&window=ready&sale=stock",
	} {
		s, err := Read(pairs(query), search.Clean)
		if err != nil || s.String() != want {
			t.Errorf("%s: %q, %v; want %q", query, s, err, want)
		}
	}
}

func TestWhatCanBeNone(t *testing.T) {
	for _, query := range []string{
		"from=abc", "from=1799", "to=2101", "min=-1", "max=1e3", "score=101", "page=0", "page=-1", "page=99999999999999999999", "sort=best", "colour=Red", "colour=r%C3%A9d", "region=../x",
		"appellation=" + strings.Repeat("a", 101), "year=19",
	} {
		if _, err := Read(pairs(query), search.Clean); !errors.Is(err, ErrValue) {
			t.Errorf("%s: %v", query, err)
		}
	}
	if _, err := Read(pairs(strings.Repeat("colour=red&", 1000)), search.Clean); !errors.Is(err, ErrTooMany) {
		t.Errorf("a thousand values: %v", err)
	}
	w := load(t)
	for query, want := range map[string]bool{
		"region=bordeaux": true, "region=atlantis": false, "country=france": true, "country=bordeaux": false, "region=france": false, "colour=red": true, "colour=blue": false, "format=1500": true, "format=1501": false,
		"class=premier-grand-cru-classe-en-1855": true, "window=ready": true, "window=now": false, "sale=primeur": true, "sale=none": false,
	} {
		s, err := Read(pairs(query), search.Clean)
		if known := w.demo.Knows(s); err != nil || known != want {
			t.Errorf("%s: %v, %v", query, known, err)
		}
	}
}

// Whatever an address holds, the selection read from it has one address, which reads as the same selection.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "q=ch+margaux&colour=red&page=2", "from=2000&to=1990&min=5", "without=colour:red&colour=red", "%00=%ff&q=%f0%9f%8d%b7", "year=1964&from=", "page=1000000000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		s, err := Read(pairs(query), search.Clean)
		if err != nil {
			return
		}
		again, err := Read(pairs(s.String()), search.Clean)
		if err != nil || again.String() != s.String() {
			t.Fatalf("%q reads as %q, and that as %q, %v", query, s, again, err)
		}
		if s.To > 0 && s.From > s.To || s.High > 0 && s.Low > s.High || s.Page < 1 {
			t.Fatalf("%q reads as %+v", query, s)
		}
	})
}
