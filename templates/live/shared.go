package live

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// The marks around bytes that many pages have in common.
const (
	SharedStart = 1
	SharedEnd   = 2
)

// Shared marks its children as bytes that are the same on many pages: the footer of an edition, the
// addresses of a page in all editions. They are compressed by themselves and kept once. It changes
// nothing that a reader sees. Its children hold no holes and no Shared of their own.
func Shared() templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		children := templ.GetChildren(ctx)
		ctx = templ.ClearChildren(ctx)
		if _, recorded := ctx.Value(recorderKey{}).(*Recorder); !recorded {
			return children.Render(ctx, w)
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
