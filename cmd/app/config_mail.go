package app

import (
	"errors"
	"fmt"
	"time"

	"caveau/store/smtp"
)

// SMTP is the mail server that letters go to.
type SMTP struct {
	Addr     string `help:"Address of the mail server, host:port. Without one letters wait for an instance that has one." env:"CAVEAU_SMTP_ADDR"`
	TLS      string `name:"tls" help:"How mail is kept secret on its way there: starttls, implicit, or none for a server on the same machine." env:"CAVEAU_SMTP_TLS" default:"starttls"`
	User     string `help:"Name to sign in with; empty where the server asks for none." env:"CAVEAU_SMTP_USER"`
	Password string `help:"Password to sign in with." env:"CAVEAU_SMTP_PASSWORD"`
}

// smtpTimeout is what a step of handing over mail may take.
const smtpTimeout = 15 * time.Second

type problem struct {
	name string
	err  error
}

func (c SMTP) problems() []problem {
	if c.Addr == "" {
		return nil
	}
	var out []problem
	if err := checkAddr(c.Addr); err != nil {
		out = append(out, problem{"CAVEAU_SMTP_ADDR", err})
	}
	switch smtp.TLS(c.TLS) {
	case smtp.StartTLS, smtp.Implicit, smtp.None:
	default:
		out = append(out, problem{"CAVEAU_SMTP_TLS", fmt.Errorf("%q is not starttls, implicit or none", c.TLS)})
	}
	if (c.User == "") != (c.Password == "") {
		out = append(out, problem{"CAVEAU_SMTP_USER", errors.New("and CAVEAU_SMTP_PASSWORD go together: one of them is not set")})
	}
	if c.User != "" && smtp.TLS(c.TLS) == smtp.None {
		out = append(out, problem{"CAVEAU_SMTP_TLS", errors.New("is none: no password is sent without TLS")})
	}
	return out
}

// mailer is the server of the configuration; nil where it names none.
func (c Config) mailer() (Mailer, error) {
	if c.SMTP.Addr == "" {
		return nil, nil
	}
	server, err := smtp.New(smtp.Options{Addr: c.SMTP.Addr, TLS: smtp.TLS(c.SMTP.TLS), User: c.SMTP.User, Password: c.SMTP.Password, Timeout: smtpTimeout})
	if err != nil {
		return nil, err
	}
	return server, nil
}
