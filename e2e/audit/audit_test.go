// Package audit_test walks the shops of the demonstration catalogue, and of a real list where CATALOG and MAP name one: no page has a fault.
package audit_test

import (
	"context"
	"io"
	"log/slog"
	"os"
	"testing"

	"caveau/cmd/app"
)

// sample is one page of so many, beside some of every kind: all of them take minutes on a busy machine, and are for make soak.
const sample = 50

func TestNoPageHasAFault(t *testing.T) {
	a := app.Audit{
		Catalog: os.Getenv("CATALOG"), Map: os.Getenv("MAP"), INAO: os.Getenv("INAO"), Every: sample, Out: io.Discard,
		Logger: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}
	if os.Getenv("CAVEAU_SOAK") == "1" {
		a.Every = 1
	}
	result, err := a.Run(context.WithoutCancel(t.Context()))
	if result == nil {
		t.Fatal(err)
	}
	t.Log("\n" + result.Table())
	for i, f := range result.Faults {
		if i == 50 {
			break
		}
		t.Errorf("%s: %s: %s", f.URL, f.Check, f.What)
	}
	if result.Pages < 5000 || result.Offers < 5000 {
		t.Errorf("only %d pages and %d offers: is it a catalogue?", result.Pages, result.Offers)
	}
}
