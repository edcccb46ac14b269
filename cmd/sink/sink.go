package sink

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// The bounds of what is kept.
const (
	mostMails = 500
	mostBytes = 4 << 20 // of one mail
)

// Sink is running.
type Sink struct {
	SMTP, Page string // host:port

	mu    sync.Mutex
	last  int
	mails []Mail // the newest first
}

// Start listens on both addresses until ctx ends.
func Start(ctx context.Context, smtpAddr, pageAddr string) (*Sink, error) {
	in, err := listen(ctx, smtpAddr)
	if err != nil {
		return nil, err
	}
	out, err := listen(ctx, pageAddr)
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	s := &Sink{SMTP: in.Addr().String(), Page: out.Addr().String()}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{sink: s}, nil }))
	server.Domain, server.MaxMessageBytes, server.MaxRecipients = "sink.localhost", mostBytes, 10
	server.ReadTimeout, server.WriteTimeout, server.EnableSMTPUTF8 = time.Minute, time.Minute, true
	page := &http.Server{Handler: s.handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(in) }()
	go func() { _ = page.Serve(out) }()
	go func() {
		<-ctx.Done()
		_, _ = server.Close(), page.Close()
	}()
	return s, nil
}

func listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("start the mail sink on %s: %w", addr, err)
	}
	return l, nil
}

// Mails are those that came, the newest first.
func (s *Sink) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.mails)
}

func (s *Sink) mail(id int) (Mail, bool) {
	for _, m := range s.Mails() {
		if m.ID == id {
			return m, true
		}
	}
	return Mail{}, false
}

func (s *Sink) keep(m Mail) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	m.ID = s.last
	s.mails = append([]Mail{m}, s.mails[:min(len(s.mails), mostMails-1)]...)
}

// session is one connection.
type session struct {
	sink *Sink
	to   []string
}

// Mail begins a mail.
func (s *session) Mail(string, *smtp.MailOptions) error { return nil }

// Rcpt notes a recipient.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

// Data takes the mail.
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := parse(raw)
	if err != nil {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "not a mail: " + err.Error()}
	}
	m.To, m.At = s.to, time.Now()
	s.sink.keep(m)
	return nil
}

// Reset forgets the mail that was begun.
func (s *session) Reset() { s.to = nil }

// Logout ends the session.
func (s *session) Logout() error { return nil }
