package web_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"caveau/store/customer"
	"caveau/store/redis"
	"caveau/store/storetest"
	"caveau/web"
)

func TestAnAccountFromTheLetterToTheLogOut(t *testing.T) {
	h := newHouse(t, "")
	v := h.member(t, "fr", "anne@example.com")
	doc := v.get(t, "/compte").want(t, http.StatusOK).page(t)
	contains(t, "overview", says(t, doc), "anne@example.com")
	same(t, "top", text(t, doc, `.tools > a[href="/compte"]`), "Compte")
	ticket := v.jar[web.SessionCookie]
	out := v.post(t, "/compte/logout", "").want(t, http.StatusSeeOther)
	same(t, "cleared", out.Header.Get("Clear-Site-Data"), `"cache"`)
	same(t, "cookie after the log-out", v.jar[web.SessionCookie], "")
	v.jar[web.SessionCookie] = ticket
	same(t, "with the old cookie", v.get(t, "/compte").want(t, http.StatusSeeOther).Header.Get("Location"), "/compte/login")
	v.jar = map[string]string{}
	v.post(t, "/compte/login", form("email", " Anne@Example.com ", "password", goodPassword)).want(t, http.StatusSeeOther)
	if !v.in(t) {
		t.Error("not logged in")
	}
}

// Whoever knows a ticket from before the log-in, because he planted it, is not logged in by it.
func TestALogInDrawsANewTicket(t *testing.T) {
	h := newHouse(t, "")
	h.member(t, "fr", "anne@example.com")
	v := h.logIn(t, "anne@example.com")
	first := v.jar[web.SessionCookie]
	v.post(t, "/compte/login", form("email", "anne@example.com", "password", goodPassword)).want(t, http.StatusSeeOther)
	second := v.jar[web.SessionCookie]
	if first == second {
		t.Error("the ticket stayed")
	}
	v.jar[web.SessionCookie] = first
	if v.in(t) {
		t.Error("the ticket from before opens the account")
	}
	v.jar[web.SessionCookie] = second
	v.post(t, "/compte/password", form("current", goodPassword, "password", "dix caisses de petrus")).want(t, http.StatusOK)
	third := v.jar[web.SessionCookie]
	if third == second || !v.in(t) {
		t.Error("a new password draws no new ticket")
	}
	v.jar[web.SessionCookie] = second
	if v.in(t) {
		t.Error("the ticket from before the new password opens the account")
	}
}

func TestANewPasswordEndsAllSessions(t *testing.T) {
	h := newHouse(t, "")
	phone := h.member(t, "fr", "anne@example.com")
	desktop := h.logIn(t, "anne@example.com")
	stranger := h.visitor("fr")
	stranger.post(t, "/compte/reset", form("email", "anne@example.com")).want(t, http.StatusOK)
	topic, link := h.letter(t, "anne@example.com")
	same(t, "letter", topic, "account.reset")
	page := stranger.get(t, link).want(t, http.StatusOK)
	same(t, "referrer", page.Header.Get("Referrer-Policy"), "no-referrer")
	token := attr(t, page.page(t), `input[name="token"]`, "value")
	short := stranger.post(t, "/compte/new", form("token", token, "password", "court")).want(t, http.StatusUnprocessableEntity).page(t)
	contains(t, "too short", says(t, short), "10 caractères")
	stranger.post(t, "/compte/new", form("token", token, "password", "un tout autre mot")).want(t, http.StatusSeeOther)
	if phone.in(t) || desktop.in(t) || !stranger.in(t) {
		t.Error("not all sessions ended, or the new one did not begin")
	}
	again := stranger.post(t, "/compte/new", form("token", token, "password", "encore un autre mot")).want(t, http.StatusGone).page(t)
	contains(t, "used", says(t, again), "a déjà servi")
	phone.post(t, "/compte/login", form("email", "anne@example.com", "password", goodPassword)).want(t, http.StatusUnprocessableEntity)
}

