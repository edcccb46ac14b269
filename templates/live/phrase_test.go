package live_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"caveau/templates/live"
)

// The bytes behind a hole are compressed once: whatever the number, they must stay where they are.
func TestPhraseKeepsItsWidth(t *testing.T) {
	for name, of := range map[string]func(int) string{
		"digits":        strconv.Itoa,
		"plural":        func(n int) string { return fmt.Sprintf("%d caisse%s", n, map[bool]string{true: "s"}[n > 1]) },
		"grouped":       grouped,
		"few":           func(n int) string { return map[bool]string{true: "the very last bottle of all"}[n == 1] },
		"in the middle": func(n int) string { return map[bool]string{true: "some thousands"}[n >= 3000 && n < 9000] },
		"at the end":    func(n int) string { return map[bool]string{true: "more than anybody counted"}[n == live.MaxCount] },
		"constant":      func(int) string { return "sold" },
		"nothing":       func(int) string { return "" },
		"widest at the end of what is kept": func(n int) string {
			return strings.Repeat("x", max(0, n-60)%4)
		},
	} {
		p := live.NewPhrase(of)
		for n := range live.MaxCount + 1 {
			got := string(p.Words(n).Text)
			if len(got) != p.Width() || strings.TrimRight(got, " ") != of(n) {
				t.Errorf("%s: %d is %q, want %q in %d bytes", name, n, got, of(n), p.Width())
				break
			}
		}
	}
}

// grouped writes 1 234 as French does, with a narrow blank of three bytes.
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n) + " bouteilles"
	}
	return fmt.Sprintf("%d\u202f%03d bouteilles", n/1000, n%1000)
}

func TestPhraseTakesAnyNumber(t *testing.T) {
	p := live.NewPhrase(strconv.Itoa)
	for n, want := range map[int]string{-3: "0    ", 0: "0    ", 7: "7    ", live.MaxCount: "99999", live.MaxCount + 1: "99999", 1 << 40: "99999"} {
		if got := string(p.Words(n).Text); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestLevels(t *testing.T) {
	for n, want := range map[int]live.Level{-1: live.None, 0: live.None, 1: live.Low, live.LowCount: live.Low, live.LowCount + 1: live.Many, live.MaxCount: live.Many} {
		if got := live.LevelOf(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

func TestAttributesOfStock(t *testing.T) {
	for _, c := range []struct {
		n                      int
		words, disabled, count string
	}{
		{0, `<span class="stock" data-level="none">0 bottles    </span>`, ` disabled`, `0    `},
		{2, `<span class="stock" data-level="low">2 bottles     </span>`, `         `, `2    `},
		{250, `<span class="stock" data-level="many">250 bottles  </span>`, `         `, `250  `},
	} {
		ctx := live.With(context.Background(), live.Sample{Count: c.n})
		for _, pair := range [][2]string{
			{render(ctx, t, live.Words(live.Stock{1}, bottles)), c.words},
			{render(ctx, t, live.DisabledAttr(live.Stock{1})), c.disabled},
			{render(ctx, t, live.Count(live.Stock{1})), c.count},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%d left: %q, want %q", c.n, pair[0], pair[1])
			}
		}
	}
}
