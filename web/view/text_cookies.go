package view

import (
	"time"

	"caveau/store/customer"
	"caveau/templates/page"
)

// Cookie is something that the shop leaves in a visitor's browser.
type Cookie struct {
	Name    string        // as the browser shows it
	Purpose string        // message key
	Life    time.Duration // whole days after it was last set
	Strict  bool          // strictly necessary for what the visitor asked for: no consent, no banner
}

// Cookies lists every cookie that the shop sets, and the only ones: the privacy page is written from it, and the
// cookies of the server's answers are held against it. No GET sets one; the first wine that is put into the cart or remembered does, the
// choice of a destination, and a log-in.
func Cookies() []Cookie {
	return []Cookie{
		{Name: CookieCart, Purpose: "text.cookie.cart", Life: CookieLife, Strict: true},
		{Name: CookieWish, Purpose: "text.cookie.wish", Life: CookieWishLife, Strict: true},
		{Name: CookiePlace, Purpose: "text.cookie.place", Life: PlaceLife, Strict: true},
		{Name: CookieSession, Purpose: "text.cookie.session", Life: customer.SessionLife, Strict: true},
	}
}

// The cookie of the destination: a country and what its taxes hang on, chosen by the visitor for prices that are delivered.
const (
	CookiePlace = "__Host-place"
	PlaceLife   = 180 * 24 * time.Hour
)

// The cart's cookie: a random number and a signed copy of the lines (store/cart.Mirror). The prefix binds it to one
// host over TLS, so that no shop reads another's.
const (
	CookieCart = "__Host-cart"
	CookieLife = 60 * 24 * time.Hour // counted anew from each change
)

// The wish list's cookie: the numbers of its pages (package wish).
const (
	CookieWish     = "__Host-wish"
	CookieWishLife = 180 * 24 * time.Hour // likewise
)

// CookieSession holds the ticket of a session (store/customer.Ticket): who has it is logged in. It is gone at the log-out.
const CookieSession = "__Host-session"

// hintStorage is the entry in the browser's local storage that static/js/element/market-hint.js writes when a visitor
// closes the suggestion to go to another country's shop. It never reaches the server.
const hintStorage = "stay"

// cookieTable lists what is stored, for what and how long.
func cookieTable(w *textWriter) []page.Block {
	t := &page.Table{
		Caption: w.t("text.cookie.caption"),
		Head:    []string{w.t("text.cookie.name"), w.t("text.cookie.purpose"), w.t("text.cookie.life")},
	}
	for _, c := range Cookies() {
		t.Rows = append(t.Rows, []string{c.Name, w.t(c.Purpose), w.life(c.Life)})
	}
	t.Rows = append(t.Rows, []string{hintStorage, w.t("text.cookie.hint"), w.t("text.cookie.until_deleted")})
	return []page.Block{{Table: t}}
}

func (w *textWriter) life(d time.Duration) string {
	return w.p.N("text.cookie.days", int(d/(24*time.Hour)))
}
