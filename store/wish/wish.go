package wish

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"slices"
)

// Max is how many pages a list holds.
const Max = 60

// The ways in which a list can be refused.
var (
	ErrFull   = errors.New("the wish list is full")
	ErrFormat = errors.New("not a wish list")
)

// List is the numbers of pages, each once.
type List []uint32

// version begins every text, so that another form can be told from this one.
const version = "1"

var text = base64.RawURLEncoding.Strict()

// String is the list as text of letters, digits, - and _.
func (l List) String() string {
	var raw []byte
	for _, id := range l {
		raw = binary.AppendUvarint(raw, uint64(id))
	}
	return version + text.EncodeToString(raw)
}

// Parse reads what String wrote, and nothing else: else ErrFormat.
func Parse(s string) (List, error) {
	if len(s) < len(version) || len(s) > 8*Max || s[:len(version)] != version {
		return nil, ErrFormat
	}
	raw, err := text.DecodeString(s[len(version):])
	if err != nil {
		return nil, ErrFormat
	}
	var l List
	for len(raw) > 0 {
		id, n := binary.Uvarint(raw)
		if n <= 0 || id == 0 || id > 1<<32-1 || len(l) == Max || slices.Contains(l, uint32(id)) {
			return nil, ErrFormat
		}
		l, raw = append(l, uint32(id)), raw[n:]
	}
	if l.String() != s {
		return nil, ErrFormat
	}
	return l, nil
}

// Add returns the list with a page at its end; the same list where it is there already. ErrFull where there is no room.
func (l List) Add(id uint32) (List, error) {
	switch {
	case slices.Contains(l, id):
		return l, nil
	case len(l) >= Max:
		return l, ErrFull
	}
	return append(slices.Clone(l), id), nil
}

// Remove returns the list without a page.
func (l List) Remove(id uint32) List {
	return slices.DeleteFunc(slices.Clone(l), func(other uint32) bool { return other == id })
}

// Merge returns all of both lists: a as it is, then what only b has, as far as there is room.
func Merge(a, b List) List {
	out := slices.Clone(a)
	for _, id := range b {
		next, err := out.Add(id)
		if err != nil {
			break
		}
		out = next
	}
	return out
}

// Missing are the years between the first and the last of some that are not among them, in order. The year 0 (NV) is none.
func Missing(years []int) []int {
	years = slices.DeleteFunc(slices.Clone(years), func(y int) bool { return y == 0 })
	if len(years) < 2 {
		return nil
	}
	var out []int
	for year := slices.Min(years) + 1; year < slices.Max(years); year++ {
		if !slices.Contains(years, year) {
			out = append(out, year)
		}
	}
	return out
}
