package cart

import (
	"encoding/binary"
	"fmt"
)

// format is the first byte of a mirror; another layout takes another number.
const format = 1

// encode writes a cart that passed Check.
func encode(id ID, c Cart) []byte {
	b := append([]byte{format}, id[:]...)
	b = binary.AppendUvarint(b, c.Version)
	b = appendText(b, c.Market)
	b = binary.AppendUvarint(b, uint64(len(c.Lines)))
	for _, line := range c.Lines {
		b = appendText(b, line.SKU)
		b = binary.AppendUvarint(b, uint64(line.Quantity))
	}
	return b
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// decode reads what encode wrote. It trusts nothing, signed or not: a key may leak, and formats change.
func decode(body []byte) (ID, Cart, error) {
	r := reader{rest: body}
	if f := r.take(1); f == nil || f[0] != format {
		return ID{}, Cart{}, fmt.Errorf("%w: unknown format of a mirror", ErrFormat)
	}
	var id ID
	copy(id[:], r.take(len(id)))
	c := Cart{Version: r.number(MaxVersion), Market: r.text(MaxMarket)}
	for range r.number(MaxLines) {
		sku := r.text(MaxSKU)
		c.Lines = append(c.Lines, Line{SKU: sku, Quantity: int(r.number(MaxQuantity))})
	}
	if r.failed || len(r.rest) > 0 {
		return ID{}, Cart{}, fmt.Errorf("%w: mirror of %d bytes", ErrFormat, len(body))
	}
	if err := c.Check(); err != nil {
		return ID{}, Cart{}, err
	}
	return id, c, nil
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
