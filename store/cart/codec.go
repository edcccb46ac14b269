package cart

import (
	"encoding/binary"
	"fmt"
)

// The first byte of a mirror says how the rest is laid out. Mirrors of the first layout hold SKUs as text and know nothing but
// quantities; they are still read.
const (
	firstFormat = 1
	format      = 2
)

// How quantity, stock and wish share one number: wish in the lowest two bits, stock in the next four.
const (
	wishBits = 2
	leftBits = 4
	maxPiece = MaxQuantity<<(wishBits+leftBits) | (1<<(wishBits+leftBits) - 1)
)

// encode writes a cart that passed Check.
func encode(id ID, c Cart) []byte {
	b := append([]byte{format}, id[:]...)
	b = binary.AppendUvarint(b, c.Version)
	b = appendText(b, c.Market)
	b = binary.AppendUvarint(b, uint64(len(c.Lines)))
	for _, line := range c.Lines {
		b = appendSKU(b, line.SKU)
		b = binary.AppendUvarint(b, uint64(line.Quantity)<<(wishBits+leftBits)|uint64(line.Seen.Left)<<wishBits|uint64(line.Wish.Code()))
		b = binary.AppendUvarint(b, uint64(line.Seen.Price))
		b = binary.AppendUvarint(b, uint64(line.Seen.Day))
	}
	return b
}

// appendSKU writes a SKU with seven bits for each of its characters, which are ASCII: eight cost 300 bytes of a full cart's cookie.
func appendSKU(b []byte, sku string) []byte {
	b = binary.AppendUvarint(b, uint64(len(sku)))
	var bits, held uint
	for i := range len(sku) {
		bits, held = bits<<7|uint(sku[i]), held+7
		for ; held >= 8; held -= 8 {
			b = append(b, byte(bits>>(held-8)))
		}
	}
	if held > 0 {
		b = append(b, byte(bits<<(8-held)))
	}
	return b
}

// sku reads what appendSKU wrote.
func (r *reader) sku() string {
	n := int(r.number(MaxSKU))
	packed := r.take((n*7 + 7) / 8)
	if packed == nil {
		return ""
	}
	var bits, held uint
	text := make([]byte, 0, n)
	for _, b := range packed {
		bits, held = bits<<8|uint(b), held+8
		for held >= 7 && len(text) < n {
			text = append(text, byte(bits>>(held-7)&0x7f))
			held -= 7
		}
	}
	if bits&(1<<held-1) != 0 {
		r.failed = true // bits that mean nothing: two mirrors would be one cart
	}
	return string(text)
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// decode reads what encode wrote. It trusts nothing, signed or not: a key may leak, and formats change.
func decode(body []byte) (ID, Cart, error) {
	r := reader{rest: body}
	f := r.take(1)
	if f == nil || f[0] != format && f[0] != firstFormat {
		return ID{}, Cart{}, fmt.Errorf("%w: unknown format of a mirror", ErrFormat)
	}
	var id ID
	copy(id[:], r.take(len(id)))
	c := Cart{Version: r.number(MaxVersion), Market: r.text(MaxMarket)}
	line := r.line
	if f[0] == firstFormat {
		line = r.firstLine
	}
	for range r.number(MaxLines) {
		c.Lines = append(c.Lines, line())
	}
	if r.failed || len(r.rest) > 0 {
		return ID{}, Cart{}, fmt.Errorf("%w: mirror of %d bytes", ErrFormat, len(body))
	}
	if err := c.Check(); err != nil {
		return ID{}, Cart{}, err
	}
	return id, c, nil
}

func (r *reader) line() Line {
	line := Line{SKU: r.sku()}
	piece := r.number(maxPiece)
	wish, known := WishOf(int(piece & (1<<wishBits - 1)))
	r.failed = r.failed || !known
	line.Quantity, line.Wish = int(piece>>(wishBits+leftBits)), wish
	line.Seen = Seen{Left: int(piece >> wishBits & (1<<leftBits - 1)), Price: int64(r.number(MaxPrice)), Day: int(r.number(MaxDay))}
	return line
}

func (r *reader) firstLine() Line {
	return Line{SKU: r.text(MaxSKU), Quantity: int(r.number(MaxQuantity))}
}

// reader takes values off a byte slice. Once a value is missing or too large it has failed, and every
// further value is zero.
type reader struct {
	rest   []byte
	failed bool
}

func (r *reader) take(n int) []byte {
	if r.failed || n > len(r.rest) {
		r.failed = true
		return nil
	}
	var head []byte
	head, r.rest = r.rest[:n], r.rest[n:]
	return head
}

func (r *reader) number(limit uint64) uint64 {
	n, size := binary.Uvarint(r.rest)
	if r.failed || size <= 0 || n > limit {
		r.failed = true
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

func (r *reader) text(limit uint64) string { return string(r.take(int(r.number(limit)))) }
