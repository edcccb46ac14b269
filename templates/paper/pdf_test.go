package paper_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"caveau/templates/paper"
)

// sheet of so many lines.
func sheet(lines int) paper.Sheet {
	s := paper.Sheet{
		Lang: "fr-FR", Issued: time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC), Wordmark: "Caveau", Title: "Facture FR-I-2026-00001",
		Buyer: []string{"Émilie d’Ünal", "1 rue Foy", "33000 Bordeaux"}, Facts: []paper.Pair{{Term: "Date", Text: "27 novembre 2026"}},
		Head:    paper.Line{Text: "Désignation", Quantity: "Qté", Unit: "Prix unitaire", Net: "Hors taxes", Tax: "TVA", Total: "Total"},
		Sums:    []paper.Pair{{Term: "Hors taxes", Text: "135,00 €"}, {Term: "TVA 20 %", Text: "27,00 €"}, {Term: "Somme", Text: "162,00 €"}},
		Remarks: []string{"Payé par virement."}, Seller: []string{"Caveau, Bordeaux"},
	}
	for n := range lines {
		s.Lines = append(s.Lines, paper.Line{
			Text: fmt.Sprintf("Domaine de la Côte no %d, vieilles vignes, 1er Cru Les Amoureuses, Bouteille 75 cl", n), Quantity: "1",
			Unit: "162,00 €", Net: "135,00 €", Tax: "27,00 €", Total: "162,00 €",
		})
	}
	return s
}

func set(t *testing.T, s paper.Sheet) (pdf []byte, pages []string, missing int) {
	t.Helper()
	pdf, missing, err := s.PDF()
	if err != nil {
		t.Fatal(err)
	}
	return pdf, read(t, pdf), missing
}

var (
	streams = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)
	shown   = regexp.MustCompile(`(?s)\(((?:\\.|[^\\)])*)\) ?Tj`)
	escaped = regexp.MustCompile(`(?s)\\(.)`)
)

// read takes the text out of a PDF, page by page: the strings that its content shows, in UTF-16.
func read(t *testing.T, pdf []byte) (pages []string) {
	t.Helper()
	for _, m := range streams.FindAllSubmatch(pdf, -1) {
		packed, err := zlib.NewReader(bytes.NewReader(m[1]))
		if err != nil {
			continue // it is no page
		}
		content, err := io.ReadAll(packed)
		if err != nil || !bytes.Contains(content, []byte("BT ")) {
			continue
		}
		var page strings.Builder
		for _, text := range shown.FindAllSubmatch(content, -1) {
			raw := escaped.ReplaceAllFunc(text[1], func(b []byte) []byte {
				if b[1] == 'r' {
					return []byte{'\r'}
				}
				return b[1:]
			})
			var units []uint16
			for i := 0; i+1 < len(raw); i += 2 {
				units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
			}
			page.WriteString(string(utf16.Decode(units)) + "|")
		}
		pages = append(pages, page.String())
	}
	return pages
}

func TestADocumentSaysWhatItsSheetSays(t *testing.T) {
	s := sheet(1)
	s.Buyer = []string{"Émilie d’Ünal (née Œuvrard) \\ Łódź", "Straße 1"}
	_, pages, missing := set(t, s)
	if len(pages) != 1 || missing != 0 {
		t.Fatalf("%d pages, %d characters missing", len(pages), missing)
	}
	for _, want := range []string{s.Title, s.Buyer[0], "Straße 1", "Désignation", "135,00\u00a0€", "162,00\u00a0€", "Payé par virement.", "1 / 1", "Domaine de la Côte no 0,"} {
		if !strings.Contains(strings.ReplaceAll(pages[0], "\u00a0", " "), strings.ReplaceAll(want, "\u00a0", " ")) {
			t.Errorf("it does not say %q: %s", want, pages[0])
		}
	}
}

// A long table goes on under the same head; no line is lost, the sums stay together, and every page is numbered.
func TestPagesBreakUnderTheSameHead(t *testing.T) {
	for _, lines := range []int{1, 20, 60, 180} {
		_, pages, _ := set(t, sheet(lines))
		all := strings.Join(pages, "")
		for n, page := range pages {
			if !strings.Contains(page, fmt.Sprintf("%d / %d|", n+1, len(pages))) || !strings.Contains(page, "Caveau, Bordeaux|") {
				t.Errorf("%d lines: page %d has no foot", lines, n+1)
			}
			if heads := strings.Count(page, "Désignation|"); strings.Contains(page, "Domaine") && heads != 1 {
				t.Errorf("%d lines: page %d has %d heads", lines, n+1, heads)
			}
		}
		for n := range lines {
			if strings.Count(all, fmt.Sprintf("Domaine de la Côte no %d,", n)) != 1 {
				t.Errorf("%d lines: line %d is not there once", lines, n)
			}
		}
		if last := pages[len(pages)-1]; !strings.Contains(last, "TVA 20 %|") || !strings.Contains(last, "Somme|") {
			t.Errorf("%d lines: the sums are torn apart", lines)
		}
		if lines >= 60 && len(pages) < 3 {
			t.Errorf("%d lines on %d pages", lines, len(pages))
		}
	}
}

func TestTheSameSheetGivesTheSameBytes(t *testing.T) {
	s := sheet(20)
	s.Buyer = []string{"陳大文", "銅鑼灣怡和街 1 號"}
	first, _, _ := set(t, s)
	for range 5 {
		if again, _, _ := set(t, s); !bytes.Equal(again, first) {
			t.Fatal("the bytes differ")
		}
	}
	if !bytes.Contains(first, []byte("D:20261127120000")) {
		t.Error("its date is not that of the sheet")
	}
}

// Chinese names and addresses, with the characters of Hong Kong, stand in a font that has them; the font comes along only then.
func TestChinese(t *testing.T) {
	latin, _, _ := set(t, sheet(1))
	s := sheet(1)
	s.Title = "發票 HK-I-2026-00001"
	s.Buyer = []string{"陳大文", "新界粉嶺邨、鰂魚涌、㗎啩嘅"}
	pdf, pages, missing := set(t, s)
	if missing != 0 || !strings.Contains(strings.ReplaceAll(pages[0], "|", ""), "鰂魚涌、㗎啩嘅") {
		t.Errorf("%d missing: %s", missing, pages[0])
	}
	if bytes.Contains(latin, []byte("noto")) || !bytes.Contains(pdf, []byte("noto")) {
		t.Error("the Chinese font comes along where it is not needed, or not where it is")
	}
	if len(latin) > 40_000 || len(pdf) > 80_000 {
		t.Errorf("%d and %d bytes", len(latin), len(pdf))
	}
}

// What no font has is shown as a box and counted; what is no text at all does no harm.
func TestCharactersThatNoFontHas(t *testing.T) {
	s := sheet(1)
	s.Buyer = []string{"😀 𨋢 سلام", "a\u202eb\x00c\r\nd", strings.Repeat("x", 2000), ""}
	_, pages, missing := set(t, s)
	if missing != 8 || !strings.Contains(pages[0], "□ □ □□□□|") {
		t.Errorf("%d missing: %.200s", missing, pages[0])
	}
}
