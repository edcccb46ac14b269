package intake

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// The bounds of a list: what goes beyond them is refused, so that no file can eat the machine's memory.
const (
	maxRecord = 1 << 20 // bytes of one record, all its lines together
	maxFields = 256
	maxRows   = 500_000
)

// FormatError says where a file stops being a CSV list. Nothing of such a file is taken: half a list
// would look like a list in which the rest is sold out.
type FormatError struct {
	Line   int // 1 is the header
	Reason string
}

func (e *FormatError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

// record is one CSV record and the line on which it starts.
type record struct {
	line   int
	fields []string
}

// scanner reads RFC 4180 records one at a time, with a bound on each. The standard library's reader
// has none: it would take a line of a gigabyte into memory before it could be looked at.
type scanner struct {
	in    *bufio.Reader
	line  int // of the record that is read next
	bytes int64
}

func newScanner(r io.Reader) *scanner {
	in := bufio.NewReaderSize(r, 64<<10)
	if mark, err := in.Peek(3); err == nil && bytes.Equal(mark, []byte{0xEF, 0xBB, 0xBF}) {
		_, _ = in.Discard(3)
	}
	return &scanner{in: in, line: 1}
}

// next returns the next record that is not an empty line, or io.EOF.
func (s *scanner) next(ctx context.Context) (record, error) {
	for {
		if err := ctx.Err(); err != nil {
			return record{}, fmt.Errorf("read list at line %d: %w", s.line, err)
		}
		start := s.line
		raw, err := s.raw()
		if err != nil {
			return record{}, err
		}
		if len(raw) == 0 {
			continue
		}
		if err := sound(raw, start); err != nil {
			return record{}, err
		}
		fields, err := split(raw, start)
		return record{line: start, fields: fields}, err
	}
}

// raw reads the bytes of one record without its line end. A line end within quotes belongs to the record.
func (s *scanner) raw() ([]byte, error) {
	var out []byte
	start, quotes := s.line, 0
	for {
		part, err := s.in.ReadSlice('\n')
		s.bytes += int64(len(part))
		if len(out)+len(part) > maxRecord {
			return nil, &FormatError{start, fmt.Sprintf("longer than %d bytes", maxRecord)}
		}
		out = append(out, part...)
		quotes += bytes.Count(part, []byte{'"'})
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return nil, fmt.Errorf("read list at line %d: %w", s.line, err)
		}
		if len(part) > 0 && part[len(part)-1] == '\n' {
			s.line++
		}
		if last && quotes%2 == 1 {
			return nil, &FormatError{start, "a quote is opened and never closed"}
		}
		if last && len(out) == 0 {
			return nil, io.EOF
		}
		if last || quotes%2 == 0 {
			return bytes.TrimRight(out, "\r\n"), nil
		}
	}
}

// sound refuses bytes that no list in UTF-8 can hold.
func sound(raw []byte, line int) error {
	if bytes.IndexByte(raw, 0) >= 0 {
		return &FormatError{line, "holds a NUL byte: this is no text file"}
	}
	if !utf8.Valid(raw) {
		return &FormatError{line, "is not UTF-8: save the list as UTF-8 and try again"}
	}
	return nil
}

// split takes a record apart at its commas.
func split(raw []byte, line int) ([]string, error) {
	var fields []string
	for {
		if len(fields) == maxFields {
			return nil, &FormatError{line, fmt.Sprintf("more than %d fields", maxFields)}
		}
		field, rest, more, err := cutField(raw, line)
		if err != nil {
			return nil, err
		}
		fields = append(fields, field)
		if !more {
			return fields, nil
		}
		raw = rest
	}
}

// cutField takes the first field off; more says that a comma followed it.
func cutField(raw []byte, line int) (field string, rest []byte, more bool, err error) {
	if len(raw) == 0 || raw[0] != '"' {
		head, rest, more := bytes.Cut(raw, []byte{','})
		if bytes.IndexByte(head, '"') >= 0 {
			return "", nil, false, &FormatError{line, "a quote stands inside a field that is not quoted"}
		}
		return string(head), rest, more, nil
	}
	var out []byte
	for raw = raw[1:]; ; {
		i := bytes.IndexByte(raw, '"')
		if i < 0 {
			return "", nil, false, &FormatError{line, "a quote is opened and never closed"}
		}
		out, raw = append(out, raw[:i]...), raw[i+1:]
		if len(raw) > 0 && raw[0] == '"' {
			out, raw = append(out, '"'), raw[1:]
			continue
		}
		if len(raw) == 0 {
			return string(out), nil, false, nil
		}
		if raw[0] != ',' {
			return "", nil, false, &FormatError{line, "text follows a closing quote"}
		}
		return string(out), raw[1:], true, nil
	}
}
