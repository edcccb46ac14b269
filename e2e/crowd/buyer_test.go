package crowd

import (
	"crypto/rand"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"caveau/store/cart"
	"caveau/store/order"
)

// buyer is one of the crowd.
type buyer struct {
	*rush
	client int
	chance *mathrand.Rand
	mine   []bought
	doubts []doubt
}

// want is so many units of a SKU.
type want struct {
	sku string
	n   int
}

// bought is an order with what it took.
type bought struct {
	number order.Number
	list   []want
}

// doubt is an act of which nobody knows whether it was done.
type doubt struct {
	key   order.Key
	list  []want
	began time.Time
}

// buy goes on until all attempts are made: checkouts, and now and then an earlier order is called off or bottles arrive.
func (b *buyer) buy(t *testing.T) {
	for b.left.Add(-1) >= 0 {
		b.attempt(t)
		switch dice := b.chance.IntN(20); {
		case dice < 5 && len(b.mine) > 0:
			b.giveUp(t)
		case dice == 5:
			b.receive(t, b.hot[b.chance.IntN(len(b.hot))])
		}
	}
}

// attempt one checkout with a cart that was filled some time ago: nobody looked since whether it is still there.
func (b *buyer) attempt(t *testing.T) {
	list := b.basket()
	cookie := b.cookie(t, list)
	form := b.form(t, cookie)
	if form == nil {
		b.unseen.Add(1)
		return
	}
	keyText := form.Get("key")
	key, err := order.ParseKey(keyText)
	if err != nil {
		t.Errorf("the form's key is %q", keyText)
		return
	}
	began := time.Now()
	a := b.balance(t, http.MethodPost, form, cookie)
	ended := time.Now()
	switch a.status {
	case http.StatusSeeOther:
		b.placed.Add(1)
		b.took(list, began, ended)
		b.mine = append(b.mine, bought{a.number(), list})
	case http.StatusConflict:
		b.refused.Add(1)
		if left, said := b.short(t, a.body); said && len(list) == 1 {
			b.history.Refused(b.client, list[0].sku, list[0].n, left, began, ended)
		}
	default:
		b.doubtful.Add(1)
		b.doubts = append(b.doubts, doubt{key, list, began})
	}
}

// basket is one SKU or up to three, half of them hot.
func (b *buyer) basket() []want {
	var list []want
	seen := map[string]bool{}
	for range max(1, b.chance.IntN(6)-2) {
		sku := b.cold[b.chance.IntN(len(b.cold))]
		if b.chance.IntN(2) == 0 {
			sku = b.hot[b.chance.IntN(len(b.hot))]
		}
		if !seen[sku] {
			list = append(list, want{sku, 1 + b.chance.IntN(3)})
		}
		seen[sku] = true
	}
	return list
}

