package live

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// The marks around bytes that many pages have in common.
const (
	SharedStart = 1 // the bytes follow, up to SharedEnd
	SharedEnd   = 2
	SharedKnown = 3 // the renderer has the bytes already
	SharedOfKin = 4 // the renderer puts in what the pages of a kin have in common
)

// Shared marks its children as bytes that are the same wherever the key is: the footer of an edition,
// the drawing of a vintage's bottle. They are rendered and compressed once and kept for all pages. It
// changes nothing that a reader sees. Its children hold no holes and no Shared of their own; the key
// must name everything that they hang on.
func Shared(key string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		children := templ.GetChildren(ctx)
		ctx = templ.ClearChildren(ctx)
		r, recorded := ctx.Value(recorderKey{}).(*Recorder)
		if !recorded {
			return children.Render(ctx, w)
		}
		r.Shared = append(r.Shared, key)
		if r.Known != nil && r.Known(key) {
			_, err := w.Write([]byte{SharedKnown})
			return err
		}
		if _, err := w.Write([]byte{SharedStart}); err != nil {
			return err
		}
		if err := children.Render(ctx, w); err != nil {
			return err
		}
		_, err := w.Write([]byte{SharedEnd})
		return err
	})
}

// Kin marks where a page has room for the text that it has in common with its kin: with pages that are made
// alike, such as all vintage pages of an edition. What that text is the renderer learns from some of them;
// it puts it there as an HTML comment, and the page's own bytes, compressed, are hardly more than what
// tells it from the others. Without a renderer that knows the kin there is nothing.
func Kin(kin string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		r, recorded := ctx.Value(recorderKey{}).(*Recorder)
		if kin == "" || !recorded || r.Common == nil || !r.Common(kin) {
			return nil
		}
		r.Shared = append(r.Shared, kin)
		_, err := w.Write([]byte{SharedOfKin})
		return err
	})
}
