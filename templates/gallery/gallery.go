package gallery

import (
	"bytes"
	"context"
	"io"
	"time"

	"caveau/i18n"
	"caveau/templates/live"

	"github.com/a-h/templ"
)

// State is a page in a named state: "vintage/fr", "cart/sixty".
type State struct {
	Name      string
	Component templ.Component
}

// Assets are the addresses that the fixtures name; goldens keep their placeholders.
type Assets struct{ CSS, Script, Font, Icon string }

// Pages are all states, in the languages that try a layout most.
func Pages(cat *i18n.Catalogue) []State {
	return With(cat, Assets{"/assets/caveau.css", "/assets/caveau.js", "/assets/eb-garamond.woff2", "/assets/caveau.svg"})
}

// With is Pages with real assets, for pictures.
func With(cat *i18n.Catalogue, a Assets) []State {
	var all []State
	for _, l := range []i18n.Locale{"fr-FR", "de-DE", "zh-Hant-HK", "en-GB"} {
		all = append(all, newShop(cat, l, a).pages()...)
	}
	fr := newShop(cat, "fr-FR", a)
	return append(all, fr.states()...)
}

// Time of the fixtures' reading.
var Time = time.Date(2026, 1, 31, 13, 32, 5, 0, time.UTC)

// filled renders a component as the server does: first with holes, then with a reading.
func filled(c templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		var recorder live.Recorder
		var b bytes.Buffer
		if err := c.Render(live.Record(ctx, &recorder), &b); err != nil {
			return err
		}
		_, err := w.Write(fill(b.Bytes(), recorder.Holes))
		return err
	})
}

func fill(page []byte, holes []live.Hole) []byte {
	reading := live.Sample{At: Time, Badge: 3}.Reading()
	reading.Count = count
	var out []byte
	for i, part := range bytes.Split(page, []byte{live.Marker}) {
		if i > 0 {
			out = append(out, holes[i-1].Words(reading).Text...)
		}
		out = append(out, part...)
	}
	return out
}

func count(s live.Stock) int {
	sum := 0
	for _, n := range s {
		sum += int(n)
	}
	return sum
}
