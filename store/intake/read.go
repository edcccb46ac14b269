package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"caveau/store/gazetteer"
	"caveau/store/market"
)

// Options are what Read needs beside the list.
type Options struct {
	Gazetteer *gazetteer.Gazetteer
	Markets   *market.Table
	INAO      string                  // folder with appellations_fr.csv of the INAO's register; may be empty
	Now       time.Time               // decides which table of rates counts
	Progress  func(done, total int64) // bytes read; total is 0 where the reader does not say. May be nil
}

// Read turns a merchant's list into a catalogue. A row that cannot be taken is reported and left out; a
// file that is no such list at all (*FormatError, with the line) is refused as a whole. The result
// hangs on the list, the map and the gazetteer alone: reading twice gives the same.
func Read(ctx context.Context, in io.Reader, m *Map, o Options) (*Result, error) {
	if o.Gazetteer == nil || o.Markets == nil {
		return nil, errors.New("read list: gazetteer and markets are needed")
	}
	rd, err := newReader(o)
	if err != nil {
		return nil, err
	}
	res := &Result{}
	rows, err := res.scan(ctx, in, m, o.Progress)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("read list: none of its %d rows can be taken", res.Rows)
	}
	wines, err := rd.understand(ctx, rows)
	if err != nil {
		return nil, err
	}
	res.List = listOf(wines, rd.atlas, o.Gazetteer, m)
	if res.List.Prices, err = prices(rows, m, o.Markets, o.Now); err != nil {
		return nil, fmt.Errorf("convert prices: %w", err)
	}
	for house := range m.Stock.Warehouse {
		if !slices.Contains(o.Markets.Warehouses, house) {
			return nil, fmt.Errorf("make stock: no market knows warehouse %q", house)
		}
	}
	res.List.Stock = stock(rows, m)
	res.finish(rows, wines, rd.atlas)
	return res, nil
}

func newReader(o Options) (*reader, error) {
	a, err := newAtlas(o.Gazetteer, o.INAO)
	if err != nil {
		return nil, fmt.Errorf("read places: %w", err)
	}
	ms, err := newMakers(o.Gazetteer, a)
	if err != nil {
		return nil, fmt.Errorf("read producers: %w", err)
	}
	v, err := newVines()
	if err != nil {
		return nil, fmt.Errorf("read grapes: %w", err)
	}
	return &reader{
		atlas: a, makers: ms, vines: v, lex: newLexicon(o.Gazetteer, a, ms.all, v), register: newRegister(o.Gazetteer, a),
	}, nil
}

// scan reads the records and keeps the rows that can be sold.
func (res *Result) scan(ctx context.Context, in io.Reader, m *Map, progress func(done, total int64)) ([]*row, error) {
	total := sizeOf(in)
	s := newScanner(in)
	header, err := s.next(ctx)
	if errors.Is(err, io.EOF) {
		return nil, &FormatError{1, "the file is empty"}
	}
	if err != nil {
		return nil, err
	}
	at, err := columnsOf(header, m)
	if err != nil {
		return nil, err
	}
	var rows []*row
	seen := map[string]int{}
	for {
		rec, err := s.next(ctx)
		if progress != nil && (res.Rows%64 == 0 || err != nil) {
			progress(s.bytes, total)
		}
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		if res.Rows++; res.Rows > maxRows {
			return nil, &FormatError{rec.line, fmt.Sprintf("more than %d rows", maxRows)}
		}
		r, bad := rowOf(rec, at, m)
		if first := seen[r.sku]; bad == nil && first > 0 {
			bad = r.reject(ReasonSKU, fmt.Sprintf("line %d has this SKU already", first))
		}
		if bad != nil {
			res.Rejected = append(res.Rejected, *bad)
			continue
		}
		seen[r.sku] = r.line
		rows = append(rows, r)
	}
}

// sizeOf is the length of a file or buffer; 0 where it is not known.
func sizeOf(in io.Reader) int64 {
	switch x := in.(type) {
	case interface{ Stat() (fs.FileInfo, error) }:
		if info, err := x.Stat(); err == nil {
			return info.Size()
		}
	case interface{ Len() int }:
		return int64(x.Len())
	}
	return 0
}

// understand reads the names, which are clean, in three passes: complete those that the field has cut, learn
// producers from the list, then say of each row which wine it is.
func (rd *reader) understand(ctx context.Context, rows []*row) ([]*wine, error) {
	rd.complete(rows)
	for _, r := range rows {
		rd.frame(r)
		rd.classPlace(r)
	}
	rd.learn(rows)
	// In an order of the names' own, since a producer that one row coins is found in the next.
	ordered := slices.Clone(rows)
	sort.Slice(ordered, func(i, j int) bool {
		return ordered[i].name < ordered[j].name || ordered[i].name == ordered[j].name && ordered[i].sku < ordered[j].sku
	})
	for i, r := range ordered {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("read names: %w", ctx.Err())
		}
		rd.producer(r)
	}
	wines := rd.group(ordered)
	rd.placeMakers(wines)
	wines = encode(wines)
	rd.uncut(wines)
	return wines, nil
}

