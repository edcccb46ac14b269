package route

import "testing"

var (
	margaux = Page{Kind: Wine, Code: "chateau-margaux"}
	cheval  = Page{Kind: Wine, Code: "cheval-blanc"}
	carlo   = Page{Kind: Wine, Code: "carlo-rossi"}
)

// small is a table of three pages: one that has moved in French, one without German, one that is gone.
func small() *Table {
	return NewTable([]*Node{{ID: 4, Page: margaux}, {ID: 5, Page: cheval}, {ID: 9, Page: carlo, Gone: true}}, []Row{
		{PageID: 4, Language: "fr", Path: "/vin/margaux-premier", Moved: true},
		{PageID: 4, Language: "fr", Path: "/vin/chateau-margaux"},
		{PageID: 4, Language: "fr", Path: "/vin/margaux", Moved: true},
		{PageID: 4, Language: "de", Path: "/wein/chateau-margaux"},
		{PageID: 5, Language: "fr", Path: "/vin/cheval-blanc"},
		{PageID: 5, Language: "en", Path: "/wine/cheval-blanc"},
		{PageID: 9, Language: "fr", Path: "/vin/carlo-rossi"},
		{PageID: 77, Language: "fr", Path: "/vin/of-no-page"},
		{PageID: 4, Language: "ru", Path: "/vino/chateau-margaux"},
	})
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		language, path string
		page           Page
		moved, gone    bool
	}{
		{"fr", "/vin/chateau-margaux", margaux, false, false},
		{"fr", "/vin/margaux", margaux, true, false},
		{"de", "/wein/chateau-margaux", margaux, false, false},
		{"fr", "/vin/carlo-rossi", carlo, false, true},
	} {
		node, moved, ok := small().Find(c.language, c.path)
		if !ok || node.Page != c.page || moved != c.moved || node.Gone != c.gone {
			t.Errorf("%s %s: %+v, moved %v, found %v", c.language, c.path, node, moved, ok)
		}
	}
	for _, c := range [][2]string{
		{"fr", "/wein/chateau-margaux"}, // another language's path
		{"de", "/vin/chateau-margaux"},
		{"fr", "/vin/chateau-margaux/"},
		{"fr", "/vin/of-no-page"},
		{"ru", "/vino/chateau-margaux"},
		{"", "/"},
	} {
		if node, _, ok := small().Find(c[0], c[1]); ok || node != nil {
			t.Errorf("%s %s leads to %+v", c[0], c[1], node)
		}
	}
}

func TestPathOfAPage(t *testing.T) {
	for _, c := range []struct {
		page           Page
		language, want string // "": none
	}{
		{margaux, "fr", "/vin/chateau-margaux"}, // never the moved one
		{margaux, "de", "/wein/chateau-margaux"},
		{margaux, "nl", ""},
		{cheval, "de", ""},
		{carlo, "fr", ""}, // nobody links to what is gone
		{Page{Kind: Cart}, "fr", ""},
		{margaux, "ru", ""},
	} {
		path, ok := small().Path(c.page, c.language)
		if path != c.want || ok != (c.want != "") {
			t.Errorf("%s in %s: %q, %v, want %q", c.page, c.language, path, ok, c.want)
		}
	}
}

func TestNodeOfAPage(t *testing.T) {
	table := small()
	for _, want := range table.Nodes() {
		if node, ok := table.Node(want.Page); !ok || node != want {
			t.Errorf("%s: %+v, %v", want.Page, node, ok)
		}
	}
	if node, ok := table.Node(Page{Kind: Cart}); ok || node != nil {
		t.Errorf("a page that is not there is %+v", node)
	}
	if n := len(table.Nodes()); n != 3 {
		t.Errorf("%d nodes", n)
	}
}
