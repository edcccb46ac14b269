package sink

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"time"

	_ "github.com/emersion/go-message/charset" // texts that are not in UTF-8
	"github.com/emersion/go-message/mail"
)

// Mail that came.
type Mail struct {
	ID         int // rising with the time
	At         time.Time
	To         []string // of the envelope
	Subject    string
	From       string
	Header     []Field // as they came
	Text, HTML string
	Files      []File
}

// Field of a header, decoded.
type Field struct{ Name, Value string }

// File that was attached.
type File struct {
	Name, Type string
	Body       []byte
}

// parse reads a mail with all its parts.
func parse(raw []byte) (Mail, error) {
	reader, err := mail.CreateReader(bytes.NewReader(raw))
	if err != nil {
		return Mail{}, fmt.Errorf("read a mail: %w", err)
	}
	defer reader.Close()
	var m Mail
	if m.Subject, err = reader.Header.Subject(); err != nil {
		return Mail{}, fmt.Errorf("read a mail's subject: %w", err)
	}
	for fields := reader.Header.Fields(); fields.Next(); {
		value, err := new(mime.WordDecoder).DecodeHeader(fields.Value())
		if err != nil {
			value = fields.Value()
		}
		m.Header = append(m.Header, Field{fields.Key(), value})
		if fields.Key() == "From" {
			m.From = value
		}
	}
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return m, nil
		}
		if err != nil {
			return Mail{}, fmt.Errorf("read a part of a mail: %w", err)
		}
		if err := m.add(part); err != nil {
			return Mail{}, err
		}
	}
}

func (m *Mail) add(part *mail.Part) error {
	body, err := io.ReadAll(part.Body)
	if err != nil {
		return fmt.Errorf("read a part of a mail: %w", err)
	}
	switch h := part.Header.(type) {
	case *mail.InlineHeader:
		kind, _, err := h.ContentType()
		if err != nil {
			return fmt.Errorf("read the type of a part: %w", err)
		}
		if kind == "text/html" {
			m.HTML = string(body)
			return nil
		}
		m.Text = string(body)
	case *mail.AttachmentHeader:
		name, err := h.Filename()
		if err != nil {
			return fmt.Errorf("read the name of a file: %w", err)
		}
		kind, _, err := h.ContentType()
		if err != nil {
			return fmt.Errorf("read the type of a file: %w", err)
		}
		m.Files = append(m.Files, File{name, kind, body})
	}
	return nil
}

// Get a field of the header; "" where it has none.
func (m Mail) Get(name string) string {
	for _, f := range m.Header {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}
