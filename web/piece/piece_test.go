package piece

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/a-h/templ"
	"pgregory.net/rapid"

	"caveau/templates/live"
)

// script is a page as a list of texts, holes and shared texts.
type script []templ.Component

func (s script) component() templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for _, c := range s {
			if err := c.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}

func text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	})
}

func shared(s string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return live.Shared(s).Render(templ.WithChildren(ctx, text(s)), w)
	})
}

func unzip(t interface{ Fatalf(string, ...any) }, b []byte) string {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("gzip header: %v", err)
	}
	r.Multistream(false)
	out, err := io.ReadAll(r) // checks CRC and length
	if err != nil {
		t.Fatalf("gzip: %v", err)
	}
	return string(out)
}

var at = time.Date(2026, 11, 1, 13, 32, 5, 0, time.UTC)

func sample(n int) live.Sample { return live.Sample{Count: n, At: at} }

// filled is a page with a reading.
func filled(p *Page, r live.Reading) *Filled {
	var f Filled
	f.Fill(p, r)
	return &f
}

func reading(n int) live.Reading { return sample(n).Reading() }

func plain(t interface{ Fatalf(string, ...any) }, c templ.Component, s live.Sample) string {
	var b strings.Builder
	if err := c.Render(live.With(context.Background(), s), &b); err != nil {
		t.Fatalf("render: %v", err)
	}
	return b.String()
}

// Whatever the page and whatever the stock, what is sent is one gzip member that unpacks to what the
// template says.
func TestAPressedPageUnpacksToThePage(t *testing.T) {
	words := live.NewPhrase(func(n int) string { return fmt.Sprintf("%d bouteilles à Bordeaux", n) })
	stamp := live.NewStamp(time.UTC, func(c string) string { return "vérifié à " + c }, func(c string) string { return "dernier état connu à " + c })
	press := NewPress()
	rapid.Check(t, func(t *rapid.T) {
		var s script
		for range rapid.IntRange(0, 30).Draw(t, "parts") {
			switch rapid.IntRange(0, 5).Draw(t, "kind") {
			case 0:
				s = append(s, live.Text(live.Stock{1, 2}, words))
			case 1:
				s = append(s, live.Words(live.Stock{7}, words))
			case 2:
				s = append(s, live.Time(stamp))
			case 3:
				s = append(s, shared(strings.Repeat("<footer>Caveau</footer>", rapid.IntRange(0, 40).Draw(t, "times"))))
			default:
				s = append(s, text(strings.Repeat(rapid.StringOfN(rapid.RuneFrom([]rune("abcé<>/ 0酒")), 0, 20, -1).Draw(t, "text"), rapid.SampledFrom([]int{0, 1, 2, 50, 50, 5000}).Draw(t, "times"))))
			}
		}
		page, err := press.Press(context.Background(), s.component())
		if err != nil {
			t.Fatalf("press: %v", err)
		}
		for _, n := range []int{0, 1, 17, 99_999} {
			want := plain(t, s.component(), sample(n))
			if got := unzip(t, filled(page, reading(n)).AppendGzip(nil)); got != want {
				t.Fatalf("unpacked\n%q\nwant\n%q", got, want)
			}
		}
	})
}

func TestAPageOfManyPiecesIsHardlyLargerThanOne(t *testing.T) {
	words := live.NewPhrase(func(n int) string { return fmt.Sprint(n) })
	var s script
	for i := range 40 {
		s = append(s, text(fmt.Sprintf(`<li class="offer"><input type="radio" name="sku" value="MARGAUX-19%02d"><span class="price">%d €</span>`, i, 900+i)),
			live.Text(live.Stock{uint32(i)}, words), text("</li>"))
	}
	page, err := NewPress().Press(context.Background(), s.component())
	if err != nil {
		t.Fatal(err)
	}
	got := len(filled(page, reading(3)).AppendGzip(nil))
	alone := 0
	for range 40 {
		one, err := NewPress().Press(context.Background(), s[:3].component())
		if err != nil {
			t.Fatal(err)
		}
		alone += len(filled(one, reading(3)).AppendGzip(nil))
	}
	t.Logf("%d bytes in one page, %d in forty", got, alone)
	if got > alone/2 {
		t.Errorf("%d bytes: pieces do not refer back across holes", got)
	}
}

func TestTheTagHangsOnStockAndNotOnTheClock(t *testing.T) {
	words := live.NewPhrase(func(n int) string { return fmt.Sprint(n) })
	stamp := live.NewStamp(time.UTC, func(c string) string { return c }, func(c string) string { return "known " + c })
	page, err := NewPress().Press(context.Background(), script{text("a"), live.Text(live.Stock{1}, words), live.Time(stamp)}.component())
	if err != nil {
		t.Fatal(err)
	}
	later := live.Sample{Count: 3, At: at.Add(time.Minute)}.Reading()
	if filled(page, reading(3)).Tag() != filled(page, later).Tag() {
		t.Error("the tag hangs on the clock")
	}
	if filled(page, reading(3)).Tag() == filled(page, reading(4)).Tag() {
		t.Error("the tag does not hang on the stock")
	}
	stale := live.Sample{Count: 3, At: at, Stale: true}.Reading()
	if filled(page, reading(3)).Tag() == filled(page, stale).Tag() {
		t.Error("a stale page has the tag of a fresh one")
	}
}

