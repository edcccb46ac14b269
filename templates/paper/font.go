package paper

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"sync"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/text/unicode/norm"
)

//go:embed font/garamond-regular.ttf
var regular []byte

//go:embed font/garamond-semibold.ttf
var semibold []byte

//go:embed font/noto-serif-hk.ttf.gz
var chineseGzip []byte

//go:embed font/latin.txt
var latinText string

//go:embed font/chinese.txt
var chineseText string

// face is one of the fonts.
type face int

const (
	garamond face = iota
	noto
)

// families are what the library knows the faces by.
var families = map[face]string{garamond: "garamond", noto: "noto"}

// faces says which font has a character.
var faces = sync.OnceValue(func() map[rune]face {
	has := map[rune]face{}
	for _, r := range chineseText {
		has[r] = noto
	}
	for _, r := range latinText {
		has[r] = garamond
	}
	return has
})

// absent stands for a character that no font has.
const absent = '□'

// run is a stretch of text in one font.
type run struct {
	face face
	text string
}

// runs splits a text by fonts, and counts the characters that none of them has.
func runs(s string) (out []run, missing int) {
	has := faces()
	for _, r := range norm.NFC.String(s) {
		f, known := has[r] // a blank is Garamond's
		switch {
		case known:
		case unicode.IsSpace(r):
			r = ' '
		default:
			r = absent
			missing++
		}
		if n := len(out); n > 0 && out[n-1].face == f {
			out[n-1].text += string(r)
			continue
		}
		out = append(out, run{f, string(r)})
	}
	return out, missing
}

// addFonts tells the library of the fonts that the sheet needs.
func addFonts(pdf *fpdf.Fpdf, s Sheet) error {
	pdf.AddUTF8FontFromBytes(families[garamond], "", regular)
	pdf.AddUTF8FontFromBytes(families[garamond], "B", semibold)
	if !s.needs(noto) {
		return nil
	}
	packed, err := gzip.NewReader(bytes.NewReader(chineseGzip))
	if err != nil {
		return fmt.Errorf("unpack the Chinese font: %w", err)
	}
	font, err := io.ReadAll(packed)
	if err != nil {
		return fmt.Errorf("unpack the Chinese font: %w", err)
	}
	pdf.AddUTF8FontFromBytes(families[noto], "", font)
	return nil
}

// needs says that some word of the sheet is set in a face.
func (s Sheet) needs(f face) bool {
	for _, text := range s.texts() {
		found, _ := runs(text)
		for _, r := range found {
			if r.face == f {
				return true
			}
		}
	}
	return false
}

// texts are all words of the sheet.
func (s Sheet) texts() []string {
	out := append([]string{s.Wordmark, s.Title}, s.Buyer...)
	for _, p := range append(append([]Pair(nil), s.Facts...), s.Sums...) {
		out = append(out, p.Term, p.Text)
	}
	for _, l := range append([]Line{s.Head}, s.Lines...) {
		out = append(out, l.Text, l.Quantity, l.Unit, l.Net, l.Tax, l.Total)
	}
	return append(append(out, s.Remarks...), s.Seller...)
}
