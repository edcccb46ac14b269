package wish_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"caveau/store/wish"
)

func lists(t *rapid.T, label string) wish.List {
	return rapid.SliceOfNDistinct(rapid.Uint32Min(1), 0, wish.Max, rapid.ID[uint32]).Draw(t, label)
}

func TestAListReadsWhatItWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := lists(t, "list")
		got, err := wish.Parse(l.String())
		if err != nil || !slices.Equal(got, l) {
			t.Fatalf("%v comes back as %v: %v", l, got, err)
		}
	})
}

func TestWhatIsNoListIsRefused(t *testing.T) {
	twice, zero := wish.List{7, 7}, wish.List{0}
	long := make(wish.List, wish.Max+1)
	for i := range long {
		long[i] = uint32(i + 1)
	}
	for _, text := range []string{"", "2AQ", "1!", "1gA", "1gAE\n", "1" + strings.Repeat("A", 10_000), "1__________8", twice.String(), zero.String(), long.String()} {
		if l, err := wish.Parse(text); !errors.Is(err, wish.ErrFormat) {
			t.Errorf("%.20q is %v: %v", text, l, err)
		}
	}
}

func TestMergeIsAUnion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := lists(t, "a"), lists(t, "b")
		got := wish.Merge(a, b)
		if len(got) > wish.Max || !slices.Equal(got[:len(a)], a) {
			t.Fatalf("%v and %v are %v", a, b, got)
		}
		for _, id := range got {
			if !slices.Contains(a, id) && !slices.Contains(b, id) {
				t.Fatalf("%d is of neither", id)
			}
		}
		for _, id := range b {
			if !slices.Contains(got, id) && len(got) < wish.Max {
				t.Fatalf("%d is lost", id)
			}
		}
	})
}

func TestAFullListTakesNoMore(t *testing.T) {
	var l wish.List
	for i := range wish.Max {
		l, _ = l.Add(uint32(i + 1))
	}
	if _, err := l.Add(1000); !errors.Is(err, wish.ErrFull) {
		t.Errorf("one more: %v", err)
	}
	if next, err := l.Add(5); err != nil || len(next) != wish.Max {
		t.Errorf("one that is there: %v", err)
	}
	if l = l.Remove(5); len(l) != wish.Max-1 || slices.Contains(l, 5) {
		t.Errorf("removed: %v", l)
	}
}

func TestMissingYears(t *testing.T) {
	for _, c := range []struct{ have, want []int }{
		{[]int{1988, 1984, 1986}, []int{1985, 1987}}, {[]int{1990, 0}, nil}, {nil, nil}, {[]int{1990, 1991}, nil}, {[]int{0, 1982, 1984}, []int{1983}},
	} {
		if got := wish.Missing(c.have); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%v lacks %v, want %v", c.have, got, c.want)
		}
	}
}