// cookie is the cart as the shop would have left it in the browser.
func (b *buyer) cookie(t *testing.T, list []want) string {
	t.Helper()
	id, err := cart.NewID(rand.Reader)
	c := cart.Cart{Market: market}
	for _, w := range list {
		if err == nil {
			c, err = c.Add(w.sku, w.n)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := b.mirror.Seal(id, c)
	if err != nil {
		t.Fatal(err)
	}
	return "__Host-cart=" + sealed
}

// form is the checkout as the shop asks it, filled in; nil when no instance could show it.
func (b *buyer) form(t *testing.T, cookie string) url.Values {
	t.Helper()
	a := b.balance(t, http.MethodGet, nil, cookie)
	if a.status != http.StatusOK {
		return nil
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	if err != nil {
		t.Error(err)
		return nil
	}
	form := url.Values{
		"email": {fmt.Sprintf("buyer-%d@example.com", b.client)}, "recipient": {"Émilie"}, "line1": {"Markt 1"}, "locality": {"Weimar"}, "postcode": {"99423"},
	}
	for _, hidden := range doc.Find(`.checkout__form input[type="hidden"]`).EachIter() {
		form.Set(hidden.AttrOr("name", ""), hidden.AttrOr("value", ""))
	}
	for _, box := range doc.Find(`.checkout__form input[type="checkbox"]`).EachIter() {
		form.Set(box.AttrOr("name", ""), "yes")
	}
	if form.Get("total") == "" {
		t.Errorf("an instance shows no total: %s", strings.TrimSpace(doc.Find("#problems").Text()))
		return nil
	}
	return form
}

// answer of an instance.
type answer struct {
	status   int
	location string
	body     string
}

func (a answer) number() order.Number {
	at, err := url.Parse(a.location)
	if err != nil {
		return ""
	}
	return order.Number(at.Query().Get("number"))
}

// balance a request: where an instance gives no answer, or says that it could not, the same goes to the next. What a shopper does
// who presses the button again is no different.
func (b *buyer) balance(t *testing.T, method string, form url.Values, cookie string) answer {
	t.Helper()
	first := b.chance.IntN(len(b.instances.all))
	last := answer{}
	for i := range 2 * len(b.instances.all) {
		a, ok := b.once(t, first+i, method, form, cookie)
		if ok && a.status < http.StatusInternalServerError {
			return a
		}
		b.again.Add(1)
		last = a
	}
	return last
}

// once asks one instance; false when it gave no answer.
func (b *buyer) once(t *testing.T, which int, method string, form url.Values, cookie string) (answer, bool) {
	t.Helper()
	one := b.instances.all[which%len(b.instances.all)]
	req, err := http.NewRequestWithContext(t.Context(), method, "http://"+one.addr+checkoutPath, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Host = host
	req.Header.Set("Cookie", cookie)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := b.instances.client.Do(req)
	if err != nil {
		return answer{}, false
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header.Get("Location"), string(body)}, err == nil
}

// short reads how many of a SKU are left out of the problem that the page shows first; false where it is about something else.
func (b *buyer) short(t *testing.T, page string) (left int, said bool) {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Error(err)
		return 0, false
	}
	text := strings.TrimSpace(doc.Find("#problems li").First().Text())
	if strings.HasSuffix(text, b.words.T("cart.sold_out")) {
		return 0, true
	}
	at := strings.LastIndex(text, ": ")
	for n := 1; n < 30; n++ {
		if at >= 0 && text[at+2:] == b.words.N("cart.left", n) {
			return n, true
		}
	}
	t.Errorf("refused because of %q", text)
	return 0, false
}

// took notes what was done.
func (b *buyer) took(list []want, began, ended time.Time) {
	for _, w := range list {
		b.history.Took(b.client, w.sku, w.n, began, ended)
	}
}

// giveUp calls off the oldest order of the buyer's.
func (b *buyer) giveUp(t *testing.T) {
	t.Helper()
	order := b.mine[0]
	b.mine = b.mine[1:]
	began := time.Now()
	if _, err := b.orders.GiveUp(t.Context(), order.number); err != nil {
		t.Errorf("give up %s: %v", order.number, err)
		return
	}
	for _, w := range order.list {
		b.history.Took(b.client, w.sku, -w.n, began, time.Now())
	}
}

// receive one unit of a SKU: a plain UPDATE, as the ERP or a hand would do it.
func (b *buyer) receive(t *testing.T, sku string) {
	t.Helper()
	began := time.Now()
	tx, err := b.db.Primary.BeginTx(t.Context(), nil)
	if err != nil {
		t.Logf("nothing was received: %v", err)
		return
	}
	defer tx.Rollback() //nolint:errcheck // nothing to undo after Commit
	for _, statement := range []string{
		`UPDATE stock SET available = available + 1 WHERE sku = ? AND warehouse = '` + warehouse + `'`, `UPDATE supply SET units = units + 1 WHERE sku = ?`,
	} {
		if _, err := tx.ExecContext(t.Context(), statement, sku); err != nil {
			t.Logf("nothing was received: %v", err)
			return
		}
	}
	if err := tx.Commit(); err != nil {
		t.Errorf("receive: %v", err)
		return
	}
	b.history.Took(b.client, sku, -1, began, time.Now())
}

// settle asks what became of all that is in doubt. To ask waits for whatever is still being committed, so what is not there then
// will never be.
func (b *buyer) settle(t *testing.T) {
	for _, d := range b.doubts {
		placed, err := b.orders.Outcome(t.Context(), d.key)
		if err == nil {
			b.took(d.list, d.began, time.Now())
			b.mine = append(b.mine, bought{placed.Number, d.list})
		}
	}
	b.doubts = nil
}

func quoted(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strconv.Quote(s)
	}
	return strings.Join(out, ", ")
}
