package cart

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// copyLabel keeps a copy's signature from passing for that of a mirror, and the other way round.
const copyLabel = "caveau cart copy\x00"

// CopyLife is how long a copy may be brought to another shop. Each look at the cart makes a new one.
const CopyLife = time.Hour

// ErrExpired is a copy that was brought too late.
var ErrExpired = errors.New("copy of a cart has expired")

// SealCopy writes the lines of a cart as text for an address of another market's shop: the market that they come from, what is wanted
// and for how long. Neither the cart's ID is in it, nor what the visitor was shown: the other shop has prices of its own.
func (m *Mirror) SealCopy(c Cart, now time.Time) (string, error) {
	wanted := Cart{Market: c.Market}
	for _, line := range c.Lines {
		wanted.Lines = append(wanted.Lines, Line{SKU: line.SKU, Quantity: line.Quantity, Wish: line.Wish})
	}
	if err := wanted.Check(); err != nil {
		return "", fmt.Errorf("seal a copy of a cart: %w", err)
	}
	until := uint64(now.Add(CopyLife).Unix())
	body := append(binary.AppendUvarint(nil, until), encode(ID{}, wanted)...)
	return text.EncodeToString(append(body, mac(copyLabel, m.keys[0], body)...)), nil
}

// OpenCopy reads what SealCopy wrote. ErrForged, ErrFormat: as Open; ErrExpired: it is too old.
func (m *Mirror) OpenCopy(value string, now time.Time) (Cart, error) {
	body, err := m.verify(copyLabel, value)
	if err != nil {
		return Cart{}, fmt.Errorf("open a copy of a cart: %w", err)
	}
	until, size := binary.Uvarint(body)
	if size <= 0 {
		return Cart{}, fmt.Errorf("open a copy of a cart: %w: no time", ErrFormat)
	}
	if uint64(now.Unix()) > until {
		return Cart{}, ErrExpired
	}
	_, c, err := decode(body[size:])
	if err != nil {
		return Cart{}, fmt.Errorf("open a copy of a cart: %w", err)
	}
	return c, nil
}
