package layout

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/a-h/templ"
)

// ld is a JSON-LD script. json.Marshal escapes <, > and &, so that no value can end it.
func ld(v any) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		body, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("marshal JSON-LD: %w", err)
		}
		_, err = io.WriteString(w, `<script type="application/ld+json">`+string(body)+`</script>`)
		return err
	})
}

func (f Frame) dir() templ.Attributes {
	if f.Dir == "" || f.Dir == "ltr" {
		return nil
	}
	return templ.Attributes{"dir": f.Dir}
}
