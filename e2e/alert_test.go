package e2e

import (
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
	confirm, stop := mailLinks(t, mailAbout(t, "emilie.alert@example.com", "confirmer"), "fr")
	before := rowsOfAlerts(t)
	for range 2 {
		v.opens(confirm)
		v.opens(stop)
	}
	if after := rowsOfAlerts(t); after != before {
		t.Errorf("to look at the links changes the tables: %s, before %s", after, before)
	}
	v.opens(confirm)
	v.clicks(v.page.Locator("main .btn"))
	v.must(v.expect.Locator(v.page.Locator("main .btn")).ToHaveCount(0))
	update(t, theShop(t).Primary, gone.skus[1], e.Market.Warehouse, 2)
	told := mailAbout(t, "emilie.alert@example.com", "de nouveau disponible")
	back, stop := mailLinks(t, told, "fr")
	if back != path(t, e, gone.page()) || !strings.Contains(told.Text(), "€") {
		t.Errorf("the letter leads to %s and says %s", back, told.Text())
	}
	v.opens(back)
	v.must(v.expect.Locator(v.page.Locator(fmt.Sprintf(`label.offer[data-sku=%q] > .stock`, gone.skus[1]))).Not().ToHaveAttribute("data-level", "none"))
	v.opens(stop)
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

// rowsOfAlerts tells all there is in the tables of alerts.
func rowsOfAlerts(t *testing.T) string {
	t.Helper()
	var all []string
	for _, table := range []string{"alert", "alert_token", "alert_asked"} {
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
