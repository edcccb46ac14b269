package audit

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Check is a thing that is looked at.
type Check string

// The checks, in the order of the table.
const (
	Status      Check = "status 200"
	Canonical   Check = "one canonical: itself"
	Hreflang    Check = "hreflang: all shops that have it, itself, x-default"
	Reciprocal  Check = "hreflang: all shops name the same"
	Mapped      Check = "sitemap: lists it, with the same hreflang"
	Title       Check = "title: one, of fit length"
	TitleOwn    Check = "title: no other page has it"
	Describe    Check = "description: of fit length"
	DescribeOwn Check = "description: no other page has it"
	Heading     Check = "one h1"
	Language    Check = "lang"
	Links       Check = "links lead somewhere"
	Data        Check = "JSON-LD: valid"
	DataEqual   Check = "JSON-LD: says what the page says"
	Fed         Check = "feeds: rows say what the page says"
)

var checks = []Check{
	Status, Canonical, Hreflang, Reciprocal, Mapped, Title, TitleOwn, Describe, DescribeOwn, Heading, Language, Links, Data, DataEqual, Fed,
}

// Fault is one thing that is wrong.
type Fault struct {
	URL   string `json:"url"`
	Check Check  `json:"check"`
	What  string `json:"what"`
}

// Result of a walk.
type Result struct {
	Pages  int // looked at
	Offers int // whose price and availability were compared
	Took   time.Duration
	Made   map[Check]int
	Bad    map[Check]int
	Faults []Fault // at most mostFaults of each check
}

// mostFaults of a check are kept: where all pages have the fault, some tell enough.
const mostFaults = 2000

func newResult() *Result { return &Result{Made: map[Check]int{}, Bad: map[Check]int{}} }

// note that a check was made; what is what is wrong, empty where nothing is.
func (r *Result) note(c Check, url, what string) {
	r.Made[c]++
	if what == "" {
		return
	}
	if r.Bad[c]++; r.Bad[c] <= mostFaults {
		r.Faults = append(r.Faults, Fault{url, c, what})
	}
}

func (r *Result) add(o *Result) {
	r.Pages += o.Pages
	r.Offers += o.Offers
	for c, n := range o.Made {
		r.Made[c] += n
	}
	for _, f := range o.Faults {
		if r.Bad[f.Check]++; r.Bad[f.Check] <= mostFaults {
			r.Faults = append(r.Faults, f)
		}
	}
}

func (r *Result) sort() {
	slices.SortFunc(r.Faults, func(a, b Fault) int { return cmp.Or(cmp.Compare(a.Check, b.Check), cmp.Compare(a.URL, b.URL)) })
}

// Errors of all checks.
func (r *Result) Errors() int {
	n := 0
	for _, bad := range r.Bad {
		n += bad
	}
	return n
}

// PerSecond is how many pages were looked at in a second.
func (r *Result) PerSecond() float64 { return float64(r.Pages) / max(r.Took.Seconds(), 1e-9) }

// Table for people.
func (r *Result) Table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-52s %10s %8s\n", "check", "made", "errors")
	for _, c := range checks {
		if r.Made[c] > 0 {
			fmt.Fprintf(&b, "%-52s %10d %8d\n", c, r.Made[c], r.Bad[c])
		}
	}
	fmt.Fprintf(&b, "%d pages, %d offers in %.1f s: %.0f pages/s, %d errors.\n", r.Pages, r.Offers, r.Took.Seconds(), r.PerSecond(), r.Errors())
	return b.String()
}

// Report writes the faults as lines of JSON.
func (r *Result) Report(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, f := range r.Faults {
		if err := out.Encode(f); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	}
	return nil
}