func TestAllSessionsEndWhenAsked(t *testing.T) {
	h := newHouse(t, "")
	phone := h.member(t, "fr", "anne@example.com")
	desktop := h.logIn(t, "anne@example.com")
	phone.post(t, "/compte/everywhere", "").want(t, http.StatusSeeOther)
	if phone.in(t) || desktop.in(t) {
		t.Error("not all sessions ended")
	}
}

var tokens = regexp.MustCompile(`[A-Za-z0-9_-]{22}`)

// sameBut fails where two answers differ in more than their tokens, times and addresses.
func sameBut(t *testing.T, what string, a, b answer, mine, other string) {
	t.Helper()
	same(t, what+": status", a.StatusCode, b.StatusCode)
	clean := func(x answer, email string) []byte {
		return tokens.ReplaceAll(bytes.ReplaceAll([]byte(x.plain(t)), []byte(email), []byte("EMAIL")), nil)
	}
	if got, want := clean(a, mine), clean(b, other); !bytes.Equal(got, want) {
		t.Errorf("%s: the pages differ", what)
	}
	sameHeaders(t, what, a.Header, b.Header, "Date", "Server-Timing", "Content-Length")
}

// Nobody learns who has an account: the same answers after the same work.
func TestStrangersLearnOfNoAccount(t *testing.T) {
	h := newHouse(t, "")
	const known, unknown = "anne.known@example.com", "bert.other@example.com"
	h.member(t, "fr", known)
	h.exec(t, `UPDATE token SET used_by = used_by`) // the member's own token is used
	ask := func(path, form string) (answer, int64) {
		before := h.hasher.Work()
		a := h.visitor("fr").post(t, path, form)
		return a, h.hasher.Work() - before
	}
	for what, c := range map[string]struct {
		path string
		form func(email string) string
	}{
		"log in":       {"/compte/login", func(email string) string { return form("email", email, "password", "not this one") }},
		"log in, \"\"": {"/compte/login", func(email string) string { return form("email", email, "password", "") }},
		"register":     {"/compte/register", func(email string) string { return form("name", "X", "email", email, "password", "another password") }},
		"reset":        {"/compte/reset", func(email string) string { return form("email", email) }},
	} {
		here, cost := ask(c.path, c.form(known))
		there, other := ask(c.path, c.form(unknown))
		sameBut(t, what, here, there, known, unknown)
		same(t, what+": KiB hashed", cost, other)
		if what != "reset" && cost == 0 {
			t.Errorf("%s: no work at all", what)
		}
	}
	topic, link := h.letter(t, known)
	if topic != "account.reset" && topic != "account.exists" || link == "" {
		t.Errorf("the letter to who has an account: %s, %s", topic, link)
	}
	h.visitor("fr").post(t, "/compte/login", form("email", unknown, "password", "another password")).want(t, http.StatusUnprocessableEntity)
}

// A stranger who begins an account with another's address has nothing when that other one opens the link.
func TestNobodyConfirmsAStrangersPassword(t *testing.T) {
	h := newHouse(t, "")
	h.visitor("fr").post(t, "/compte/register", form("name", "X", "email", "anne@example.com", "password", "the stranger's choice"))
	_, link := h.letter(t, "anne@example.com")
	anne := h.visitor("fr")
	token := attr(t, anne.get(t, link).page(t), `input[name="token"]`, "value")
	anne.post(t, "/compte/confirm", form("token", token, "password", goodPassword)).want(t, http.StatusUnprocessableEntity)
	same(t, "accounts", h.number(t, `SELECT COUNT(*) FROM customer`), 0)
	h.member(t, "fr", "anne@example.com")
	anne.post(t, "/compte/confirm", form("token", token, "password", "the stranger's choice")).want(t, http.StatusGone)
}

