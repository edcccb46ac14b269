package smtp_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"

	"caveau/store/mail"
	"caveau/store/smtp"
)

// office is a mail server that keeps what it takes.
type office struct {
	mu    sync.Mutex
	mails []string
	users []string
	say   func(to string) error // to a recipient
}

func (o *office) got() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string(nil), o.mails...)
}

// counter is one connection to the office.
type counter struct {
	office *office
}

func (c *counter) Mail(string, *gosmtp.MailOptions) error { return nil }
func (c *counter) Reset()                                 {}
func (c *counter) Logout() error                          { return nil }

func (c *counter) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	if c.office.say == nil {
		return nil
	}
	return c.office.say(to)
}

func (c *counter) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.office.mu.Lock()
	defer c.office.mu.Unlock()
	c.office.mails = append(c.office.mails, string(raw))
	return nil
}

// signing is a connection that can be signed in on.
type signing struct{ *counter }

func (c signing) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c signing) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "secret" {
			return gosmtp.ErrAuthFailed
		}
		c.office.mu.Lock()
		defer c.office.mu.Unlock()
		c.office.users = append(c.office.users, user)
		return nil
	}), nil
}

// open an office on a port of its own.
func open(t *testing.T, o *office, config *tls.Config, implicit bool) string {
	t.Helper()
	server := gosmtp.NewServer(gosmtp.BackendFunc(func(*gosmtp.Conn) (gosmtp.Session, error) {
		return signing{&counter{office: o}}, nil
	}))
	server.TLSConfig, server.EnableSMTPUTF8 = config, true
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	if implicit {
		l = tls.NewListener(l, config)
	}
	go server.Serve(l) //nolint:errcheck // it ends with the test
	t.Cleanup(func() { server.Close() })
	return addr
}

// certificate that a client of ours trusts.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, &tls.Config{RootCAs: roots, ServerName: "127.0.0.1"}
}

func message(id string) mail.Message {
	return mail.Message{
		ID: id, From: mail.Address{Name: "Caveau", Mail: "contact@caveau.example"}, To: mail.Address{Name: "Émilie", Mail: "emilie@example.com"},
		Subject: "訂單 HK-100000 確認通知", Date: time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC), Text: "多謝惠顧。\n", HTML: "<p>多謝惠顧。</p>",
		Attached: []mail.File{{Name: "HK-I-2026-00001.pdf", Type: "application/pdf", Body: []byte("%PDF-")}},
	}
}

func send(t *testing.T, s *smtp.Server, messages ...mail.Message) []error {
	t.Helper()
	errs := make([]error, len(messages))
	calls := 0
	s.Send(t.Context(), messages, func(i int, err error) { errs[i] = err; calls++ })
	if calls != len(messages) {
		t.Errorf("%d fates for %d messages", calls, len(messages))
	}
	return errs
}

