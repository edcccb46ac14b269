package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"caveau/store/mail"
)

// TLS says how a connection is kept secret.
type TLS string

// The ways to keep a connection secret. Without STARTTLS or TLS from the start no password is sent.
const (
	StartTLS TLS = "starttls" // asked for once connected, and insisted on
	Implicit TLS = "implicit" // from the first byte
	None     TLS = "none"     // for a server on the same machine
)

// Options of a server.
type Options struct {
	Addr           string // host:port
	TLS            TLS
	User, Password string        // both empty: nobody signs in
	Timeout        time.Duration // of a step: dialling, a message
	Roots          *tls.Config   // nil: the system's
}

// Server takes messages.
type Server struct{ client *gomail.Client }

// New checks the options. It connects to nothing.
func New(o Options) (*Server, error) {
	host, portText, err := net.SplitHostPort(o.Addr)
	if err != nil {
		return nil, fmt.Errorf("use the mail server: %q is not host:port", o.Addr)
	}
	port, err := strconv.Atoi(portText)
	if err != nil {
		return nil, fmt.Errorf("use the mail server: %q has no port", o.Addr)
	}
	options := []gomail.Option{gomail.WithPort(port), gomail.WithTimeout(o.Timeout), gomail.WithoutNoop()}
	switch o.TLS {
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case Implicit:
		options = append(options, gomail.WithSSL(), gomail.WithTLSPolicy(gomail.NoTLS))
	case None:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, fmt.Errorf("use the mail server: %q is no way to keep a connection secret", o.TLS)
	}
	if o.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(o.User), gomail.WithPassword(o.Password))
	}
	if o.Roots != nil {
		options = append(options, gomail.WithTLSConfig(o.Roots))
	}
	client, err := gomail.NewClient(host, options...)
	if err != nil {
		return nil, fmt.Errorf("use the mail server: %w", err)
	}
	return &Server{client}, nil
}

// Send hands over messages in order, and calls done for each as soon as its fate is known, so that it can be written down
// before the next one goes out. nil: the server took it. mail.ErrAway: it was not tried.
func (s *Server) Send(ctx context.Context, messages []mail.Message, done func(i int, err error)) {
	connection, err := s.client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		for i := range messages {
			done(i, fmt.Errorf("%w: %s", mail.ErrAway, step(err)))
		}
		return
	}
	defer func() { _ = s.client.CloseWithSMTPClient(connection) }()
	for i, m := range messages {
		err := s.one(connection, m)
		done(i, err)
		if errors.Is(err, errBroken) || ctx.Err() != nil {
			for rest := i + 1; rest < len(messages); rest++ {
				done(rest, mail.ErrAway)
			}
			return
		}
	}
}

// errBroken says that a connection broke over a message. That counts as a try of this message: it may be the reason.
var errBroken = errors.New("the connection broke")

func (s *Server) one(connection *smtp.Client, m mail.Message) error {
	message, err := write(m)
	if err != nil {
		return err
	}
	err = s.client.SendWithSMTPClient(connection, message)
	if err == nil || message.IsDelivered() {
		return nil
	}
	var answer *gomail.SendError
	if errors.As(err, &answer) && answer.ErrorCode() == 0 { // it was no answer of the server's
		return fmt.Errorf("%w: %s", errBroken, answer.Reason)
	}
	return errors.New(step(err))
}

// step says what failed, with the server's codes and none of its words.
func step(err error) string {
	var answer *gomail.SendError
	if errors.As(err, &answer) {
		return fmt.Sprintf("%s: %d %s", answer.Reason, answer.ErrorCode(), answer.EnhancedStatusCode())
	}
	var network net.Error
	if errors.As(err, &network) && network.Timeout() {
		return "no answer in time"
	}
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return "its certificate is not trusted"
	}
	return "the connection failed"
}