func TestMagentosCustomersLogInAndGetANewHash(t *testing.T) {
	h := newHouse(t, "")
	h.member(t, "fr", "anne@example.com")
	wrapped, err := customer.Wrap("54c0f5996a046e8416504636274fc789203966c2bd8a9da0180059e0b8cf57de:Xu2SsbnNPJOBVQZAU83iOCufXEtbMf0i")
	if err != nil {
		t.Fatal(err)
	}
	h.exec(t, `UPDATE customer SET password = ?`, wrapped)
	for range 2 {
		h.visitor("fr").post(t, "/compte/login", form("email", "anne@example.com", "password", "Passw0rd-long-enough")).want(t, http.StatusSeeOther)
		same(t, "hashes of ours", h.number(t, `SELECT COUNT(*) FROM customer WHERE password LIKE '$argon2id$%'`), 1)
	}
}

// limited is a house that counts.
func limited(t *testing.T) *house {
	t.Helper()
	return newHouse(t, "", func(c *web.Config) {
		client, err := redis.Open(redis.Options{Addrs: []string{storetest.Services(t).RedisAddr()}, Budget: patient})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { client.Close() })
		c.Limits = redis.NewLimits(client, 1)
		c.Proxies = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32")} // where requests of tests come from
	})
}

func from(addr string) with { return header("X-Forwarded-For", addr) }

// Who guesses has a handful, whatever else he tries, and the owner gets in from elsewhere, or by a letter.
func TestBruteForceIsBounded(t *testing.T) {
	h := limited(t)
	email := fmt.Sprintf("anne.%d@example.com", time.Now().UnixNano())
	h.member(t, "fr", email)
	thief := h.visitor("fr")
	checked := 0
	for n := range 40 {
		a := thief.post(t, "/compte/login", form("email", email, "password", fmt.Sprint("guess number ", n)), from("203.0.113.7"))
		switch a.StatusCode {
		case http.StatusUnprocessableEntity:
			checked++
		case http.StatusTooManyRequests:
			if a.Header.Get("Retry-After") == "" {
				t.Error("nothing says when to come back")
			}
			doc := a.page(t)
			contains(t, "words", says(t, doc), "Trop de tentatives")
			same(t, "address is kept", attr(t, doc, "#email", "value"), email)
		default:
			t.Fatalf("status %d", a.StatusCode)
		}
	}
	same(t, "guesses that were checked", checked, 5)
	right := form("email", email, "password", goodPassword)
	thief.post(t, "/compte/login", right, from("203.0.113.9")).want(t, http.StatusTooManyRequests) // a neighbour of the thief's
	anne := h.visitor("fr")
	anne.post(t, "/compte/login", right, from("198.51.100.1")).want(t, http.StatusSeeOther)
	// From many blocks at once the account's own count holds, until the owner has shown who he is.
	for n := range 60 {
		thief.post(t, "/compte/login", form("email", email, "password", "a guess"), from(fmt.Sprintf("10.0.%d.1", n)))
	}
	anne.post(t, "/compte/login", right, from("198.51.100.1")).want(t, http.StatusTooManyRequests)
	anne.post(t, "/compte/reset", form("email", email), from("198.51.100.1")).want(t, http.StatusOK)
	_, link := h.letter(t, email)
	token := attr(t, anne.get(t, link).page(t), `input[name="token"]`, "value")
	anne.post(t, "/compte/new", form("token", token, "password", "un tout autre mot"), from("198.51.100.1")).want(t, http.StatusSeeOther)
	anne.post(t, "/compte/login", form("email", email, "password", "un tout autre mot"), from("198.51.100.1")).want(t, http.StatusSeeOther)
}

// A header of a stranger's does not say where he comes from.
func TestOnlyProxiesSayWhomTheySpeakFor(t *testing.T) {
	h := limited(t)
	email := fmt.Sprintf("berthe.%d@example.com", time.Now().UnixNano())
	v := h.visitor("fr")
	refused := 0
	for n := range 10 {
		// The stranger writes the left of the list, the proxy its right.
		a := v.post(t, "/compte/login", form("email", email, "password", "a guess"), from(fmt.Sprintf("192.0.2.%d, 10.%d.0.1, 198.18.5.77", n, n)))
		if a.StatusCode == http.StatusTooManyRequests {
			refused++
		}
	}
	same(t, "refused", refused, 5)
}

