package live_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
)

// at is a moment of a summer's evening, in London and elsewhere.
var at = time.Date(2026, 7, 1, 19, 32, 5, 0, time.UTC)

func render(ctx context.Context, t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func around(ctx context.Context, html string) context.Context {
	return templ.WithChildren(ctx, text(html))
}

func text(html string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := w.Write([]byte(html))
		return err
	})
}

// broken is a component, or a visitor, that fails.
type broken struct{}

var errBroken = errors.New("broken")

func (broken) Render(context.Context, io.Writer) error { return errBroken }
func (broken) Write([]byte) (int, error)               { return 0, errBroken }
