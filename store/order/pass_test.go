package order_test

import (
	"strings"
	"testing"

	"caveau/store/order"
)

func TestAPassOpensItsOrderAlone(t *testing.T) {
	older, newer := []byte(strings.Repeat("a", 32)), []byte(strings.Repeat("b", 32))
	before, err := order.NewPasses(older)
	if err != nil {
		t.Fatal(err)
	}
	now, err := order.NewPasses(newer, older)
	if err != nil {
		t.Fatal(err)
	}
	pass := before.For("FR-100000")
	if len(pass) != 22 || !now.Opens("FR-100000", pass) || !now.Opens("FR-100000", now.For("FR-100000")) {
		t.Errorf("pass %q does not open its order", pass)
	}
	for name, wrong := range map[string]bool{
		"another order's":    now.Opens("FR-100001", pass),
		"of a key to come":   before.Opens("FR-100000", now.For("FR-100000")),
		"empty":              now.Opens("FR-100000", ""),
		"cut":                now.Opens("FR-100000", pass[:21]),
		"longer":             now.Opens("FR-100000", pass+"A"),
		"not of our letters": now.Opens("FR-100000", strings.Repeat("+", 22)),
	} {
		if wrong {
			t.Errorf("a pass that is %s opens an order", name)
		}
	}
	for _, keys := range [][][]byte{nil, {[]byte("short")}} {
		if _, err := order.NewPasses(keys...); err == nil {
			t.Errorf("%d keys are taken", len(keys))
		}
	}
}
