package e2e

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/playwright-community/playwright-go"

	"caveau/e2e/browser"
	"caveau/store/route"
)

// Nothing is left of a vintage: who leaves an address and confirms it is told when a bottle comes. No page but the last button writes, and
// no script is needed.
func TestBackInStockIsToldByLetter(t *testing.T) {
	e := edition(t, "fr")
	gone := soldOut(t, e.Market.Warehouse)
	v := visit(t, e, browser.Way{Device: browser.Phone, NoScript: true})
	v.opensPage(gone.page())
	v.must(v.expect.Locator(v.page.Locator("details.alert[open]")).ToHaveCount(1))
	v.leavesAddress("emilie.alert@example.com")
	asked := letter(t, "alert.confirm", "emilie.alert@example.com")
	before := rowsOfAlerts(t)
	for range 2 {
		v.opens(asked["link"])
		v.opens(asked["unsubscribe"])
	}
	if after := rowsOfAlerts(t); after != before {
		t.Errorf("to look at the links changes the tables: %s, before %s", after, before)
	}
	v.opens(asked["link"])
	v.clicks(v.page.Locator("main .btn"))
	v.must(v.expect.Locator(v.page.Locator("main .btn")).ToHaveCount(0))
	update(t, theShop(t).Primary, gone.skus[1], e.Market.Warehouse, 2)
	told := letter(t, "alert.stock", "emilie.alert@example.com")
	if told["link"] != path(t, e, gone.page()) || told["price"] == "" {
		t.Errorf("the letter says %v", told)
	}
	v.opens(told["link"])
	v.must(v.expect.Locator(v.page.Locator(fmt.Sprintf(`label.offer[data-sku=%q] > .stock`, gone.skus[1]))).Not().ToHaveAttribute("data-level", "none"))
	v.opens(told["unsubscribe"])
	v.clicks(v.page.Locator("main .quiet"))
	within(t, 10*time.Second, "the address is gone", func() bool {
		left := -1
		err := theShop(t).Primary.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM alert WHERE email = 'emilie.alert@example.com'`).Scan(&left)
		return err == nil && left == 0
	})
}

// leavesAddress fills in the box of the page and arrives at the one answer that there is.
func (v *visitor) leavesAddress(email string) {
	v.Helper()
	v.tries("fill in the address", func(limit *float64) error {
		return v.page.Locator(".alert input[type=email]").Fill(email, playwright.LocatorFillOptions{Timeout: limit})
	})
	v.clicks(v.page.Locator(".alert .btn"))
	v.arrives(path(v.T, v.edition, route.Page{Kind: route.Alerts}) + "/asked")
}

// letter waits for a letter to somebody, and returns its data.
func letter(t *testing.T, topic, to string) (data map[string]string) {
	t.Helper()
	within(t, 10*time.Second, topic+" to "+to, func() bool {
		var raw []byte
		err := theShop(t).Primary.QueryRowContext(t.Context(), `SELECT data FROM letter WHERE topic = ? AND recipient = ? ORDER BY id DESC LIMIT 1`, topic, to).Scan(&raw)
		return err == nil && json.Unmarshal(raw, &data) == nil
	})
	return data
}

// rowsOfAlerts tells all there is in the tables of alerts and letters.
func rowsOfAlerts(t *testing.T) string {
	t.Helper()
	var all []string
	for _, table := range []string{"alert", "alert_token", "alert_asked", "letter"} {
		var name, sum string
		if err := theShop(t).Primary.QueryRowContext(t.Context(), `CHECKSUM TABLE `+table).Scan(&name, &sum); err != nil {
			t.Fatal(err)
		}
		all = append(all, sum)
	}
	return strings.Join(all, " ")
}

// Whoever asks learns nothing of others: the same bytes for an address that is new, one that waits, and one too many.
func TestAskingForAnAlertIsAnsweredAlike(t *testing.T) {
	e := edition(t, "fr")
	gone := soldOut(t, e.Market.Warehouse)
	ask := func() string {
		form := url.Values{"of": {fmt.Sprintf("vintage:%s/%d", gone.wine, gone.year)}, "email": {"alike@example.com"}}
		a := postTo(t, e, path(t, e, route.Page{Kind: route.Alerts}), form)
		asked := get(t, theShop(t).URL(e.Market.Code, a.Header.Get("Location")))
		return fmt.Sprint(a.StatusCode, a.Header.Get("Location"), a.body, asked.body)
	}
	first := ask()
	for n := range 8 { // more than an hour allows
		if next := ask(); next != first {
			t.Fatalf("asked again (%d), the answer is another: %q, first %q", n, next, first)
		}
	}
}
