package component

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

var longNames = []string{
	"Weingut Joh. Jos. Prüm Wehlener Sonnenuhr Riesling Auslese Goldkapsel", "Château Pichon Longueville Comtesse de Lalande",
	"拉菲羅斯柴爾德酒莊", "Krug", "Trockenbeerenauslesespezialität", "W", "",
}

func TestFitNeverOverflowsItsBox(t *testing.T) {
	for _, name := range longNames {
		for _, width := range []float64{8, 30, 64.5, 140} {
			const height, most = 40, 14
			s := fit(name, width, height, most)
			for _, l := range s.lines {
				if w := advance(l) * s.size; w > width*1.0001 {
					t.Errorf("%q at %v: line %q takes %v", name, width, l, w)
				}
			}
			if h := leading * s.size * float64(len(s.lines)); h > height*1.0001 || s.size > most {
				t.Errorf("%q: %v tall at size %v", name, h, s.size)
			}
			if got := strings.ReplaceAll(strings.Join(s.lines, ""), " ", ""); got != strings.ReplaceAll(name, " ", "") {
				t.Errorf("%q came out as %q", name, got)
			}
		}
	}
}

func TestScaleIsThatOfRealBottles(t *testing.T) {
	for volume, millimetres := range map[int]float64{375: 250, 750: 300, 1500: 360, 3000: 450, 6000: 560, 15000: 750} {
		x, y := scale(volume)
		if got := y * 300; math.Abs(got-millimetres) > 0.5 {
			t.Errorf("%d ml stands %v mm tall", volume, got)
		}
		if got := x * x * y * 750; math.Abs(got-float64(volume)) > 0.5 {
			t.Errorf("%d ml is drawn for %v ml", volume, got)
		}
	}
	before := 0.0
	for volume := 100; volume <= 20000; volume += 50 {
		_, y := scale(volume)
		if y < before {
			t.Fatalf("%d ml is smaller than less", volume)
		}
		before = y
	}
}

func TestOutlinesGoDownAndStayInTheDrawing(t *testing.T) {
	for name, s := range shapes {
		y := 0.0
		for i, part := range s.outline {
			for k := 0; k < len(part); k += 2 {
				if part[k] < 0 || part[k] > s.radius+0.01 {
					t.Errorf("%s, segment %d: x %v is outside the body", name, i, part[k])
				}
			}
			if end := part[len(part)-1]; end < y {
				t.Errorf("%s, segment %d goes up", name, i)
			} else {
				y = end
			}
		}
		if y != s.height {
			t.Errorf("%s ends at %v, not at %v", name, y, s.height)
		}
		if s.label.from >= s.label.to || s.label.to > s.height || s.capsule >= s.label.from {
			t.Errorf("%s: the label is not on the body", name)
		}
	}
}

func TestAboveCutsWhereAsked(t *testing.T) {
	for name, s := range shapes {
		cut := above(s.top, s.outline, s.capsule)
		last := cut[len(cut)-1]
		if y := last[len(last)-1]; math.Abs(y-s.capsule) > 0.01 {
			t.Errorf("%s is cut at %v, not at %v", name, y, s.capsule)
		}
	}
}

func TestNeighboursAreNotDressedAlike(t *testing.T) {
	for _, seeds := range [][2]string{{"a", "b"}, {"chateau-margaux", "chateau-palmer"}, {"x", "x"}} {
		for place := 1; place < 9; place++ {
			left := Bottle{Seed: seeds[0], Neighbour: place}
			right := Bottle{Seed: seeds[1], Neighbour: place + 1}
			if left.layout(hash(left.Seed)) == right.layout(hash(right.Seed)) {
				t.Errorf("%v at %d", seeds, place)
			}
		}
	}
}

func TestEveryBottleIsWellFormed(t *testing.T) {
	for name := range shapes {
		for place := range 5 {
			for _, volume := range []int{187, 750, 15000, 0} {
				b := Bottle{Shape: name, Colour: "red", Name: longNames[place], Appellation: "Côte <Rôtie>", Year: "1990", Volume: volume, Seed: name, Neighbour: place}
				svg := rendered(t, b.View())
				if strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
					t.Errorf("%s, %d ml: a number is none: %s", name, volume, svg)
				}
				parse(t, svg)
			}
		}
	}
}

func rendered(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func parse(t *testing.T, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
	}
}
