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