func TestNoMailboxIsFilled(t *testing.T) {
	h := limited(t)
	email := fmt.Sprintf("carl.%d@example.com", time.Now().UnixNano())
	for n := range 6 {
		h.visitor("fr").post(t, "/compte/register", form("name", "X", "email", email, "password", "another password"), from(fmt.Sprintf("10.1.%d.1", n)))
	}
	same(t, "letters", h.number(t, `SELECT COUNT(*) FROM letter`), 3)
}

func TestThePagesOfAnAccountAreItsOwners(t *testing.T) {
	h := newHouse(t, "")
	anne, berthe := h.member(t, "fr", "anne@example.com"), h.member(t, "fr", "berthe@example.com")
	anne.post(t, "/compte/addresses", form("recipient", "Anne", "line1", "1 rue Foy", "postcode", "33000", "locality", "Bordeaux")).want(t, http.StatusSeeOther)
	doc := anne.get(t, "/compte/addresses").want(t, http.StatusOK).page(t)
	contains(t, "book", says(t, doc), "1 rue Foy", "33000 Bordeaux")
	id := attr(t, doc, `form[action="/compte/remove"] input[name="id"]`, "value")
	berthe.post(t, "/compte/remove", form("id", id)).want(t, http.StatusSeeOther)
	berthe.post(t, "/compte/addresses", form("id", id, "recipient", "B", "line1", "x", "postcode", "33000", "locality", "y")).want(t, http.StatusNotFound)
	contains(t, "book", says(t, anne.get(t, "/compte/addresses").page(t)), "1 rue Foy")
	bad := anne.post(t, "/compte/addresses", form("recipient", "Anne", "line1", "kept", "postcode", "SW1A", "locality", "")).want(t, http.StatusUnprocessableEntity).page(t)
	same(t, "links to fields", bad.Find(`#problems a[href="#postcode"], #problems a[href="#locality"]`).Length(), 2)
	same(t, "kept", attr(t, bad, "#line1", "value"), "kept")
	for _, path := range []string{"", "/details", "/addresses", "/orders", "/order?number=FR-1", "/data", "/export", "/erase"} {
		same(t, path, h.visitor("fr").get(t, "/compte"+path).want(t, http.StatusSeeOther).Header.Get("Location"), "/compte/login")
	}
	for _, path := range []string{"", "/details", "/login", "/data"} {
		a := anne.get(t, "/compte"+path).want(t, http.StatusOK)
		same(t, path+": Cache-Control", a.Header.Get("Cache-Control"), "private, no-store")
		if len(a.Cookies()) > 0 {
			t.Errorf("%s sets a cookie", path)
		}
	}
}