// classPlace takes the place that the class says where the name says none.
func (rd *reader) classPlace(r *row) {
	if r.reading.place != nil || r.class.Region == "" {
		return
	}
	r.reading.place = rd.atlas.phrases[r.country][significant(wordsOf(r.class.Region))]
}

// learn finds the producers that the list itself shows, country by country.
func (rd *reader) learn(rows []*row) {
	tails := map[string]map[string][]word{}
	for _, r := range rows {
		x := &r.reading
		if tails[r.country] == nil {
			tails[r.country] = map[string][]word{}
		}
		if x.byOrigin && len(x.tail) > 0 && !rd.isBordeaux(r) {
			tails[r.country][phrase(x.head)+"|"+phrase(x.tail)] = x.tail
		}
	}
	for _, country := range sortedKeys(tails) {
		var list [][]word
		for _, k := range sortedKeys(tails[country]) {
			list = append(list, tails[country][k])
		}
		rd.makers.mine(country, list, func(words []word) string { return rd.lex.write(words, country) })
	}
}

// isBordeaux says that the place is of Bordeaux, where a tail is a château and not a house with its wines.
func (rd *reader) isBordeaux(r *row) bool {
	return r.reading.place != nil && slices.Contains(rd.atlas.lineage(r.reading.place.region), "bordeaux")
}

// complete gives a name that the field has cut the words of the one longer name that begins like it;
// where there is none, a last word that is the beginning of one known word only is written out.
func (rd *reader) complete(rows []*row) {
	var whole []string
	for _, r := range rows {
		if !r.cut {
			whole = append(whole, comparable(r.name))
		}
	}
	sort.Strings(whole)
	whole = slices.Compact(whole)
	for _, r := range rows {
		if !r.cut {
			continue
		}
		short := comparable(r.name)
		if long, ok := oneLonger(whole, short); ok && long != short {
			r.note("name-cut", "completed from the line "+long)
			r.name = strings.ToUpper(long)
			r.cut = false
		}
	}
}

// comparable brings names to one spelling for their beginnings to be compared.
func comparable(name string) string {
	head, tail := parts(name)
	if head == "" {
		return strings.ToUpper(tail)
	}
	return strings.ToUpper(head + " - " + tail)
}

// oneLonger finds the one longer name that begins with a name.
func oneLonger(sorted []string, short string) (string, bool) {
	i := sort.SearchStrings(sorted, short)
	if i < len(sorted) && sorted[i] == short {
		return short, true
	}
	if i >= len(sorted) || !strings.HasPrefix(sorted[i], short) {
		return "", false
	}
	if i+1 < len(sorted) && strings.HasPrefix(sorted[i+1], short) {
		return "", false
	}
	return sorted[i], true
}

// placeMakers gives each producer the region of its wines: the one above them all.
func (rd *reader) placeMakers(wines []*wine) {
	regions := map[*maker][]string{}
	for _, w := range wines {
		regions[w.maker] = append(regions[w.maker], w.region)
	}
	for m, list := range regions {
		if m.region != "" {
			continue
		}
		m.region = list[0]
		for _, r := range list[1:] {
			m.region = rd.common(m.region, r)
		}
	}
}

// common is the lowest region that two regions lie in.
func (rd *reader) common(a, b string) string {
	above := rd.atlas.lineage(b)
	for _, code := range rd.atlas.lineage(a) {
		if slices.Contains(above, code) {
			return code
		}
	}
	return a
}

// uncut looks for the vintage of rows whose year the field has cut: the harvest of the one other row of
// the same wine, size and price whose year begins like it.
func (rd *reader) uncut(wines []*wine) {
	for _, w := range wines {
		for _, r := range w.rows {
			if r.yearCut == "" {
				continue
			}
			years := map[string]int{}
			for _, s := range w.rows {
				text := strconv.Itoa(s.year)
				if s.year != 0 && s.volume == r.volume && s.bottles == r.bottles && s.cents == r.cents && strings.HasPrefix(text, r.yearCut) {
					years[text] = s.year
				}
			}
			for _, y := range years {
				if len(years) == 1 {
					r.note("year-cut", fmt.Sprintf("%d, like the other line at this price", y))
					r.year = y
				}
			}
		}
	}
}
