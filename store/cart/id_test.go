package cart_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"caveau/store/cart"
)

func TestID(t *testing.T) {
	id, err := cart.NewID(strings.NewReader("\xff\xfb0123456789abcd"))
	if err != nil {
		t.Fatal(err)
	}
	if got := id.String(); got != "__swMTIzNDU2Nzg5YWJjZA" {
		t.Errorf("printed %q", got)
	}
	back, err := cart.ParseID(id.String())
	if err != nil || back != id {
		t.Errorf("read back %v, %v", back, err)
	}
}

func TestNoIDFromTooLittleRandomness(t *testing.T) {
	if id, err := cart.NewID(bytes.NewReader(make([]byte, 15))); err == nil {
		t.Errorf("drew %v from 15 bytes", id)
	}
}

func TestParseIDRefuses(t *testing.T) {
	for _, s := range []string{
		"", "x", "__swMTIzNDU2Nzg5YWJjZ", "__swMTIzNDU2Nzg5YWJjZAA", "//swMTIzNDU2Nzg5YWJjZA", "__swMTIzNDU2Nzg5YWJjZB", // the last has stray bits
	} {
		if id, err := cart.ParseID(s); !errors.Is(err, cart.ErrFormat) {
			t.Errorf("%q: read %v, %v", s, id, err)
		}
	}
}
