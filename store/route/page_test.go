package route

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"testing"
)

// kinds are all constants of type Kind, read from the source: a new one is not forgotten.
func kinds(t *testing.T) []Kind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "page.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []Kind
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if of, ok := spec.Type.(*ast.Ident); ok && of.Name == "Kind" {
			kind, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, Kind(kind))
		}
		return true
	})
	if len(out) < 17 {
		t.Fatalf("found %d kinds only", len(out))
	}
	return out
}

var slug = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

func TestWordsAreCompleteAndASCII(t *testing.T) {
	for _, kind := range kinds(t) {
		all, has := words[kind]
		if needs := kind != Home && kind != Vintage && kind != Colour; needs != has { // a vintage lies below its wine, a colour below its appellation
			t.Errorf("%s: has words: %v", kind, has)
			continue
		}
		for i, language := range Languages {
			if has && !slug.MatchString(all[i]) {
				t.Errorf("%s in %s is %q", kind, language, all[i])
			}
		}
	}
}

func TestNoTwoKindsShareAWord(t *testing.T) {
	for i, language := range Languages {
		of := map[string]Kind{}
		for kind, all := range words {
			if other, taken := of[all[i]]; taken {
				t.Errorf("%s: %q is both %s and %s", language, all[i], kind, other)
			}
			of[all[i]] = kind
		}
	}
}

// The first part of a path may be the prefix of an edition (/nl): a word that reads the same would hide it.
func TestNoWordIsALanguage(t *testing.T) {
	for kind, all := range words {
		for _, word := range all {
			for _, language := range Languages {
				if word == language {
					t.Errorf("%s: %q is a language", kind, word)
				}
			}
		}
	}
}

func TestNewPath(t *testing.T) {
	margaux := Page{Kind: Vintage, Code: "chateau-margaux", Year: 1990}
	pauillac := Page{Kind: Landing, Code: PlaceOf(Appellation, "pauillac"), Year: 1982}
	for _, c := range []struct {
		page           Page
		language, want string
	}{
		{Page{Kind: Home}, "fr", "/"},
		{Page{Kind: Home}, "zh", "/"},
		{margaux, "fr", "/vin/chateau-margaux/1990"},
		{margaux, "en", "/wine/chateau-margaux/1990"},
		{margaux, "de", "/wein/chateau-margaux/1990"},
		{margaux, "it", "/vino/chateau-margaux/1990"},
		{margaux, "es", "/vino/chateau-margaux/1990"},
		{margaux, "pt", "/vinho/chateau-margaux/1990"},
		{margaux, "nl", "/wijn/chateau-margaux/1990"},
		{margaux, "zh", "/wine/chateau-margaux/1990"},
		{Page{Kind: Vintage, Code: "krug"}, "fr", "/vin/krug/nv"},
		{Page{Kind: Wine, Code: "krug"}, "nl", "/wijn/krug"},
		{Page{Kind: Landing, Year: 1982}, "fr", "/millesime/1982"},
		{Page{Kind: Landing, Year: 1982}, "zh", "/vintage/1982"},
		{pauillac, "fr", "/millesime/1982/pauillac"},
		{pauillac, "de", "/jahrgang/1982/pauillac"},
		{pauillac, "pt", "/colheita/1982/pauillac"},
		{Page{Kind: Landing, Code: PlaceOf(Region, "bordeaux"), Year: 1982}, "it", "/annata/1982/bordeaux"},
		{Page{Kind: Region, Code: "bordeaux"}, "es", "/region/bordeaux"},
		{Page{Kind: Appellation, Code: "margaux"}, "it", "/denominazione/margaux"},
		{Page{Kind: Producer, Code: "krug"}, "de", "/erzeuger/krug"},
		{Page{Kind: Places}, "de", "/regionen"},
		{Page{Kind: Vintages}, "es", "/anadas"},
		{Page{Kind: Primeur}, "de", "/subskription"},
		{Page{Kind: Primeur, Code: "bordeaux-2025"}, "fr", "/primeurs/bordeaux-2025"},
		{Page{Kind: Cart}, "nl", "/winkelmand"},
		{Page{Kind: Account}, "de", "/konto"},
		{Page{Kind: Imprint}, "fr", "/mentions-legales"},
	} {
		if got := NewPath(c.page, c.language); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.page, c.language, got, c.want)
		}
	}
}

// Pages that every catalogue has never meet, in any language.
func TestStaticPagesHavePathsOfTheirOwn(t *testing.T) {
	for _, language := range Languages {
		of := map[string]Page{}
		for _, p := range Static() {
			path := NewPath(p, language)
			if other, taken := of[path]; taken {
				t.Errorf("%s: %s and %s are both at %s", language, p, other, path)
			}
			of[path] = p
		}
		if len(of) != len(Static()) {
			t.Errorf("%s: %d static pages, want %d", language, len(of), len(Static()))
		}
	}
}

func TestPlaceIsReadBack(t *testing.T) {
	for _, c := range []struct {
		code, place string
		kind        Kind
	}{
		{PlaceOf(Appellation, "pauillac"), "pauillac", Appellation},
		{PlaceOf(Region, "bordeaux"), "bordeaux", Region},
		{"", "", ""},
		{"pauillac", "", ""},
	} {
		if kind, place := (Page{Kind: Landing, Code: c.code}).Place(); kind != c.kind || place != c.place {
			t.Errorf("%q is %q, %q", c.code, kind, place)
		}
	}
	if got := (Page{Kind: Vintage, Code: "chateau-margaux", Year: 1990}).String(); got != "vintage/chateau-margaux/1990" {
		t.Errorf("a page prints as %s", got)
	}
}
