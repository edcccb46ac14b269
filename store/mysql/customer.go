package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"caveau/store/customer"
	"caveau/store/mail"
)

// Customers keeps accounts. Each method is one transaction on the primary, and so are its reads: who changes an address sees it
// changed, and a password that was changed is the old one's end at once. Writes may be called twice (settle.go).
type Customers struct {
	primary *Primary
}

// NewCustomers on a primary.
func NewCustomers(primary *Primary) *Customers { return &Customers{primary} }

// Credentials of an address; none of them, and no error, where it has no account.
func (c *Customers) Credentials(ctx context.Context, email customer.Email) (customer.Credentials, error) {
	return c.credentials(ctx, `SELECT id, password, epoch FROM customer WHERE email = ?`, email)
}

// CredentialsOf an account; none where it was erased.
func (c *Customers) CredentialsOf(ctx context.Context, id customer.ID) (customer.Credentials, error) {
	return c.credentials(ctx, `SELECT id, password, epoch FROM customer WHERE id = ? AND erased_at IS NULL`, id)
}

func (c *Customers) credentials(ctx context.Context, query string, arg any) (customer.Credentials, error) {
	var found customer.Credentials
	err := c.primary.db.QueryRowContext(ctx, query, arg).Scan(&found.ID, &found.Hash, &found.Epoch)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return customer.Credentials{}, fmt.Errorf("read credentials: %w", err)
	}
	return found, nil
}

// Apply notes who wants an account, and writes to the address: a link that opens it, or, where it has one, that somebody tried.
// Either way as many statements are run, and nothing is answered.
// i18n:prefix mail.account.
func (c *Customers) Apply(ctx context.Context, a customer.Applicant, t customer.Token) error {
	_, err := c.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		owner, err := ownerOf(ctx, tx, a.Email)
		if err != nil {
			return err
		}
		n := tokenRow{
			token: t, purpose: "confirm", email: a.Email, name: a.Name, password: a.Hash, market: a.Market, locale: a.Locale, hours: customer.ConfirmLife.Hours(),
		}
		letter := mail.Letter{Topic: "account.confirm", Market: a.Market, Locale: a.Locale, To: string(a.Email), Data: map[string]string{"link": a.Link + t.String()}}
		if owner != 0 {
			n = nobodys(n)
			letter.Topic, letter.Data["link"] = "account.exists", a.Known
		}
		fresh, err := n.write(ctx, tx)
		if err != nil || !fresh {
			return err
		}
		if err := post(ctx, tx, letter); err != nil {
			return err
		}
		return witness(ctx, tx, owner, "applied")
	})
	return said("note an application", err)
}

// ownerOf an address; 0 where it has no account.
func ownerOf(ctx context.Context, tx *sql.Tx, email customer.Email) (customer.ID, error) {
	var id customer.ID
	err := tx.QueryRowContext(ctx, `SELECT id FROM customer WHERE email = ?`, email).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("look for an account: %w", err)
	}
	return id, nil
}

// witness writes down what happened to an account.
func witness(ctx context.Context, tx *sql.Tx, id customer.ID, what string) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO customer_event (customer, what) VALUES (?, ?)`, id, what); err != nil {
		return fmt.Errorf("note what happened to an account: %w", err)
	}
	return nil
}

// Pending is who wants the account that a token opens, and the hash of the password; else customer.ErrToken.
func (c *Customers) Pending(ctx context.Context, t customer.Token) (customer.Applicant, error) {
	hash := t.Hash()
	var a customer.Applicant
	err := c.primary.db.QueryRowContext(ctx, `SELECT email, name, password, market, locale FROM token
		WHERE hash = ? AND purpose = 'confirm' AND used_by IS NULL AND expires_at > UTC_TIMESTAMP(6)`, hash[:]).Scan(&a.Email, &a.Name, &a.Hash, &a.Market, &a.Locale)
	if errors.Is(err, sql.ErrNoRows) {
		return customer.Applicant{}, customer.ErrToken
	}
	if err != nil {
		return customer.Applicant{}, fmt.Errorf("read a token: %w", err)
	}
	return a, nil
}

// Confirm opens the account that a token stands for, under an ID that was just drawn. ErrToken where it opens nothing, also because
// the address has got an account meanwhile.
func (c *Customers) Confirm(ctx context.Context, t customer.Token, id customer.ID) (customer.Credentials, error) {
	opened := customer.Credentials{ID: id, Epoch: 1}
	_, err := c.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		k, again, err := use(ctx, tx, t, "confirm", useOf(id))
		if err != nil || again {
			return err
		}
		opened.Hash = k.password
		_, err = tx.ExecContext(ctx, `INSERT INTO customer (id, email, name, password, market, locale) VALUES (?, ?, ?, ?, ?, ?)`, id, k.email, k.name, k.password, k.market, k.locale)
		if isDuplicate(err) {
			return customer.ErrToken
		}
		if err != nil {
			return fmt.Errorf("open the account: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM token WHERE email = ? AND purpose = 'confirm' AND used_by IS NULL`, k.email); err != nil {
			return fmt.Errorf("drop the other tokens: %w", err)
		}
		return witness(ctx, tx, id, "opened")
	})
	if err != nil {
		return customer.Credentials{}, said("confirm an account", err)
	}
	return opened, nil
}

// said wraps an error, where there is one, with what was attempted.
func said(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
