package e2e

import (
	"os/exec"
	"strings"
	"testing"
)

// The staff notes what becomes of an order, and the shopper's page says so. What cannot be is refused, and changes nothing.
func TestTheStaffMovesAnOrder(t *testing.T) {
	e := edition(t, "de")
	wine := inStock(t, e.Market.Warehouse, 4, nil)
	cookie, form := checkout(t, e, wine.skus[0])
	where := post(t, e, "/checkout", form, cookie).Header.Get("Location")
	_, number, _ := strings.Cut(where, "number=")
	number, _, _ = strings.Cut(number, "&")
	had := stockOf(t, wine.skus[0], e.Market.Warehouse)
	for _, step := range []struct {
		args []string
		done bool
		page string // what the order's page says then
	}{
		{[]string{"ship", number}, false, "Zahlung ausstehend"}, // nobody has paid
		{[]string{"paid", number, "--reference", "SEPA-" + number}, true, "Bezahlt"},
		{[]string{"paid", number, "--reference", "SEPA-" + number}, true, "Bezahlt"}, // the same line of the statement
		{[]string{"ship", number, "--note", "1Z 999"}, true, "Unterwegs"},
		{[]string{"cancel", number}, false, "Unterwegs"},
		{[]string{"deliver", number}, true, "Geliefert"},
		{[]string{"show", "DE-1"}, false, "Geliefert"},
	} {
		said, err := staff(t, step.args...)
		if (err == nil) != step.done {
			t.Errorf("%v: %v: %s", step.args, err, said)
		}
		if page := get(t, theShop(t).URL("de", where)).document(t); !strings.Contains(page.Find(".lead").Text(), step.page) {
			t.Errorf("after %v the page says %q", step.args, page.Find(".lead").Text())
		}
	}
	said, err := staff(t, "show", number)
	for _, want := range []string{number, "staff:", "SEPA-" + number, "1Z 999", wine.skus[0], "emilie@example.com", "declared: age-declaration, terms"} {
		if err != nil || !strings.Contains(said, want) {
			t.Errorf("show says nothing of %s: %v\n%s", want, err, said)
		}
	}
	if left := stockOf(t, wine.skus[0], e.Market.Warehouse); left != had {
		t.Errorf("%d left of %d: an order that moves takes no bottles", left, had)
	}
}

// staff runs a command of the order kind.
func staff(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), theBinary(t), append([]string{"order"}, args...)...)
	cmd.Env = append(cmd.Environ(), "CAVEAU_PRIMARY_DSN="+theShop(t).Env["CAVEAU_PRIMARY_DSN"], "USER=marie")
	out, err := cmd.CombinedOutput()
	return string(out), err
}
