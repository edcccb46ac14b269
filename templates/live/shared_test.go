package live_test

import (
	"context"
	"io"
	"slices"
	"testing"

	"github.com/a-h/templ"

	"caveau/templates/live"
)

// shared is a part of a page with bytes that many have.
func shared(key, html string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return live.Shared(key).Render(around(ctx, html), w)
	})
}

func TestSharedParts(t *testing.T) {
	page := templ.Join(text("<main>"), shared("drawing", "<svg/>"), live.Time(stamp), shared("footer", "<footer/>"))
	for _, c := range []struct {
		name  string
		known func(string) bool
		want  string
	}{
		{"nothing is asked", nil, "<main>\x01<svg/>\x02\x00\x01<footer/>\x02"},
		{"nothing is known", func(string) bool { return false }, "<main>\x01<svg/>\x02\x00\x01<footer/>\x02"},
		{"the footer is known", func(key string) bool { return key == "footer" }, "<main>\x01<svg/>\x02\x00\x03"},
	} {
		r := live.Recorder{Known: c.known}
		if got := render(live.Record(context.Background(), &r), t, page); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if want := []string{"drawing", "footer"}; !slices.Equal(r.Shared, want) {
			t.Errorf("%s: keys %v, want %v", c.name, r.Shared, want)
		}
		if len(r.Holes) != 1 || r.Holes[0].Kind != live.OfStamp {
			t.Errorf("%s: holes %v", c.name, r.Holes)
		}
	}
}

// Known bytes are not even rendered: that is what sharing them saves.
func TestKnownPartsAreNotRendered(t *testing.T) {
	ctx := live.Record(context.Background(), &live.Recorder{Known: func(string) bool { return true }})
	if got := render(templ.WithChildren(ctx, broken{}), t, live.Shared("footer")); got != "\x03" {
		t.Errorf("%q", got)
	}
}

func TestSharedLeavesNoMarksInTheGallery(t *testing.T) {
	if got := render(context.Background(), t, shared("footer", "<footer/>")); got != "<footer/>" {
		t.Errorf("%q", got)
	}
}
