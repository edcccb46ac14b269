package redirect

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Pages say what is at a path of a market's host today.
type Pages interface {
	// Live path of the page that a path leads to: its own, or the new one of a page that moved. Empty where there is no page, or one that is gone.
	Live(market, path string) string
	// Markets by their codes.
	Markets() []string
	// Host finds the market of an origin: "https://fr.example".
	Host(origin string) (market string, ok bool)
}

// Line is what became of one line of a file.
type Line struct {
	Number  int
	Old     string
	Refused string // why; empty: taken
	Note    string // how it was changed
	Rules   []Rule // what it became: one for each market
}

// The bounds of a file.
const (
	mostLines = 200_000
	mostHops  = 10
)

// Plan reads a file of old,new[,status[,market]] and says what becomes of each line; market is for lines that name none, "" all that have the new page.
// existing rules are followed, and replaced by lines of the same path. Only a file that is no CSV is an error.
func Plan(file io.Reader, market string, pages Pages, existing []Rule) ([]Line, error) {
	rows := csv.NewReader(file)
	rows.FieldsPerRecord, rows.TrimLeadingSpace, rows.ReuseRecord = -1, true, true
	p := &planner{pages: pages, market: market, rules: map[Key]Rule{}, of: map[Key]int{}}
	for _, r := range existing {
		p.rules[Key{r.Market, r.Old}] = r
	}
	for {
		fields, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read the redirects: %w", err)
		}
		number, _ := rows.FieldPos(0)
		if number == 1 && strings.EqualFold(strings.TrimPrefix(fields[0], "\ufeff"), "old") {
			continue
		}
		if len(p.lines) == mostLines {
			return nil, fmt.Errorf("read the redirects: more than %d lines", mostLines)
		}
		p.line(number, fields)
	}
	p.straighten()
	return p.lines, nil
}

type planner struct {
	pages  Pages
	market string
	lines  []Line
	rules  map[Key]Rule
	of     map[Key]int // line of a rule of this file
}

func (p *planner) line(number int, fields []string) {
	l := Line{Number: number, Old: strings.TrimSpace(strings.TrimPrefix(fields[0], "\ufeff"))}
	field := func(i int) string {
		if i < len(fields) {
			return strings.TrimSpace(fields[i])
		}
		return ""
	}
	l.Refused = p.read(&l, field(1), field(2), field(3))
	p.lines = append(p.lines, l)
	if l.Refused != "" {
		return
	}
	for _, r := range l.Rules {
		p.rules[Key{r.Market, r.Old}] = r
		p.of[Key{r.Market, r.Old}] = len(p.lines) - 1
	}
}

// read the fields of a line; why it is refused comes back.
func (p *planner) read(l *Line, to, status, market string) (refused string) {
	if market == "" {
		market = p.market
	}
	oldMarket, old, why := p.path(l.Old)
	if why != "" {
		return "the old address " + why
	}
	newMarket, to, why := p.target(to)
	if why != "" {
		return "the new address " + why
	}
	l.Old = old
	code := http.StatusMovedPermanently
	if to == "" {
		code = http.StatusGone
	}
	if status != "" {
		n, err := strconv.Atoi(status)
		if err != nil || !allowed(n) || (n == http.StatusGone) != (to == "") {
			return "the status " + strconv.Quote(status) + " is not 301 or 308, or 410 without a new address"
		}
		code = n
	}
	for _, m := range []string{oldMarket, newMarket} {
		switch {
		case m == "" || m == market:
		case market == "":
			market = m
		default:
			return "it names two shops: " + market + " and " + m
		}
	}
	return p.expand(l, market, to, code)
}

// expand a line into rules for its market, or for all in which it can lead somewhere.
func (p *planner) expand(l *Line, market, to string, code int) (refused string) {
	markets := []string{market}
	if market == "" {
		markets = p.pages.Markets()
	} else if !slices.Contains(p.pages.Markets(), market) {
		return "there is no shop " + strconv.Quote(market)
	}
	why := "it leads to no page"
	for _, m := range markets {
		path, _, _ := strings.Cut(l.Old, "?")
		switch {
		case p.pages.Live(m, path) == path:
			why = "the old address is a page of today"
			continue
		case p.taken(Key{m, l.Old}) > 0:
			why = "line " + strconv.Itoa(p.taken(Key{m, l.Old})) + " has the same old address"
			continue
		case market == "" && code != http.StatusGone && p.pages.Live(m, to) == "":
			continue
		}
		l.Rules = append(l.Rules, Rule{Market: m, Old: l.Old, New: to, Status: code})
	}
	if len(l.Rules) == 0 {
		return why
	}
	return ""
}

// taken says which line has the old address already; 0 none.
func (p *planner) taken(k Key) int {
	if i, ok := p.of[k]; ok {
		return p.lines[i].Number
	}
	return 0
}

// path of an address of ours, with its query: rooted, or with the host of a shop.
func (p *planner) path(address string) (market, path, refused string) {
	if strings.Contains(address, "://") {
		at := strings.Index(address, "://") + 3
		slash := strings.IndexByte(address[at:], '/')
		if slash < 0 {
			return "", "", "has no path"
		}
		var ours bool
		if market, ours = p.pages.Host(address[:at+slash]); !ours {
			return "", "", "is not on a host of ours"
		}
		address = address[at+slash:]
	}
	switch {
	case !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.Contains(address, `\`):
		return "", "", "does not begin with one /"
	case address == "/":
		return "", "", "is the front of the shop"
	case len(address) > longest:
		return "", "", "is longer than " + strconv.Itoa(longest) + " bytes"
	case strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f || r == 0xfffd }):
		return "", "", "has blanks or control characters"
	case strings.Contains(address, "#"):
		return "", "", "has a fragment, which no server sees"
	}
	return market, address, ""
}

// target may be the front, and may be empty.
func (p *planner) target(address string) (market, path, refused string) {
	if address == "" || address == "/" {
		return "", address, ""
	}
	return p.path(address)
}

// straighten lets every rule lead to a live page at once; what cannot is refused.
func (p *planner) straighten() {
	for i := range p.lines {
		l := &p.lines[i]
		for j := range l.Rules {
			r := &l.Rules[j]
			if r.Status == http.StatusGone {
				continue
			}
			end, why := p.end(*r)
			switch {
			case why != "" && l.Refused == "":
				l.Refused = why
			case end != r.New:
				l.Note = "leads on to " + end
				r.New = end
			}
		}
	}
}

// end of the way that a rule begins: a live page, or why there is none.
func (p *planner) end(r Rule) (path, refused string) {
	start := r.Old
	for range mostHops {
		if live := p.pages.Live(r.Market, r.New); live != "" {
			return live, ""
		}
		next, ok := p.rules[Key{r.Market, r.New}]
		switch {
		case !ok:
			return "", "it leads to no page: " + r.New
		case next.Old == start:
			return "", "it leads back to itself"
		case next.Status == http.StatusGone:
			return "", "it leads to what is gone: " + next.Old
		}
		r = next
	}
	return "", "it leads on and on"
}

// Rules of all lines that are taken.
func Rules(lines []Line) []Rule {
	var out []Rule
	for _, l := range lines {
		if l.Refused == "" {
			out = append(out, l.Rules...)
		}
	}
	return out
}