func TestCombinedCRC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SliceOf(rapid.Byte()).Draw(t, "a"), rapid.SliceOf(rapid.Byte()).Draw(t, "b")
		got := multiply(shift(len(b)), crc32.ChecksumIEEE(a)) ^ crc32.ChecksumIEEE(b)
		if want := crc32.ChecksumIEEE(append(a, b...)); got != want {
			t.Fatalf("combined %08x, want %08x", got, want)
		}
	})
}

func TestStrayMarksAreRefused(t *testing.T) {
	for _, s := range []string{"\x00", "\x02", "\x03", "a\x01b", "\x01\x00\x02"} {
		if _, err := NewPress().Press(context.Background(), text(s)); err == nil {
			t.Errorf("%q is pressed", s)
		}
	}
}

// The same page has the same tag whether its shared parts were known or not: instances agree.
func TestTheTagIsThatOfThePageOnEveryInstance(t *testing.T) {
	page := script{text("a"), shared("common"), text("b")}.component()
	press := NewPress()
	var tags []uint64
	for _, p := range []*Press{press, press, NewPress()} {
		pressed, err := p.Press(context.Background(), page)
		if err != nil {
			t.Fatal(err)
		}
		tags = append(tags, filled(pressed, reading(1)).Tag())
	}
	if tags[0] != tags[1] || tags[0] != tags[2] {
		t.Errorf("tags %x", tags)
	}
}

// Every length and distance that deflate knows is written so that a reader gets it back.
func TestDeflaterOnRepetitions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("abcdefgh<>=")), 4, 300, -1).Draw(t, "word")
		gap := strings.Repeat("0123456789", rapid.IntRange(0, 4000).Draw(t, "gap"))
		s := word + gap[:rapid.IntRange(0, len(gap)).Draw(t, "cut")] + word + word[:len(word)/2]
		page, err := NewPress().Press(context.Background(), text(s))
		if err != nil {
			t.Fatalf("press: %v", err)
		}
		if got := unzip(t, filled(page, reading(1)).AppendGzip(nil)); got != s {
			t.Fatalf("unpacked %d bytes, want %d", len(got), len(s))
		}
	})
}

// kin is a page that is made like others: an offer of some wine.
func kin(name string, price int) script {
	words := live.NewPhrase(strconv.Itoa)
	return script{
		text("<!doctype html>"), live.Kin("vintage"),
		text(fmt.Sprintf(`<article class="wrap vintage"><h1>%s é</h1><p class="offer__price">%d €</p><span class="offer__left">`, name, price)),
		live.Text(live.Stock{1}, words), text(`</span><p class="offer__note">Prix TTC, livraison en sus, TVA comprise.</p></article>`),
	}
}

// What pages of a kin have in common stands at the beginning of each, in a comment, and makes them small. It is
// no part of what they say: the tag is the same without it.
func TestPagesOfAKinKeepWhatTellsThemApart(t *testing.T) {
	const wine = "Château Ausone"
	press := NewPress()
	alone, err := press.Press(context.Background(), kin(wine, 890).component())
	if err != nil {
		t.Fatal(err)
	}
	var models []templ.Component
	for i, name := range []string{"Margaux", "Château Latour", "Barolo", "Dom Pérignon"} {
		models = append(models, kin(name, 120+i).component())
	}
	if err := press.Learn(context.Background(), "vintage", models); err != nil {
		t.Fatal(err)
	}
	page, err := press.Press(context.Background(), kin(wine, 890).component())
	if err != nil {
		t.Fatal(err)
	}
	if own, before := len(page.script), len(alone.script); own > before*2/3 {
		t.Errorf("%d bytes, without its kin %d", own, before)
	}
	if filled(page, reading(3)).Tag() != filled(alone, reading(3)).Tag() {
		t.Error("the tag hangs on the kin")
	}
	html := unzip(t, filled(page, reading(3)).AppendGzip(nil))
	before, rest, _ := strings.Cut(html, "<!-- ")
	comment, after, _ := strings.Cut(rest, " -->")
	if want := plain(t, kin(wine, 890).component(), sample(3)); before+after != want {
		t.Errorf("the page says\n%q, want\n%q", before+after, want)
	}
	if !strings.Contains(comment, `<p class="offer__note">Prix TTC, livraison en sus, TVA comprise.</p></article>`) || strings.Contains(comment, "Ausone") || !utf8.ValidString(comment) {
		t.Errorf("in common is %q", comment)
	}
}

// A comment that a page's own text would end is refused.
func TestACommentCannotBeEnded(t *testing.T) {
	if err := NewPress().Learn(context.Background(), "vintage", []templ.Component{text("a --> b")}); err == nil {
		t.Error("learned")
	}
}
