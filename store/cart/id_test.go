package cart_test

import (
	"bytes"
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
}

func TestNoIDFromTooLittleRandomness(t *testing.T) {
	if id, err := cart.NewID(bytes.NewReader(make([]byte, 15))); err == nil {
		t.Errorf("drew %v from 15 bytes", id)
	}
}
