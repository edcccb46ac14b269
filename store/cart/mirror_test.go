package cart_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"caveau/store/cart"
)

var (
	oldKey = []byte("the key of the year before this!")
	newKey = []byte("the key that is to sign from now")
	someID = cart.ID{1, 2, 3, 15: 16}
)

func TestMirrorGivesBackWhatItSealed(t *testing.T) {
	m := mirror(t, newKey)
	rapid.Check(t, func(t *rapid.T) {
		c := cart.Cart{
			Market:  rapid.StringMatching(`[a-z]{1,8}`).Draw(t, "market"),
			Version: rapid.Uint64Range(0, cart.MaxVersion).Draw(t, "version"),
		}
		skus := rapid.SliceOfNDistinct(rapid.StringMatching(`[!-~]{1,40}`), 0, cart.MaxLines, rapid.ID[string]).Draw(t, "skus")
		for _, sku := range skus {
			line := cart.Line{SKU: sku, Quantity: rapid.IntRange(1, cart.MaxQuantity).Draw(t, "n"), Wish: rapid.SampledFrom(cart.Wishes()).Draw(t, "wish")}
			if rapid.Bool().Draw(t, "seen") {
				line.Seen = cart.Seen{
					Price: rapid.Int64Range(1, cart.MaxPrice).Draw(t, "price"), Left: rapid.IntRange(0, cart.Plenty).Draw(t, "left"), Day: rapid.IntRange(0, cart.MaxDay).Draw(t, "day"),
				}
			}
			c.Lines = append(c.Lines, line)
		}
		var id cart.ID
		copy(id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))

		value, err := m.Seal(id, c)
		if err != nil {
			t.Fatal(err)
		}
		gotID, got, err := m.Open(value)
		if err != nil || gotID != id || !reflect.DeepEqual(got, c) {
			t.Fatalf("sealed %v %v, opened %v %v, %v", id, c, gotID, got, err)
		}
	})
}

func TestLargestCartFitsIntoACookie(t *testing.T) {
	c := cart.Cart{Market: strings.Repeat("m", cart.MaxMarket), Version: cart.MaxVersion}
	for i := range cart.MaxLines {
		c.Lines = append(c.Lines, cart.Line{
			SKU: fmt.Sprintf("%0*d", cart.MaxSKU, i), Quantity: cart.MaxQuantity, Wish: cart.AskMe, Seen: cart.Seen{Price: cart.MaxPrice, Left: cart.Plenty, Day: cart.MaxDay},
		})
	}
	m := mirror(t, newKey)
	value, err := m.Seal(someID, c)
	if err != nil || len(value) > cart.MaxSealed {
		t.Fatalf("%d bytes, %v", len(value), err)
	}
	if _, got, err := m.Open(value); err != nil || !reflect.DeepEqual(got, c) {
		t.Errorf("opened %v, %v", got, err)
	}
	t.Logf("60 lines with the longest SKUs: %d bytes", len(value))
}

// The layout is what cookies out there have: it changes with the format byte only.
func TestMirrorLayout(t *testing.T) {
	value, err := mirror(t, newKey).Seal(someID, sample())
	if err != nil {
		t.Fatal(err)
	}
	raw, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil {
		t.Fatal(err)
	}
	// 2 units are 2<<6, 12 left 12<<2, ask 2; 1,090.00; 2026-11-22. B is 0x42 in seven bits.
	body := "\x02" + string(someID[:]) + "\xac\x02" + "\x02fr" + "\x02" +
		"\x0e\x9b\x06\x94\x78\x35\x6c\x2d\x62\xe5\xcb\x05\xac\x40" + // MARGAUX-1990-1 in seven bits
		"\xb2\x01\xc8\xd3\x06\xd5\x13" + // 2 units, 12 left, ask me; 1,090.00; 2026-11-22
		"\x01\x84\xc0\xf3\x03\x00\x00" // B, 999 units, nothing known
	if got := string(raw[:len(raw)-16]); got != body {
		t.Errorf("body %q, want %q", got, body)
	}
}

func TestMirrorRotatesItsKeys(t *testing.T) {
	before, err := mirror(t, oldKey).Seal(someID, sample())
	if err != nil {
		t.Fatal(err)
	}
	both := mirror(t, newKey, oldKey)
	if _, c, err := both.Open(before); err != nil || c.Version != 300 {
		t.Errorf("the old key's cookie: %v, %v", c, err)
	}
	after, err := both.Seal(someID, sample())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := mirror(t, newKey).Open(after); err != nil {
		t.Errorf("the first key does not sign: %v", err)
	}
	if _, _, err := mirror(t, newKey).Open(before); !errors.Is(err, cart.ErrForged) {
		t.Errorf("a retired key's cookie: %v", err)
	}
}

func TestMirrorNoticesEveryChangedByte(t *testing.T) {
	m := mirror(t, newKey)
	value, err := m.Seal(someID, sample())
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := base64.RawURLEncoding.DecodeString(value)
	for i := range raw {
		raw[i] ^= 0x40
		if _, c, err := m.Open(base64.RawURLEncoding.EncodeToString(raw)); !errors.Is(err, cart.ErrForged) {
			t.Errorf("byte %d changed: opened %v, %v", i, c, err)
		}
		raw[i] ^= 0x40
	}
	for cut := range raw {
		if _, _, err := m.Open(base64.RawURLEncoding.EncodeToString(raw[:cut])); err == nil {
			t.Errorf("opened after %d bytes", cut)
		}
	}
}

func TestMirrorRefuses(t *testing.T) {
	m := mirror(t, newKey)
	for _, value := range []string{"", "a", "!!", "AAAA", "ä", strings.Repeat("A", cart.MaxSealed+4)} {
		if _, _, err := m.Open(value); !errors.Is(err, cart.ErrFormat) {
			t.Errorf("%.20q: %v", value, err)
		}
	}
	if value, err := m.Seal(someID, cart.Cart{Market: "fr", Lines: []cart.Line{{SKU: "A"}}}); !errors.Is(err, cart.ErrFormat) {
		t.Errorf("sealed %q, %v", value, err)
	}
}

func TestNewMirrorWantsLongKeys(t *testing.T) {
	for _, keys := range [][][]byte{nil, {newKey[:31]}, {newKey, oldKey[:31]}} {
		if _, err := cart.NewMirror(keys...); err == nil {
			t.Errorf("took %d keys", len(keys))
		}
	}
}

// A configuration's buffer may be wiped after start.
func TestMirrorKeepsItsKeys(t *testing.T) {
	key := append([]byte(nil), newKey...)
	m := mirror(t, key)
	clear(key)
	value, err := m.Seal(someID, sample())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := mirror(t, newKey).Open(value); err != nil {
		t.Error(err)
	}
}

func sample() cart.Cart {
	return cart.Cart{Market: "fr", Version: 300, Lines: []cart.Line{
		{SKU: "MARGAUX-1990-1", Quantity: 2, Wish: cart.AskMe, Seen: cart.SeenAs(109_000, 30, time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC))},
		{SKU: "B", Quantity: 999},
	}}
}

func mirror(t testing.TB, keys ...[]byte) *cart.Mirror {
	t.Helper()
	m, err := cart.NewMirror(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
