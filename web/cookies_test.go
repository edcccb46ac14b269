package web_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"caveau/web/view"
)

// The privacy page is written from view.Cookies: every one of them is set by some request, and no other is.
func TestPrivacyPageListsExactlyTheCookiesThatAreSet(t *testing.T) {
	s := newHouse(t, "")
	v := s.visitor("fr")
	set := map[string]time.Duration{}
	note := func(a answer) {
		for _, c := range a.Cookies() {
			set[c.Name] = time.Duration(c.MaxAge) * time.Second
		}
	}
	for _, w := range s.ways() {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
			note(s.ask(t, method, w.market, w.path, nil, w.how()...))
		}
	}
	for _, form := range []string{"sku=M90-75&quantity=2", "sku=NONE", "sku=M90-75&quantity=0"} {
		for _, path := range []string{"/panier", "/panier/set", "/panier/remove"} {
			note(v.post(t, path, form))
			note(v.post(t, path, form, fragment))
		}
	}
	note(v.post(t, "/destination", "country=DE"))
	note(v.post(t, "/liste-d-envies", "page="+s.pageNumber(t, "/vin/chateau-margaux")))
	s.member(t, "fr", "anne@example.com")
	note(v.post(t, "/compte/login", form("email", "anne@example.com", "password", goodPassword)))
	privacy := text(t, s.get(t, "fr", "/confidentialite").page(t), "main")
	for _, c := range view.Cookies() {
		life, ok := set[c.Name]
		if !ok {
			t.Errorf("%s is on the list and never set", c.Name)
		}
		same(t, c.Name+": life", life, c.Life)
		contains(t, "privacy page", privacy, c.Name)
		delete(set, c.Name)
	}
	for name := range set {
		t.Errorf("%s is set and not on the list", name)
	}
}

// What the requests above do not reach is found in the sources: there is one file that sets and clears cookies.
func TestOnePlaceSetsCookies(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d sources found: %v", len(files), err)
	}
	var places []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if setsCookie(n) {
				places = append(places, name)
			}
			return true
		})
	}
	if !slices.Equal(places, []string{"cookie.go", "cookie.go"}) {
		t.Errorf("cookies are set in %v, want twice in cookie.go", places)
	}
}

func setsCookie(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		return slices.Contains([]string{"SetCookie", "HeaderSetCookie", "SetCookieBytesKV"}, n.Sel.Name)
	case *ast.CallExpr:
		f, ok := n.Fun.(*ast.SelectorExpr)
		return ok && f.Sel.Name == "Cookie"
	case *ast.BasicLit:
		return strings.EqualFold(n.Value, `"Set-Cookie"`)
	}
	return false
}
