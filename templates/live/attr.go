package live

import (
	"bytes"
	"context"
	"io"

	"github.com/a-h/templ"
)

// Tag opens an element whose attributes hang on stock; the template closes it as usual. Templ has no
// components inside a tag, so the opening tag is written here: name and attributes from the template,
// holes behind them.
//
//	@live.Tag("li", templ.Attributes{"class": "offer"}, live.DisabledAttr(o.Stock)) { … } </li> is written by Tag
func Tag(name string, attributes templ.Attributes, holes ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if err := open(ctx, w, name, attributes, holes); err != nil {
			return err
		}
		if void[name] {
			return nil
		}
		if err := templ.GetChildren(ctx).Render(templ.ClearChildren(ctx), w); err != nil {
			return err
		}
		_, err := io.WriteString(w, "</"+name+">")
		return err
	})
}

var void = map[string]bool{"input": true, "link": true, "meta": true}

func open(ctx context.Context, w io.Writer, name string, attributes templ.Attributes, holes []templ.Component) error {
	var b bytes.Buffer
	b.WriteString("<" + name)
	if err := templ.RenderAttributes(ctx, &b, attributes); err != nil {
		return err
	}
	for _, hole := range holes {
		if err := hole.Render(ctx, &b); err != nil {
			return err
		}
	}
	b.WriteByte('>')
	_, err := w.Write(b.Bytes())
	return err
}

// Words of a place on the stock board, as a span of that class with its level (data-level="none", "low" or
// "many") and a dot in front (stock.css). One hole takes both.
func Words(s Stock, p *Phrase) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if _, err := io.WriteString(w, `<span class="stock"`); err != nil {
			return err
		}
		if err := Text(s, p.levelled()).Render(ctx, w); err != nil {
			return err
		}
		_, err := io.WriteString(w, `</span>`)
		return err
	})
}

// DisabledAttr is disabled where nothing is left.
func DisabledAttr(s Stock) templ.Component { return Text(s, disabledAttr) }

// OpenAttr opens a disclosure where nothing is left.
func OpenAttr(s Stock) templ.Component { return Text(s, openAttr) }

// Count is the bare number.
func Count(s Stock) templ.Component { return Text(s, count) }