func TestAnOrderBelongsToItsAccount(t *testing.T) {
	h := newHouse(t, "")
	anne, berthe := h.member(t, "fr", "anne@example.com"), h.member(t, "fr", "berthe@example.com")
	anne.post(t, "/compte/addresses", form("recipient", "Anne", "line1", "1 rue Foy", "postcode", "33000", "locality", "Bordeaux"))
	anne.post(t, "/panier", "sku=M90-75&quantity=2").want(t, http.StatusSeeOther)
	doc := anne.get(t, "/panier/checkout").want(t, http.StatusOK).page(t)
	same(t, "prefilled", attr(t, doc, "#email", "value")+" "+attr(t, doc, "#line1", "value"), "anne@example.com 1 rue Foy")
	anne.post(t, "/panier/checkout", filledForm(doc, "fr").Encode()).want(t, http.StatusSeeOther)
	list := anne.get(t, "/compte/orders").want(t, http.StatusOK).page(t)
	link := attr(t, list, ".account__rows a", "href")
	shown := anne.get(t, link).want(t, http.StatusOK).page(t)
	contains(t, "order", says(t, shown), "FR-100000", "Château Margaux 1990")
	berthe.get(t, link).want(t, http.StatusNotFound)
	if lines := anne.cart(t, "/panier"); lines != "" {
		t.Errorf("the cart still holds %s", lines)
	}
	h.has("M90-75", "bordeaux", 1)
	again := anne.post(t, "/compte/reorder", form("number", "FR-100000")).want(t, http.StatusOK).page(t)
	contains(t, "reordered", says(t, again), "1 vin a été mis dans votre panier", "il n’en restait que 1")
	same(t, "cart", anne.cart(t, "/panier"), "M90-75 1")
	berthe.post(t, "/compte/reorder", form("number", "FR-100000")).want(t, http.StatusNotFound)

	// All of it is in the export, and nothing of it is left once it is erased, but for the order.
	export := anne.get(t, "/compte/export").want(t, http.StatusOK)
	var record customer.Record
	if err := json.Unmarshal(export.body, &record); err != nil {
		t.Fatal(err)
	}
	if record.Account.Email != "anne@example.com" || len(record.Orders) != 1 || len(record.Orders[0].Lines) < 1 || len(record.Addresses) != 1 || len(record.Sessions) != 1 || len(record.Carts) != 1 {
		t.Errorf("exported %+v", record)
	}
	if strings.Contains(string(export.body), "argon2id") {
		t.Error("the hash is exported")
	}
	anne.post(t, "/compte/erase", form("sure", "yes", "current", "wrong")).want(t, http.StatusUnprocessableEntity)
	anne.post(t, "/compte/erase", form("current", goodPassword)).want(t, http.StatusUnprocessableEntity)
	same(t, "accounts", h.number(t, `SELECT COUNT(*) FROM customer WHERE erased_at IS NULL`), 2)
	ticket := anne.jar[web.SessionCookie]
	anne.post(t, "/compte/erase", form("sure", "yes", "current", goodPassword)).want(t, http.StatusOK)
	anne.jar[web.SessionCookie] = ticket
	same(t, "after the erasure", anne.get(t, "/compte").want(t, http.StatusSeeOther).Header.Get("Location"), "/compte/login")
	same(t, "orders", h.number(t, `SELECT COUNT(*) FROM orders WHERE customer <> '' AND email <> ''`), 1)
	same(t, "letters", h.number(t, `SELECT COUNT(*) FROM letter WHERE recipient = 'anne@example.com'`), 0)
}

// Phone and desktop have one cart; what was in the one and the other comes together, and is said.
func TestALogInBringsCartsTogether(t *testing.T) {
	h := newHouse(t, "")
	phone := h.member(t, "fr", "anne@example.com")
	phone.post(t, "/panier", "sku=M90-75&quantity=2").want(t, http.StatusSeeOther)
	phone.post(t, "/panier", "sku=KNV-75&quantity=1").want(t, http.StatusSeeOther)
	desktop := h.visitor("fr")
	desktop.post(t, "/panier", "sku=M90-75&quantity=3").want(t, http.StatusSeeOther)
	guest := desktop.jar[web.CartCookie]
	where := desktop.post(t, "/compte/login", form("email", "anne@example.com", "password", goodPassword)).want(t, http.StatusSeeOther).Header.Get("Location")
	contains(t, "what changed", says(t, desktop.get(t, where).page(t)), "1 vin de votre panier précédent a été ajouté.", "les quantités ont été additionnées")
	same(t, "desktop", desktop.cart(t, "/panier"), "M90-75 5, KNV-75 1")
	same(t, "phone", phone.cart(t, "/panier"), "M90-75 5, KNV-75 1")
	phone.post(t, "/panier/set", "sku=KNV-75&quantity=4").want(t, http.StatusSeeOther)
	same(t, "desktop", desktop.cart(t, "/panier"), "M90-75 5, KNV-75 4")

	// The old cookie, sent once more, adds nothing again.
	late := h.visitor("fr")
	late.jar[web.CartCookie] = guest
	late.post(t, "/compte/login", form("email", "anne@example.com", "password", goodPassword)).want(t, http.StatusSeeOther)
	same(t, "late", late.cart(t, "/panier"), "M90-75 5, KNV-75 4")

	// At the log-out it is gone from the browser, and comes back with the next log-in even from an empty Redis.
	desktop.post(t, "/compte/logout", "").want(t, http.StatusSeeOther)
	same(t, "after the log-out", desktop.cart(t, "/panier"), "")
	h.flush(t)
	same(t, "after the flush", h.logIn(t, "anne@example.com").cart(t, "/panier"), "M90-75 5, KNV-75 4")
}

