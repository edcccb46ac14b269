package intake

import (
	"encoding/csv"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"

	"caveau/store/catalog"
)

// Result is what became of a list.
type Result struct {
	List     *catalog.List
	Rows     int // lines below the header
	AsWine   int // of them, goods that are sold as wine
	Taken    int // of them, SKUs in the list
	Rejected []Rejected
	Notes    []Note
	Groups   Groups

	lines []line
}

// Groups counts what the rows came to.
type Groups struct {
	Wines, Vintages, SKUs int
	KnownWines            int // wines that the gazetteer has
	KnownSKUs             int // SKUs of them
	NoVintage             int // SKUs for which the list gives no harvest
}

// line is one row of the report.
type line struct {
	number                 int
	sku, name              string
	verdict, reason, words string
	wine, wineName         string
	producer, appellation  string
	region                 string
	year, volume, pack     int
	notes                  []string
}

// WriteReport writes a CSV file with one line for every row of the list, in its order: what it was taken
// for, or why it was not taken, and what was mended.
func (res *Result) WriteReport(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"line", "sku", "name", "verdict", "reason", "words", "wine", "wine_name", "producer", "appellation",
		"region", "vintage", "volume_ml", "pack", "notes"})
	for _, l := range res.lines {
		_ = out.Write([]string{
			strconv.Itoa(l.number), l.sku, l.name, l.verdict, l.reason, l.words, l.wine, l.wineName, l.producer, l.appellation,
			l.region, vintageText(l), number(l.volume), number(l.pack), strings.Join(l.notes, "; "),
		})
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

func vintageText(l line) string {
	if l.verdict != "taken" {
		return ""
	}
	if l.year == 0 {
		return "NV"
	}
	return strconv.Itoa(l.year)
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Summary says in a few lines what was read, taken and left.
func (res *Result) Summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d rows read, %d of them sold as wine, %d taken", res.Rows, res.AsWine, res.Taken)
	if res.AsWine > 0 {
		fmt.Fprintf(&b, " (%.1f %%)", 100*float64(res.Taken)/float64(res.AsWine))
	}
	fmt.Fprintf(&b, "\n%d wines, %d vintages, %d SKUs; the gazetteer knows %d of the wines, with %d SKUs\n",
		res.Groups.Wines, res.Groups.Vintages, res.Groups.SKUs, res.Groups.KnownWines, res.Groups.KnownSKUs)
	fmt.Fprintf(&b, "%d SKUs without a vintage on the list\n", res.Groups.NoVintage)
	count(&b, "left out", res.Rejected, func(x Rejected) string { return x.Reason })
	count(&b, "mended or marked", res.Notes, func(x Note) string { return x.Kind })
	b.WriteString("prices are converted and stock is made by the mapping's rule: both are demonstration data\n")
	return b.String()
}

// count writes how many there are of each kind.
func count[T any](b *strings.Builder, title string, list []T, kind func(T) string) {
	if len(list) == 0 {
		return
	}
	counts := map[string]int{}
	for _, x := range list {
		counts[kind(x)]++
	}
	var words []string
	for _, k := range sortedKeys(counts) {
		words = append(words, fmt.Sprintf("%s %d", k, counts[k]))
	}
	fmt.Fprintf(b, "%s: %s\n", title, strings.Join(words, ", "))
}

// finish counts and puts everything in the order of the lines.
func (res *Result) finish(rows []*row, wines []*wine, a *atlas) {
	res.Taken = len(rows)
	res.AsWine = len(rows)
	for _, x := range res.Rejected {
		if x.Reason != ReasonClass {
			res.AsWine++
		}
		res.lines = append(res.lines, line{number: x.Line, sku: x.SKU, name: x.Name, verdict: verdict(x), reason: x.Reason, words: x.Words})
	}
	for _, w := range wines {
		if w.known != nil {
			res.Groups.KnownWines++
			res.Groups.KnownSKUs += len(w.rows)
		}
	}
	for _, x := range rows {
		if x.year == 0 {
			res.Groups.NoVintage++
		}
		res.Notes = append(res.Notes, x.notes...)
		res.lines = append(res.lines, x.report(a))
	}
	res.Groups.Wines, res.Groups.Vintages, res.Groups.SKUs = len(res.List.Wines), len(res.List.Vintages), len(res.List.SKUs)
	sort.SliceStable(res.lines, func(i, j int) bool { return res.lines[i].number < res.lines[j].number })
	sort.SliceStable(res.Notes, func(i, j int) bool { return res.Notes[i].Line < res.Notes[j].Line })
}

func verdict(x Rejected) string {
	if x.Reason == ReasonClass {
		return "left"
	}
	return "refused"
}

func (r *row) report(a *atlas) line {
	w := r.wine.row()
	l := line{
		number: r.line, sku: r.sku, name: r.raw, verdict: "taken", wine: w.Code, wineName: w.Name, producer: r.wine.maker.name,
		appellation: a.appellations[w.Appellation].Name, region: a.regions[w.Region].Name, year: r.year, volume: r.volume, pack: r.bottles,
	}
	for _, n := range r.notes {
		l.notes = append(l.notes, n.Kind+": "+n.Text)
	}
	return l
}
