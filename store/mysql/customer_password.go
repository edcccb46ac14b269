package mysql

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"

	"caveau/store/customer"
	"caveau/store/mail"
)

// AskReset writes a link to an address with which its owner can set a new password. Where it has no account as many statements are
// run, and no letter is written. link is the page's path, up to the token.
func (c *Customers) AskReset(ctx context.Context, email customer.Email, market, locale, link string, t customer.Token) error {
	_, err := c.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		owner, err := ownerOf(ctx, tx, email)
		if err != nil {
			return err
		}
		n := tokenRow{token: t, purpose: "reset", customer: owner, email: email, market: market, locale: locale, hours: customer.ResetLife.Hours()}
		if owner == 0 {
			n = nobodys(n)
		}
		fresh, err := n.write(ctx, tx)
		if err != nil || !fresh {
			return err
		}
		if owner == 0 { // instead of the letter
			return errors.Join(witness(ctx, tx, 0, "reset.nobody"), witness(ctx, tx, 0, "reset.asked"))
		}
		letter := mail.Letter{Topic: "account.reset", Market: market, Locale: locale, To: string(email), Data: map[string]string{"link": link + t.String()}}
		return errors.Join(post(ctx, tx, letter), witness(ctx, tx, owner, "reset.asked"))
	})
	return said("ask for a new password", err)
}

// Holder of a token for a new password, else customer.ErrToken.
func (c *Customers) Holder(ctx context.Context, t customer.Token) (customer.Account, error) {
	hash := t.Hash()
	var a customer.Account
	err := c.primary.db.QueryRowContext(ctx, `SELECT customer, email FROM token
		WHERE hash = ? AND purpose = 'reset' AND used_by IS NULL AND expires_at > UTC_TIMESTAMP(6)`, hash[:]).Scan(&a.ID, &a.Email)
	if errors.Is(err, sql.ErrNoRows) {
		return customer.Account{}, customer.ErrToken
	}
	if err != nil {
		return customer.Account{}, fmt.Errorf("read a token: %w", err)
	}
	return a, nil
}

// Reset sets a new password by a token. All that the old one has opened is to be ended then. Other tokens for the same go with it.
func (c *Customers) Reset(ctx context.Context, t customer.Token, hash string) (customer.Credentials, error) {
	var by tokenUse
	rand.Read(by[:]) //nolint:errcheck // never fails
	var done customer.Credentials
	_, err := c.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		k, again, err := use(ctx, tx, t, "reset", by)
		if err != nil {
			return err
		}
		if !again {
			err = replace(ctx, tx, k.customer, hash)
		}
		if err != nil {
			return err
		}
		done = customer.Credentials{ID: k.customer, Hash: hash}
		return tx.QueryRowContext(ctx, `SELECT epoch FROM customer WHERE id = ?`, k.customer).Scan(&done.Epoch)
	})
	if err != nil {
		return customer.Credentials{}, said("set a new password", err)
	}
	return done, nil
}

// ChangePassword of who has shown that he knows the old one, by its hash. ErrLogin where it is another by now.
func (c *Customers) ChangePassword(ctx context.Context, old customer.Credentials, hash string) (customer.Credentials, error) {
	done := customer.Credentials{ID: old.ID, Hash: hash}
	_, err := c.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var now string
		err := tx.QueryRowContext(ctx, `SELECT password, epoch FROM customer WHERE id = ? AND erased_at IS NULL FOR UPDATE`, old.ID).Scan(&now, &done.Epoch)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return customer.ErrUnknown
		case err != nil:
			return fmt.Errorf("read the password: %w", err)
		case now == hash:
			return nil // an earlier run
		case now != old.Hash:
			return customer.ErrLogin
		}
		done.Epoch++
		return replace(ctx, tx, old.ID, hash)
	})
	if err != nil {
		return customer.Credentials{}, said("change a password", err)
	}
	return done, nil
}

// replace the password: tokens that could do it again are dropped, and its owner is told.
func replace(ctx context.Context, tx *sql.Tx, id customer.ID, hash string) error {
	done, err := tx.ExecContext(ctx, `UPDATE customer SET password = ?, epoch = epoch + 1 WHERE id = ? AND erased_at IS NULL`, hash, id)
	if err != nil {
		return fmt.Errorf("write the password: %w", err)
	}
	if rows, err := done.RowsAffected(); err != nil || rows == 0 {
		return errors.Join(customer.ErrToken, err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM token WHERE customer = ? AND used_by IS NULL`, id); err != nil {
		return fmt.Errorf("drop the other tokens: %w", err)
	}
	if err := tellOwner(ctx, tx, id, "account.password"); err != nil {
		return err
	}
	return witness(ctx, tx, id, "password")
}

// tellOwner writes to the address that the account has now.
func tellOwner(ctx context.Context, tx *sql.Tx, id customer.ID, topic mail.Topic) error {
	l := mail.Letter{Topic: topic}
	err := tx.QueryRowContext(ctx, `SELECT email, market, locale FROM customer WHERE id = ?`, id).Scan(&l.To, &l.Market, &l.Locale)
	if err != nil {
		return fmt.Errorf("read an account: %w", err)
	}
	return post(ctx, tx, l)
}

// Upgrade replaces a hash by another of the same password. Nothing else changes, and nothing happens where it is not the old one.
func (c *Customers) Upgrade(ctx context.Context, old customer.Credentials, hash string) error {
	_, err := c.primary.db.ExecContext(ctx, `UPDATE customer SET password = ? WHERE id = ? AND password = ?`, hash, old.ID, old.Hash)
	return said("upgrade a hash", err)
}

// AskEmail writes to a new address a link that makes it the account's. Where it belongs to another account the letter says that
// somebody tried, as with Apply.
func (c *Customers) AskEmail(ctx context.Context, id customer.ID, email customer.Email, link, known string, t customer.Token) error {
	_, err := c.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		n := tokenRow{token: t, purpose: "email", customer: id, email: email, hours: customer.ConfirmLife.Hours()}
		if err := tx.QueryRowContext(ctx, `SELECT market, locale FROM customer WHERE id = ? AND erased_at IS NULL`, id).Scan(&n.market, &n.locale); err != nil {
			return fmt.Errorf("read an account: %w", err)
		}
		owner, err := ownerOf(ctx, tx, email)
		if err != nil {
			return err
		}
		letter := mail.Letter{Topic: "account.email", Market: n.market, Locale: n.locale, To: string(email), Data: map[string]string{"link": link + t.String()}}
		if owner != 0 {
			n = nobodys(n)
			letter.Topic, letter.Data["link"] = "account.exists", known
		}
		fresh, err := n.write(ctx, tx)
		if err != nil || !fresh {
			return err
		}
		return errors.Join(post(ctx, tx, letter), witness(ctx, tx, id, "email.asked"))
	})
	return said("ask for another address", err)
}

// MoveEmail makes a token's address that of its account, and tells the old one. ErrToken where it opens nothing.
func (c *Customers) MoveEmail(ctx context.Context, t customer.Token) error {
	var by tokenUse
	rand.Read(by[:]) //nolint:errcheck // never fails
	_, err := c.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		k, again, err := use(ctx, tx, t, "email", by)
		if err != nil || again {
			return err
		}
		if err := tellOwner(ctx, tx, k.customer, "account.moved"); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE customer SET email = ? WHERE id = ? AND erased_at IS NULL`, k.email, k.customer)
		if isDuplicate(err) {
			return customer.ErrToken
		}
		if err != nil {
			return fmt.Errorf("write the address: %w", err)
		}
		return witness(ctx, tx, k.customer, "email")
	})
	return said("change an address", err)
}
