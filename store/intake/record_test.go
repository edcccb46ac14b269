package intake

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

const header = "sku,name_raw,class,country_code,volume_ml,bottles,abv,price_cad,gtin\n"

func records(t *testing.T, text string) ([]record, error) {
	t.Helper()
	s := newScanner(strings.NewReader(text))
	var out []record
	for {
		rec, err := s.next(context.Background())
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		out = append(out, rec)
	}
}

func TestRecords(t *testing.T) {
	got, err := records(t, "\xEF\xBB\xBFa,b\r\n\r\n\"x \"\"y\"\"\",\"two\nlines\"\n,\nlast,one")
	if err != nil {
		t.Fatal(err)
	}
	want := []record{
		{1, []string{"a", "b"}}, {3, []string{`x "y"`, "two\nlines"}}, {5, []string{"", ""}}, {6, []string{"last", "one"}},
	}
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d: %v", len(got), len(want), got)
	}
	for i, w := range want {
		if got[i].line != w.line || strings.Join(got[i].fields, "|") != strings.Join(w.fields, "|") {
			t.Errorf("record %d is %v, want %v", i, got[i], w)
		}
	}
}

func TestBrokenFiles(t *testing.T) {
	cases := []struct {
		name, text string
		line       int
		says       string
	}{
		{"NUL", "a\nb\nc\x00d\n", 3, "NUL"},
		{"Latin-1", "a\nCh\xE2teau\n", 2, "UTF-8"},
		{"open quote", "a\n\"b\nc\n", 2, "never closed"},
		{"bare quote", "a\nb\"c\"\n", 2, "not quoted"},
		{"text behind a quote", "a\n\"b\"c\n", 2, "closing quote"},
		{"too many fields", "a\n" + strings.Repeat(",", maxFields) + "\n", 2, "fields"},
		{"long record over many lines", "a\n\"" + strings.Repeat("x\n", maxRecord/2+1) + "\"\n", 2, "longer than"},
	}
	for _, c := range cases {
		_, err := records(t, c.text)
		var bad *FormatError
		if !errors.As(err, &bad) || bad.Line != c.line || !strings.Contains(bad.Reason, c.says) {
			t.Errorf("%s: error %v, want line %d and %q", c.name, err, c.line, c.says)
		}
	}
}

// endless is a gigabyte without a line end.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	if e.read >= 1<<30 {
		return 0, io.EOF
	}
	for i := range p {
		p[i] = 'x'
	}
	e.read += int64(len(p))
	return len(p), nil
}

func TestLineOfAGigabyteIsRefusedEarly(t *testing.T) {
	source := &endless{}
	in := io.MultiReader(strings.NewReader(header), source)
	_, err := Read(context.Background(), in, bcl(t), options(t))
	var bad *FormatError
	if !errors.As(err, &bad) || bad.Line != 2 {
		t.Fatalf("error %v, want one about line 2", err)
	}
	if source.read > 2*maxRecord {
		t.Errorf("%d bytes were read before the line was refused", source.read)
	}
}

func TestWholeFilesThatAreRefused(t *testing.T) {
	row := "1,PAUILLAC - CHATEAU LATOUR 2005,France Red Wine,FR,750,1,13,100,\n"
	cases := []struct{ name, text, says string }{
		{"empty", "", "line 1: the file is empty"},
		{"missing columns", "sku,name_raw\n", "line 1: columns are missing: class, country_code, volume_ml, bottles, abv, price_cad, gtin"},
		{"a column twice", "sku," + header + row, "line 1: column \"sku\" is there twice"},
		{"wrong encoding", header + row + "2,CH\xC2TEAU,France Red Wine,FR,750,1,13,100,\n", "line 3: is not UTF-8"},
		{"nothing to sell", header + "1,X,Japan Sake,JP,720,1,15,40,\n", "none of its 1 rows"},
	}
	for _, c := range cases {
		_, err := Read(context.Background(), strings.NewReader(c.text), bcl(t), options(t))
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.says)
		}
	}
}

func TestReadStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Read(ctx, strings.NewReader(header), bcl(t), options(t))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}