// Redis away: pages of an account say so, everything else goes on.
func TestWithoutRedisTheShopGoesOn(t *testing.T) {
	h := newHouse(t, "")
	away := newHouse(t, unusedAddr(t))
	v := away.visitor("fr")
	v.jar[web.SessionCookie] = h.member(t, "fr", "anne@example.com").jar[web.SessionCookie]
	for _, path := range []string{"/compte", "/compte/orders", "/compte/export"} {
		a := v.get(t, path).want(t, http.StatusServiceUnavailable)
		contains(t, path, says(t, a.page(t)), "inaccessible")
		if a.Header.Get("Retry-After") == "" {
			t.Error("nothing says when to come back")
		}
	}
	v.get(t, "/vin/chateau-margaux/1990").want(t, http.StatusOK)
	v.post(t, "/panier", "sku=M90-75&quantity=1").want(t, http.StatusSeeOther)
	same(t, "cart", v.cart(t, "/panier"), "M90-75 1")
	checkout := v.get(t, "/panier/checkout").want(t, http.StatusOK).page(t)
	kept := v.post(t, "/panier/checkout", filledForm(checkout, "fr").Encode()).want(t, http.StatusServiceUnavailable)
	contains(t, "checkout", says(t, kept.page(t)), "votre panier est conservé")
	same(t, "orders of nobody", away.number(t, `SELECT COUNT(*) FROM orders`), 0)
	delete(v.jar, web.SessionCookie)
	checkout = v.get(t, "/panier/checkout").want(t, http.StatusOK).page(t)
	v.post(t, "/panier/checkout", filledForm(checkout, "fr").Encode()).want(t, http.StatusSeeOther)
	login := v.post(t, "/compte/login", form("email", "anne@example.com", "password", goodPassword))
	if login.StatusCode == http.StatusSeeOther || v.jar[web.SessionCookie] != "" {
		t.Error("somebody is logged in without Redis")
	}
}

// A page with a session's cookie is private and leads to the account; the page of all others does not change by it.
func TestASessionMakesAPageOfItsOwn(t *testing.T) {
	h := newHouse(t, "")
	before := h.get(t, "fr", "/vin/chateau-margaux/1990")
	v := h.visitor("fr")
	v.jar[web.SessionCookie] = "forged"
	own := v.get(t, "/vin/chateau-margaux/1990").want(t, http.StatusOK)
	same(t, "Cache-Control", own.Header.Get("Cache-Control"), "private, no-store")
	same(t, "link", text(t, own.page(t), `.tools > a[href="/compte"]`), "Compte")
	after := h.get(t, "fr", "/vin/chateau-margaux/1990")
	sameAnswer(t, "the public page", after, before)
	same(t, "public link", text(t, after.page(t), `.tools > a[href="/compte/login"]`), "Connexion")
	same(t, "who a forged cookie is", v.get(t, "/compte").want(t, http.StatusSeeOther).Header.Get("Location"), "/compte/login")
}

