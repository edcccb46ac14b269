package cart

import (
	"bytes"
	"errors"
	"reflect"
	"testing"
)

// FuzzOpen lets the fuzzer write the body and signs it, since otherwise the signature would stop it before
// the decoder; the same bytes go in unsigned too.
func FuzzOpen(f *testing.F) {
	m, err := NewMirror(bytes.Repeat([]byte("k"), minKey))
	if err != nil {
		f.Fatal(err)
	}
	full := Cart{Market: "fr", Version: 300, Lines: []Line{{SKU: "MARGAUX-1990-1", Quantity: 2, Seen: Seen{109_000, 12, 2517}, Wish: AskMe}, {SKU: "B", Quantity: 999}}}
	f.Add([]byte("\x01" + string(make([]byte, 16)) + "\x00\x02fr\x01\x01A\x01"))
	f.Add(encode(ID{1, 15: 2}, full))
	f.Add(encode(ID{}, Cart{Market: "uk"}))
	f.Add([]byte{})
	f.Add([]byte{format})
	f.Add(append(encode(ID{}, Cart{Market: "uk"}), 0))
	f.Add(append(make([]byte, 17), 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01))
	f.Fuzz(func(t *testing.T, body []byte) {
		if _, _, err := m.Open(string(body)); err == nil {
			t.Fatalf("opened unsigned %q", body)
		}
		id, c, err := m.Open(m.sign(bytes.Clone(body)))
		if err != nil {
			if !errors.Is(err, ErrFormat) {
				t.Fatalf("%q: %v", body, err)
			}
			return
		}
		if err := c.Check(); err != nil {
			t.Fatalf("opened %v from %q: %v", c, body, err)
		}
		value, err := m.Seal(id, c)
		if err != nil {
			t.Fatal(err)
		}
		againID, again, err := m.Open(value)
		if err != nil || againID != id || !reflect.DeepEqual(again, c) {
			t.Fatalf("opened %v, sealed and opened %v, %v", c, again, err)
		}
	})
}

func TestDecodeRefuses(t *testing.T) {
	id := string(make([]byte, 16))
	for name, body := range map[string]string{
		"nothing":             "",
		"another format":      "\x03" + id + "\x00\x02fr\x00",
		"no market":           "\x01" + id + "\x00\x00\x00",
		"a byte too many":     "\x01" + id + "\x00\x02fr\x00\x00",
		"61 lines":            "\x01" + id + "\x00\x02fr\x3d",
		"a SKU cut short":     "\x01" + id + "\x00\x02fr\x01\x05AB",
		"a long SKU":          "\x01" + id + "\x00\x02fr\x01\x29" + string(bytes.Repeat([]byte("x"), 41)) + "\x01",
		"quantity 0":          "\x01" + id + "\x00\x02fr\x01\x01A\x00",
		"quantity 1000":       "\x01" + id + "\x00\x02fr\x01\x01A\xe8\x07",
		"a SKU twice":         "\x01" + id + "\x00\x02fr\x02\x01A\x01\x01A\x01",
		"a version too high":  "\x01" + id + "\x81\x80\x80\x80\x80\x80\x01\x02fr\x00",
		"a number that runs":  "\x01" + id + "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
		"a wish that is none": "\x02" + id + "\x00\x02fr\x01\x01\x82\x43\x00\x00",
		"stock above plenty":  "\x02" + id + "\x00\x02fr\x01\x01\x82\x74\x01\x01",
		"stock, but no price": "\x02" + id + "\x00\x02fr\x01\x01\x82\x44\x00\x00",
		"loose bits of a SKU": "\x02" + id + "\x00\x02fr\x01\x01\x83\x40\x00\x00",
		"a day too late":      "\x02" + id + "\x00\x02fr\x01\x01\x82\x40\x01\x80\x80\x01",
		"an ID cut short":     "\x01" + id[:9],
		"nothing after an ID": "\x01" + id,
	} {
		if _, c, err := decode([]byte(body)); !errors.Is(err, ErrFormat) || !reflect.DeepEqual(c, Cart{}) {
			t.Errorf("%s: %v, %v", name, c, err)
		}
	}
}

// Cookies from before prices were remembered are out there for as long as a cookie lives.
func TestAnOldMirrorIsACartWithoutMemory(t *testing.T) {
	_, c, err := decode([]byte("\x01" + string(make([]byte, 16)) + "\x05\x02fr\x02\x01A\x02\x01B\xe7\x07"))
	want := Cart{Market: "fr", Version: 5, Lines: []Line{{SKU: "A", Quantity: 2}, {SKU: "B", Quantity: 999}}}
	if err != nil || !reflect.DeepEqual(c, want) {
		t.Errorf("%v, %v", c, err)
	}
}
