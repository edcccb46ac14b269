package smtp

import (
	"bytes"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"caveau/store/mail"
)

// write a message as RFC 5322 wants it.
func write(m mail.Message) (*gomail.Msg, error) {
	from, err := person(m.From)
	if err != nil {
		return nil, fmt.Errorf("write the sender: %w", err)
	}
	to, err := person(m.To)
	if err != nil {
		return nil, fmt.Errorf("write the recipient: %w", err)
	}
	out := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(encoding(m.Text)), gomail.WithNoDefaultUserAgent())
	out.FromMailAddress(from)
	out.ToMailAddress(to)
	out.Subject(plain(m.Subject))
	out.SetDateWithValue(m.Date)
	out.SetMessageIDWithValue(plain(m.ID))
	out.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office replies
	if m.Unsubscribe != "" {
		if strings.ContainsFunc(m.Unsubscribe, func(r rune) bool { return r <= ' ' || r > '~' || r == '<' || r == '>' }) {
			return nil, errors.New("write the address that ends these letters: it is none")
		}
		out.SetListUnsubscribe(m.Unsubscribe)
		if strings.HasPrefix(m.Unsubscribe, "https://") { // RFC 8058 wants no other
			out.SetListUnsubscribePost()
		}
	}
	out.SetBodyString(gomail.TypeTextPlain, m.Text)
	out.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	for _, f := range m.Attached {
		if err := out.AttachReader(plain(f.Name), bytes.NewReader(f.Body), gomail.WithFileContentType(gomail.ContentType(f.Type))); err != nil {
			return nil, fmt.Errorf("attach a file: %w", err)
		}
	}
	return out, nil
}

// encoding is base64 where most characters would take three in quoted-printable.
func encoding(text string) gomail.Encoding {
	foreign := 0
	for _, r := range text {
		if r > 0x7F {
			foreign++
		}
	}
	if foreign*4 > len(text)/2 {
		return gomail.EncodingB64
	}
	return gomail.EncodingQP
}

var errAddress = errors.New("it is no address")

// person is an address that mail can go to. The error doesn't repeat it.
func person(a mail.Address) (*netmail.Address, error) {
	parsed, err := netmail.ParseAddress(a.Mail)
	if err != nil || parsed.Address != a.Mail || strings.ContainsFunc(a.Mail, notInAddress) {
		return nil, errAddress
	}
	return &netmail.Address{Name: plain(a.Name), Address: a.Mail}, nil
}

func notInAddress(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }

// longest is how many characters of a name or a subject are written: a line of a header ends after 998 bytes.
const longest = 200

// plain is text on one line: what is no character becomes a blank.
func plain(s string) string {
	line := []rune(strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, " "), func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) || r == '\u2028' || r == '\u2029'
	}), " "))
	return string(line[:min(len(line), longest)])
}
