package e2e

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"caveau/e2e/browser"
)

// A shopper orders by bank transfer; the confirmation comes by mail, and its link opens the order on another device. The staff
// notes the payment, and the invoice comes by mail and can be had from the order's page.
func TestAnOrderByMail(t *testing.T) {
	e := edition(t, "fr")
	wine := inStock(t, e.Market.Warehouse, 4, nil)
	cookie, form := checkout(t, e, wine.skus[0])
	form.Set("postcode", "33000")
	form.Set("email", "courrier@example.com")
	where := post(t, e, "/checkout", form, cookie).Header.Get("Location")
	_, number, _ := strings.Cut(where, "number=")
	number, _, _ = strings.Cut(number, "&")
	if number == "" {
		t.Fatalf("the checkout leads to %q", where)
	}
	confirmed := mailAbout(t, number, "Confirmation")
	link, _ := confirmed.Find("a.button").Attr("href")
	if !strings.Contains(link, "pass=") || strings.Contains(link, "key=") {
		t.Fatalf("the mail leads to %q", link)
	}

	other := visit(t, e, browser.Way{Device: browser.Phone, NoScript: true}) // without any cookie
	other.opens(strings.TrimPrefix(link, theShop(t).URL("fr", "")))
	other.sees("h1", number)
	other.looksRound()
	if said, err := staff(t, "paid", number, "--reference", "SEPA-"+number); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	paid := mailAbout(t, number, "Paiement")
	file, _ := paid.Find("ul a").Attr("href")
	if pdf := fromSink(t, file); !strings.HasPrefix(pdf, "%PDF-") {
		t.Errorf("the mail's file %q is no invoice: %.20q", file, pdf)
	}
	other.reloads()
	other.sees("a[download]", "FR-I-")
	href, err := other.page.Locator("a[download]").GetAttribute("href")
	other.must(err)
	res, err := theShop(t).Client().Get(theShop(t).URL("fr", href))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	pdf, err := io.ReadAll(res.Body)
	if err != nil || string(pdf) != fromSink(t, file) {
		t.Errorf("the page's invoice is not the mail's: %d and %d bytes (%v)", len(pdf), len(fromSink(t, file)), err)
	}
	if said, err := staff(t, "show", number); err != nil || !strings.Contains(said, "FR-I-") {
		t.Errorf("show says nothing of the invoice: %v\n%s", err, said)
	}
}

// mailAbout waits for a mail that has both words in its subject or among those it went to, such as a number of an order or an address,
// and returns its page joined with its HTML.
func mailAbout(t *testing.T, about, word string) *goquery.Document {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); <-time.After(100 * time.Millisecond) {
		list := parsed(t, fromSink(t, "/"))
		row := list.Find(".mails a").FilterFunction(func(_ int, a *goquery.Selection) bool {
			return strings.Contains(a.Text(), about) && strings.Contains(a.Text(), word)
		})
		if at, found := row.Attr("href"); found {
			return parsed(t, fromSink(t, at)+fromSink(t, at+"/html"))
		}
	}
	t.Fatalf("no mail %q about %s came", word, about)
	return nil
}

// mailLinks are the paths that a mail leads to: its button, and the end of such mails where it has one.
func mailLinks(t *testing.T, mail *goquery.Document, market string) (button, stop string) {
	t.Helper()
	path := func(a *goquery.Selection) string {
		return strings.TrimPrefix(a.AttrOr("href", ""), theShop(t).URL(market, ""))
	}
	return path(mail.Find("a.button")), path(mail.Find(`a[href*="/stop"]`))
}

func parsed(t *testing.T, html string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// fromSink asks the page of the mail sink for a path.
func fromSink(t *testing.T, path string) string {
	t.Helper()
	res, err := http.Get(strings.TrimSuffix(theShop(t).Env["CAVEAU_MAILS"], "/") + path)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d, %v", path, res.StatusCode, err)
	}
	return string(body)
}
