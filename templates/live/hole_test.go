package live_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"caveau/templates/live"
)

var (
	bottles = live.NewPhrase(func(n int) string { return strconv.Itoa(n) + " bottles" })
	badge   = live.NewPhrase(func(n int) string { return strings.TrimPrefix(strconv.Itoa(n), "0") })
	stamp   = live.NewStamp(time.UTC, checked, known)
)

// row is what a template of a list's row makes: an element with a hole, text with one, and words with their level.
func row(slot uint32) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		stock := live.Stock{slot}
		inside := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			if err := live.Text(stock, bottles).Render(ctx, w); err != nil {
				return err
			}
			return live.Words(stock, bottles).Render(ctx, w)
		})
		tag := live.Tag("li", templ.Attributes{"class": "offer"}, live.DisabledAttr(stock))
		return tag.Render(templ.WithChildren(ctx, inside), w)
	})
}

func TestHolesAreRecordedInTheirOrder(t *testing.T) {
	var r live.Recorder
	ctx := live.Record(context.Background(), &r)
	page := render(ctx, t, templ.Join(live.Badge(badge), row(4), row(9), live.Time(stamp)))
	const hole = "\x00"
	one := `<li class="offer"` + hole + ">" + hole + `<span class="stock"` + hole + "</span></li>"
	want := hole + one + one + hole
	if page != want {
		t.Errorf("rendered\n%q, want\n%q", page, want)
	}
	if len(r.Holes) != strings.Count(page, hole) {
		t.Fatalf("%d holes are recorded, %d are in the page", len(r.Holes), strings.Count(page, hole))
	}
	var got []string
	for _, h := range r.Holes {
		got = append(got, fmt.Sprint(h.Kind, h.Stock, h.Width()))
	}
	disabled, words, levelled := len(" disabled"), len("99999 bottles"), len(` data-level="many">99999 bottles`)
	element := len(`<time datetime="2026-07-01T19:32:05Z"></time>`) + stamp.Width()
	for i, want := range []string{
		fmt.Sprint(live.OfBadge, live.Stock(nil), 5),
		fmt.Sprint(live.OfStock, live.Stock{4}, disabled), fmt.Sprint(live.OfStock, live.Stock{4}, words), fmt.Sprint(live.OfStock, live.Stock{4}, levelled),
		fmt.Sprint(live.OfStock, live.Stock{9}, disabled), fmt.Sprint(live.OfStock, live.Stock{9}, words), fmt.Sprint(live.OfStock, live.Stock{9}, levelled),
		fmt.Sprint(live.OfStamp, live.Stock(nil), element),
	} {
		if got[i] != want {
			t.Errorf("hole %d is %s, want %s", i, got[i], want)
		}
	}
}

// Whatever is read, a hole takes the bytes that it said it would.
func TestHolesFillTheirWidth(t *testing.T) {
	var r live.Recorder
	render(live.Record(context.Background(), &r), t, templ.Join(row(4), live.Badge(badge), live.Time(stamp)))
	for _, sample := range []live.Sample{{At: at}, {Count: 3, Badge: 12, At: at, Stale: true}, {Count: 1 << 30, Badge: 1 << 30, At: at.In(time.FixedZone("", 3600))}} {
		for i, h := range r.Holes {
			if got := h.Words(sample.Reading()).Text; len(got) != h.Width() {
				t.Errorf("%+v: hole %d is %q, want %d bytes", sample, i, got, h.Width())
			}
		}
	}
}

func TestHolesAreFilledAtOnceWithASample(t *testing.T) {
	ctx := live.With(context.Background(), live.Sample{Count: 2, Badge: 12, At: at.In(time.FixedZone("CEST", 7200)), Stale: true})
	got := render(ctx, t, templ.Join(live.Badge(badge), row(4), live.Time(stamp)))
	want := `12   <li class="offer"         >2 bottles    <span class="stock" data-level="low">2 bottles     </span></li>` +
		`<time datetime="2026-07-01T19:32:05Z">zuletzt bekannt um 19:32:05</time>`
	if got != want {
		t.Errorf("rendered\n%q, want\n%q", got, want)
	}
}

func TestSumOfSeveralPlaces(t *testing.T) {
	reading := live.Reading{Count: func(s live.Stock) (sum int) {
		for _, slot := range s {
			sum += int(slot)
		}
		return sum
	}}
	got := live.Hole{Kind: live.OfStock, Stock: live.Stock{3, 4, 5}, Phrase: bottles}.Words(reading).Text
	if strings.TrimSpace(string(got)) != "12 bottles" {
		t.Errorf("%q", got)
	}
}

func TestTag(t *testing.T) {
	ctx := live.With(context.Background(), live.Sample{Count: 0})
	for _, c := range []struct {
		name string
		tag  templ.Component
		want string
	}{
		{"attributes in order, escaped", live.Tag("p", templ.Attributes{"id": "a", "class": `x"y`}), `<p class="x&#34;y" id="a">in</p>`},
		{"without any", live.Tag("b", nil), `<b>in</b>`},
		{"nothing within", live.Tag("input", templ.Attributes{"name": "n"}, live.DisabledAttr(live.Stock{1})), `<input name="n" disabled>`},
		{"true and false", live.Tag("button", templ.Attributes{"hidden": true, "inert": false}), `<button hidden>in</button>`},
	} {
		if got := render(around(ctx, "in"), t, c.tag); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// The children of a tag are its own: what is rendered within gets none of them again.
func TestTagHandsItsChildrenOnOnce(t *testing.T) {
	ctx := templ.WithChildren(context.Background(), live.Tag("b", nil))
	if got := render(ctx, t, live.Tag("p", nil)); got != "<p><b></b></p>" {
		t.Errorf("%s", got)
	}
}

func TestFailuresAreHandedOn(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct {
		ctx context.Context
		of  templ.Component
	}{
		"children of a tag":  {templ.WithChildren(ctx, broken{}), live.Tag("p", nil)},
		"hole of a tag":      {ctx, live.Tag("p", nil, broken{})},
		"children of shared": {live.Record(templ.WithChildren(ctx, broken{}), &live.Recorder{}), live.Shared("key")},
	} {
		if err := c.of.Render(c.ctx, &strings.Builder{}); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]templ.Component{"tag": live.Tag("p", nil), "hole": live.Time(stamp), "shared": live.Shared("key")} {
		if err := c.Render(live.Record(ctx, &live.Recorder{}), broken{}); !errors.Is(err, errBroken) {
			t.Errorf("%s, written to nobody: %v", name, err)
		}
	}
}