func TestOtherSitesDoNothingInAnAccount(t *testing.T) {
	h := newHouse(t, "")
	v := h.member(t, "fr", "anne@example.com")
	for _, action := range []string{"login", "logout", "everywhere", "register", "confirm", "reset", "new", "details", "password", "email", "move", "addresses", "remove", "reorder", "erase"} {
		v.post(t, "/compte/"+action, form("sure", "yes", "current", goodPassword), header("Sec-Fetch-Site", "same-site")).want(t, http.StatusForbidden)
	}
	if !v.in(t) {
		t.Error("logged out by another site")
	}
	for _, action := range []string{"logout", "everywhere", "password", "email", "remove", "reorder"} {
		v.get(t, "/compte/"+action).want(t, http.StatusMethodNotAllowed)
	}
}

func TestAnAddressMovesWithAPasswordAndALetter(t *testing.T) {
	h := newHouse(t, "")
	v := h.member(t, "fr", "anne@example.com")
	v.post(t, "/compte/email", form("email", "anna@example.com", "proof", "wrong")).want(t, http.StatusUnprocessableEntity)
	v.post(t, "/compte/email", form("email", "anna@example.com", "proof", goodPassword)).want(t, http.StatusOK)
	_, link := h.letter(t, "anna@example.com")
	token := attr(t, v.get(t, link).want(t, http.StatusOK).page(t), `input[name="token"]`, "value")
	v.post(t, "/compte/move", form("token", token)).want(t, http.StatusOK)
	contains(t, "overview", says(t, v.get(t, "/compte").page(t)), "anna@example.com")
	topic, _ := h.letter(t, "anne@example.com")
	same(t, "to the old address", topic, "account.moved")
	v.post(t, "/compte/move", form("token", token)).want(t, http.StatusGone)
}

// What is entered comes back, passwords never do; and nothing of it reaches the log.
func TestPasswordsAreNeverShownOrLogged(t *testing.T) {
	h := newHouse(t, "")
	v := h.member(t, "fr", "anne@example.com")
	const secret = "sehr geheimes wort"
	for path, f := range map[string]string{
		"/compte/login": form("email", "bad", "password", secret), "/compte/register": form("name", "", "email", "carl@example.com", "password", secret),
		"/compte/password": form("current", secret, "password", secret+" neu"), "/compte/erase": form("sure", "yes", "current", secret),
		"/compte/confirm": form("token", strings.Repeat("A", 22), "password", secret),
	} {
		if a := v.post(t, path, f); strings.Contains(a.plain(t), secret) || a.StatusCode < 400 {
			t.Errorf("%s: status %d, or the password comes back", path, a.StatusCode)
		}
	}
	log := h.log.String()
	for _, word := range []string{secret, "anne@example.com", "carl@example.com", v.jar[web.SessionCookie]} {
		if strings.Contains(log, word) {
			t.Errorf("the log says %q", word)
		}
	}
}

func TestEveryAccountPageSpeaksItsLanguage(t *testing.T) {
	h := newHouse(t, "")
	for _, market := range []string{"de", "hk"} {
		v := h.member(t, market, market+"@example.com")
		account := map[string]string{"de": "/konto", "hk": "/account"}[market]
		var headings []string
		for _, path := range []string{"", "/orders", "/addresses", "/details", "/data", "/erase", "/login", "/register", "/reset"} {
			doc := v.get(t, account+path).want(t, http.StatusOK).page(t)
			headings = append(headings, text(t, doc, "h1"))
			same(t, path+": robots", attr(t, doc, `meta[name="robots"]`, "content"), "noindex, nofollow")
		}
		if len(slices.Compact(slices.Sorted(slices.Values(headings)))) != len(headings) {
			t.Errorf("%s: headings %v", market, headings)
		}
	}
}

func (h *house) flush(t *testing.T) {
	t.Helper()
	c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", h.db.RedisAddr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, "FLUSHALL\r\n"); err != nil {
		t.Fatal(err)
	}
	if said, err := bufio.NewReader(c).ReadString('\n'); err != nil || said != "+OK\r\n" {
		t.Fatalf("flush: %q, %v", said, err)
	}
}

// unusedAddr is where nobody listens.
func unusedAddr(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
