package route

import (
	"fmt"
	"strings"
	"testing"
)

// shelf is a table of well-known wines and of as many that differ in a number only.
func shelf(numbered int) *Table {
	codes := []string{"chateau-margaux", "chateau-palmer", "cheval-blanc", "chateau-latour", "krug", "le-pin"}
	for i := range numbered {
		codes = append(codes, fmt.Sprintf("cuvee-%04d", i))
	}
	var nodes []*Node
	var rows []Row
	for i, code := range codes {
		page := Page{Kind: Wine, Code: code}
		nodes = append(nodes, &Node{ID: uint32(i), Page: page})
		rows = append(rows, Row{PageID: uint32(i), Language: "fr", Path: NewPath(page, "fr")})
	}
	return NewTable(nodes, rows)
}

func TestNearFindsWhatWasMeant(t *testing.T) {
	table := shelf(0)
	for _, path := range []string{
		"/vin/chateau-margot", "/vin/chateau-margaux/", "/VIN/Chateau-Margaux", "/vin/chateaumargaux", "/vin/château-margaux",
		"/chateau-margaux", "/vin/chateau-margaux.html", "/vin/chateau-margaux/1066",
	} {
		near := table.Near("fr", path, 3)
		if len(near) == 0 || near[0].Page.Code != "chateau-margaux" {
			t.Errorf("%s: %v", path, codesOf(near))
		}
	}
}

func codesOf(nodes []*Node) (out []string) {
	for _, n := range nodes {
		out = append(out, n.Page.Code)
	}
	return out
}

func TestNearHasNothingForJunk(t *testing.T) {
	table := shelf(0)
	for _, path := range []string{
		"", "/", "//", "/a", "/wp-login.php", "/.env", "/xmlrpc.php?x", "/\x00\xff\xfe", "/../../etc/passwd", strings.Repeat("/", 5000), strings.Repeat("zq", 5000),
	} {
		if near := table.Near("fr", path, 5); len(near) > 0 {
			t.Errorf("%.40q: %v", path, codesOf(near))
		}
	}
	if near := table.Near("ru", "/vin/chateau-margot", 5); len(near) > 0 {
		t.Errorf("in a language of no shop: %v", codesOf(near))
	}
	if near := table.Near("de", "/vin/chateau-margot", 5); len(near) > 0 {
		t.Errorf("in a language without these pages: %v", codesOf(near))
	}
}

// A miss must cost the same however long the path is, and answer with a handful, the likest first.
func TestNearIsBounded(t *testing.T) {
	table := shelf(500)
	near := table.Near("fr", "/vin/cuvee-0007x", 5)
	if len(near) != 5 || near[0].Page.Code != "cuvee-0007" {
		t.Errorf("%v", codesOf(near))
	}
	if again := table.Near("fr", "/vin/cuvee-0007x", 5); fmt.Sprint(codesOf(again)) != fmt.Sprint(codesOf(near)) {
		t.Errorf("the order changes: %v, then %v", codesOf(near), codesOf(again))
	}
	var long strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&long, "/%d", i)
	}
	if n := len(trigrams(long.String())); n > longest {
		t.Errorf("a long path has %d trigrams", n)
	}
}

func TestNearNamesNothingThatMovedOrIsGone(t *testing.T) {
	table := small()
	near := table.Near("fr", "/vin/carlo-rosso", 5)
	for _, n := range append(near, table.Near("fr", "/vin/margaux", 5)...) {
		if n.Gone {
			t.Errorf("%s is gone", n.Page)
		}
	}
	if near := table.Near("fr", "/vin/margau", 5); len(near) != 1 || near[0].Page != margaux {
		t.Errorf("%v, want the page once, by the path that it has now", codesOf(near))
	}
}

func TestLikenessIsAShare(t *testing.T) {
	for _, c := range [][2]string{
		{"/vin/krug", "/vin/krug"}, {"/aaaa", "/aaaaaaaaaaaaaaaaaaaaaaaa"}, {"/vin/krug", "/"}, {"/vin/krug", ""}, {"/vin/krug", "/wein/x"},
	} {
		if like := dice(trigrams(c[0]), c[1]); like < 0 || like > 1 {
			t.Errorf("%s is %f like %s", c[0], like, c[1])
		}
	}
	asked := trigrams("/vin/krug")
	if exact, other := dice(asked, "/vin/krug"), dice(asked, "/vin/kropf"); exact < 0.8 || other >= exact {
		t.Errorf("itself %f, another %f", exact, other)
	}
}
