package search

import "testing"

// The short way of folding is the long one's.
func TestWesternLettersFoldAlike(t *testing.T) {
	for r := range rune(len(western)) {
		for _, s := range []string{string(r), "a" + string(r) + "b", string(r) + string(r)} {
			if got, ok := plainLatin(s); !ok || got != slowPlain(s) {
				t.Errorf("%q is folded as %q, want %q", s, got, slowPlain(s))
			}
		}
	}
	if _, ok := plainLatin("e\u0301"); ok {
		t.Error("an accent that stands apart is taken the short way")
	}
	for name, want := range map[string]string{"Château Pétrus": "chateau petrus", "Weingut Weiß": "weingut weiss", "Œil de Perdrix": "oeil de perdrix", "L'If": "l if"} {
		if got := Folded(name); got != want {
			t.Errorf("%s is folded as %s", name, got)
		}
	}
}
