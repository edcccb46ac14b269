package search

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"
)

// devQueries lie beside the repository.
const devQueries = "../../../shared/data/search/queries_dev.jsonl"

// graded is a query with what a merchant wants to be found.
type graded struct {
	Class    string         `json:"class"`
	Query    string         `json:"query"`
	Relevant map[string]int `json:"relevant"` // SKU → 1 to 3
	Never    []string       `json:"must_not_lead"`
}

// verdict on a class of queries.
type verdict struct {
	n   int
	sum float64
}

func (v verdict) mean() float64 { return v.sum / float64(max(1, v.n)) }

const judged = 10

// skus of the hits in their order.
func skus(hits []Hit) []string {
	var out []string
	for _, h := range hits {
		for _, s := range h.SKUs {
			out = append(out, s.Code)
		}
	}
	return out
}

// ndcg at ten of a list of SKUs. SKUs that the catalogue does not have (kegs) are no part of the best list.
func ndcg(found []string, relevant map[string]int, has func(string) bool) float64 {
	gain := func(grade, at int) float64 { return (math.Pow(2, float64(grade)) - 1) / math.Log2(float64(at)+2) }
	got, best := 0.0, 0.0
	for i, sku := range found[:min(judged, len(found))] {
		got += gain(relevant[sku], i)
	}
	var grades []int
	for sku, grade := range relevant {
		if has(sku) {
			grades = append(grades, grade)
		}
	}
	slices.Sort(grades)
	slices.Reverse(grades)
	for i, grade := range grades[:min(judged, len(grades))] {
		best += gain(grade, i)
	}
	if best == 0 {
		return 1
	}
	return got / best
}

func readQueries(t testing.TB) []graded {
	t.Helper()
	f, err := os.Open(devQueries)
	if err != nil {
		t.Skipf("the graded queries are not beside this repository: %v", err)
	}
	defer f.Close()
	var out []graded
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var q graded
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		out = append(out, q)
	}
	return out
}

// wanted of each class of the graded queries.
var wanted = map[string]float64{
	"format": 0.9, "cross_script": 0.8, "typo_synthetic": 0.92, "typo_real": 0.92, "typo_phonetic": 0.92, "absent": 0.9, "all": 0.93,
}

func TestGradedQueries(t *testing.T) {
	w, x := real(t)
	shop := w.shop(t, "uk")
	verdicts := map[string]verdict{}
	for _, q := range readQueries(t) {
		a := x.ask(w, shop, q.Query, judged)
		score := ndcg(skus(a.Hits), q.Relevant, func(sku string) bool { return x.snap.SKU(sku) != nil })
		if q.Class == "absent" {
			score = float64(truth(a.Absent != "" && len(a.Hits) == 0))
		}
		for _, class := range []string{q.Class, "all"} {
			v := verdicts[class]
			verdicts[class] = verdict{v.n + 1, v.sum + score}
		}
		if found := skus(a.Hits); len(found) > 0 && slices.Contains(q.Never, found[0]) {
			t.Errorf("%q leads with %s", q.Query, found[0])
		}
		if score < 0.9 && testing.Verbose() {
			t.Logf("%.2f %s %q: %s", score, q.Class, q.Query, a.brief())
		}
	}
	report(t, verdicts, wanted)
}

// report prints the verdicts and fails those that are below what is wanted.
func report(t *testing.T, verdicts map[string]verdict, wanted map[string]float64) {
	t.Helper()
	var classes []string
	for class := range verdicts {
		classes = append(classes, class)
	}
	slices.Sort(classes)
	for _, class := range classes {
		v := verdicts[class]
		t.Logf("%-18s %4d  %.3f", class, v.n, v.mean())
		if v.mean() < wanted[class] {
			t.Errorf("%s: %.3f, want %.2f", class, v.mean(), wanted[class])
		}
	}
}

// brief is an answer in a line.
func (a Answer) brief() string {
	out := ""
	if a.Absent != "" {
		out = "absent " + a.Absent + "; "
	}
	if a.Corrected != "" {
		out += "corrected " + a.Corrected + "; "
	}
	for _, h := range append(slices.Clone(a.Hits), a.Near...)[:min(3, len(a.Hits)+len(a.Near))] {
		out += h.Vintage.Wine.Producer.Name + " / " + h.Vintage.Wine.Name + " · "
	}
	return out
}
