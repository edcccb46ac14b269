package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"caveau/store/wish"
)

// number of a page, as its button says it.
func (s *shop) pageNumber(t *testing.T, path string) string {
	t.Helper()
	return attr(t, s.get(t, "fr", path).page(t), ".remember button", "value")
}

const wishes = "/liste-d-envies"

func TestAWishListRemembersMovesAndForgets(t *testing.T) {
	s := newShop(t)
	v := s.visitor("fr")
	vintage, wine := s.pageNumber(t, "/vin/chateau-margaux/1990"), s.pageNumber(t, "/vin/chateau-margaux")
	for _, page := range []string{vintage, wine, vintage} {
		a := v.post(t, wishes, "page="+page).want(t, http.StatusSeeOther)
		same(t, "leads to", a.Header.Get("Location"), wishes)
	}
	a := v.get(t, wishes).want(t, http.StatusOK)
	same(t, "Cache-Control", a.Header.Get("Cache-Control"), "private, no-store")
	page := a.page(t)
	same(t, "lines", page.Find(".line").Length(), 2)
	contains(t, "the list", text(t, page, ".lines"), "1990", "€", "12 bouteilles")
	if page.Find(`.line form[action="`+wishes+`/move"]`).Length() == 0 {
		t.Error("nothing can be moved to the cart")
	}
	a = v.post(t, wishes+"/move", "sku=M90-75&page="+vintage).want(t, http.StatusSeeOther)
	same(t, "leads to", a.Header.Get("Location"), "/panier")
	contains(t, "the cart", v.get(t, "/panier").plain(t), "M90-75")
	same(t, "lines after the move", v.get(t, wishes).page(t).Find(".line").Length(), 1)
	s.has("M90-75", "bordeaux", 0)
	v.post(t, wishes, "page="+vintage)
	v.post(t, wishes+"/move", "sku=M90-75&page="+vintage).want(t, http.StatusConflict)
	same(t, "lines after a move that was refused", v.get(t, wishes).page(t).Find(".line").Length(), 2)
	v.post(t, wishes+"/remove", "page="+vintage)
	v.post(t, wishes+"/remove", "page="+wine)
	same(t, "the cookie of an empty list", v.jar["__Host-wish"], "")
	for _, none := range []string{"", "page=0", "page=x", "page=99999999", "page=1"} { // the front page cannot be remembered
		v.post(t, wishes, none).want(t, http.StatusNotFound)
	}
	s.ask(t, http.MethodPost, "fr", wishes, strings.NewReader("page="+vintage), typed, header("Sec-Fetch-Site", "cross-site")).want(t, http.StatusForbidden)
}

func TestASharedWishListIsToLookAt(t *testing.T) {
	s := newShop(t)
	v := s.visitor("fr")
	for _, path := range []string{"/vin/chateau-margaux/1990", "/vin/chateau-margaux/2025"} {
		v.post(t, wishes, "page="+s.pageNumber(t, path))
	}
	page := v.get(t, wishes).page(t)
	contains(t, "gaps", text(t, page, ".wish__gaps"), "Château Margaux", "1991", "2024")
	link := strings.TrimPrefix(attr(t, page, `.wish__share input`, "value"), "http://fr.localhost:8080")
	a := s.get(t, "fr", link).want(t, http.StatusOK)
	same(t, "Cache-Control", a.Header.Get("Cache-Control"), "private, no-store")
	shared := a.page(t)
	same(t, "robots", attr(t, shared, `meta[name="robots"]`, "content"), "noindex, nofollow")
	same(t, "lines", shared.Find(".line").Length(), 2)
	same(t, "forms", shared.Find("main form").Length(), 0)
	if len(a.Cookies()) > 0 {
		t.Error("to look at it sets a cookie")
	}
	for _, none := range []string{"", "?list=", "?list=2AQ", "?list=1gA"} {
		s.get(t, "fr", wishes+"/shared"+none).want(t, http.StatusNotFound)
	}
	s.get(t, "fr", wishes, header("Cookie", "__Host-wish=nonsense")).want(t, http.StatusOK)
}

func TestAFullWishListSaysSo(t *testing.T) {
	s := newShop(t)
	var l wish.List
	for i := range wish.Max {
		l = append(l, uint32(1_000_000+i))
	}
	a := s.post(t, "fr", wishes, map[string][]string{"page": {s.pageNumber(t, "/vin/chateau-margaux")}}, header("Cookie", "__Host-wish="+l.String())).want(t, http.StatusConflict)
	contains(t, "the page", a.plain(t), fmt.Sprint(wish.Max))
}