func server(t *testing.T, o smtp.Options) *smtp.Server {
	t.Helper()
	o.Timeout = 5 * time.Second
	s, err := smtp.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// In the clear, by STARTTLS and by TLS from the start, signed in and not.
func TestWaysToAServer(t *testing.T) {
	theirs, ours := certificate(t)
	for name, c := range map[string]struct {
		tls        smtp.TLS
		user, pass string
		roots      *tls.Config
		config     *tls.Config
		away       bool
	}{
		"clear":                    {tls: smtp.None},
		"starttls":                 {tls: smtp.StartTLS, roots: ours, config: theirs},
		"starttls, signed in":      {tls: smtp.StartTLS, roots: ours, config: theirs, user: "shop", pass: "secret"},
		"implicit, signed in":      {tls: smtp.Implicit, roots: ours, config: theirs, user: "shop", pass: "secret"},
		"no STARTTLS offered":      {tls: smtp.StartTLS, away: true},
		"certificate not trusted":  {tls: smtp.StartTLS, config: theirs, away: true},
		"wrong password":           {tls: smtp.StartTLS, roots: ours, config: theirs, user: "shop", pass: "guess", away: true},
		"password without secrecy": {tls: smtp.None, user: "shop", pass: "secret", away: true},
	} {
		t.Run(name, func(t *testing.T) {
			o := &office{}
			addr := open(t, o, c.config, c.tls == smtp.Implicit)
			s := server(t, smtp.Options{Addr: addr, TLS: c.tls, User: c.user, Password: c.pass, Roots: c.roots})
			err := send(t, s, message("1@x"))[0]
			if errors.Is(err, mail.ErrAway) != c.away || !c.away && err != nil {
				t.Errorf("sent with %v", err)
			}
			if want := map[bool]int{true: 0, false: 1}[c.away]; len(o.got()) != want {
				t.Errorf("%d mails came", len(o.got()))
			}
			if signed := len(o.users) > 0; signed != (c.user != "" && !c.away) {
				t.Errorf("signed in: %v", o.users)
			}
		})
	}
}

func TestWhatAMailIs(t *testing.T) {
	o := &office{}
	s := server(t, smtp.Options{Addr: open(t, o, nil, false), TLS: smtp.None})
	alert := message("2.b@fr.example.com")
	alert.Unsubscribe = "https://fr.example.com/stop?x=1"
	if errs := send(t, s, message("1.a@fr.example.com"), alert); errs[0] != nil || errs[1] != nil {
		t.Fatal(errs)
	}
	first := header(t, o.got()[0])
	for name, want := range map[string]string{
		"Message-Id": "<1.a@fr.example.com>", "Auto-Submitted": "auto-generated", "Date": "Fri, 27 Nov 2026 12:00:00 +0000", "List-Unsubscribe": "", "List-Unsubscribe-Post": "",
	} {
		if got := first.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := header(t, o.got()[1]).Get("List-Unsubscribe"); got != "<https://fr.example.com/stop?x=1>" {
		t.Errorf("List-Unsubscribe is %q", got)
	}
	if got := header(t, o.got()[1]).Get("List-Unsubscribe-Post"); got != "List-Unsubscribe=One-Click" {
		t.Errorf("List-Unsubscribe-Post is %q", got)
	}
	if !strings.Contains(o.got()[0], "charset=UTF-8") || !strings.Contains(o.got()[0], "multipart/alternative") {
		t.Error("it is no multipart in UTF-8")
	}
}

func header(t *testing.T, raw string) netmail.Header {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header
}

// Whatever a visitor enters, no header and no recipient comes of it.
func TestNothingBecomesAHeader(t *testing.T) {
	o := &office{}
	s := server(t, smtp.Options{Addr: open(t, o, nil, false), TLS: smtp.None})
	for _, evil := range []string{
		"Anne\r\nBcc: victim@example.com", "Anne\nX-Evil: 1\n\nbody", "\"Anne\" <victim@example.com>, <b@example.com>", "=?utf-8?q?Anne=0D=0ABcc:_victim@example.com?=",
		"Anne\u2028X-Evil: 1", "Anne\x00\x1b", strings.Repeat("Anne ", 2000), "\xff\xfe", "Анна <b@example.com>",
	} {
		m := message("1@x")
		m.To.Name, m.Subject, m.Attached[0].Name = evil, evil, evil
		if err := send(t, s, m)[0]; err != nil {
			t.Errorf("%.40q: %v", evil, err)
			continue
		}
		all := o.got()
		h := header(t, all[len(all)-1])
		to, err := h.AddressList("To")
		if err != nil || len(to) != 1 || to[0].Address != "emilie@example.com" {
			t.Errorf("%.40q goes to %v (%v)", evil, to, err)
		}
		if h.Get("Bcc") != "" || h.Get("X-Evil") != "" || len(h) != 8 {
			t.Errorf("%.40q made a header: %v", evil, h)
		}
	}
	count := len(o.got())
	for _, evil := range []string{
		"", "anne", "a@b@c", "anne@example.com\r\nRCPT TO:<victim@example.com>", "anne@example.com>\r\nDATA", "<anne@example.com>", "a b@example.com",
		"anne@example.com, victim@example.com", "anne@exa\nmple.com",
	} {
		m := message("1@x")
		m.To.Mail = evil
		if err := send(t, s, m)[0]; err == nil || evil != "" && strings.Contains(err.Error(), evil) {
			t.Errorf("to %q: %v", evil, err)
		}
	}
	stop := message("1@x")
	stop.Unsubscribe = "https://x/>\r\nBcc: <victim@example.com"
	if err := send(t, s, stop)[0]; err == nil {
		t.Error("an address to unsubscribe became a header")
	}
	if len(o.got()) != count {
		t.Errorf("%d mails went out that should not", len(o.got())-count)
	}
}

// Each message has its own fate, and no error tells whom it was for.
func TestFates(t *testing.T) {
	o := &office{say: func(to string) error {
		switch {
		case strings.HasPrefix(to, "nobody"):
			return &gosmtp.SMTPError{Code: 550, EnhancedCode: gosmtp.EnhancedCode{5, 1, 1}, Message: to + " is unknown here"}
		case strings.HasPrefix(to, "later"):
			return &gosmtp.SMTPError{Code: 451, EnhancedCode: gosmtp.EnhancedCode{4, 7, 1}, Message: to + " is greylisted"}
		}
		return nil
	}}
	s := server(t, smtp.Options{Addr: open(t, o, nil, false), TLS: smtp.None})
	var all []mail.Message
	for _, who := range []string{"anne", "nobody", "later", "bert"} {
		m := message(who + "@x")
		m.To.Mail = who + "@example.com"
		all = append(all, m)
	}
	errs := send(t, s, all...)
	for i, want := range []string{"", "550 5.1.1", "451 4.7.1", ""} {
		if (errs[i] == nil) != (want == "") || want != "" && (!strings.Contains(errs[i].Error(), want) || strings.Contains(errs[i].Error(), "example.com") || errors.Is(errs[i], mail.ErrAway)) {
			t.Errorf("message %d: %v, want %q", i, errs[i], want)
		}
	}
	if len(o.got()) != 2 {
		t.Errorf("%d mails came, want 2", len(o.got()))
	}
}

// Nobody listens; somebody listens and says nothing; somebody hangs up over the second message.
func TestAServerThatIsAway(t *testing.T) {
	nobody := server(t, smtp.Options{Addr: "127.0.0.1:1", TLS: smtp.None})
	for _, err := range send(t, nobody, message("1@x"), message("2@x")) {
		if !errors.Is(err, mail.ErrAway) {
			t.Errorf("nobody listens: %v", err)
		}
	}
	mute, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	quick, err := smtp.New(smtp.Options{Addr: mute.Addr().String(), TLS: smtp.None, Timeout: 200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	quick.Send(ctx, []mail.Message{message("1@x")}, func(_ int, err error) {
		if !errors.Is(err, mail.ErrAway) {
			t.Errorf("nobody answers: %v", err)
		}
	})
	rude := server(t, smtp.Options{Addr: hangsUp(t), TLS: smtp.None})
	errs := send(t, rude, message("1@x"), message("2@x"))
	if errs[0] == nil || errors.Is(errs[0], mail.ErrAway) || !errors.Is(errs[1], mail.ErrAway) {
		t.Errorf("hung up over the first: %v", errs)
	}
}

// hangsUp greets, and hangs up when a mail begins.
func hangsUp(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			io.WriteString(c, "220 here\r\n") //nolint:errcheck // the client is gone
			for lines := bufio.NewScanner(c); lines.Scan() && !strings.HasPrefix(lines.Text(), "MAIL"); {
				io.WriteString(c, "250 well\r\n") //nolint:errcheck // likewise
			}
			c.Close()
		}
	}()
	return l.Addr().String()
}

func TestOptions(t *testing.T) {
	for name, o := range map[string]smtp.Options{
		"no port": {Addr: "mail.example.com", TLS: smtp.None}, "no host": {Addr: ":25", TLS: smtp.None}, "a name for a port": {Addr: "x:smtp", TLS: smtp.None},
		"no way": {Addr: "x:25", TLS: "ssl"},
	} {
		o.Timeout = time.Second
		if _, err := smtp.New(o); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
