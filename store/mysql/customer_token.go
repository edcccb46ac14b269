package mysql

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"caveau/store/customer"
)

// tokenRow is a token with what it is for.
type tokenRow struct {
	token          customer.Token
	purpose        string
	customer       customer.ID
	email          customer.Email
	name, password string
	market, locale string
	hours          float64 // that it lives, by the database's clock
}

// nobodys is a token like the other in size, which opens nothing: it is written where there is nobody to write to, so that to ask
// costs the same.
func nobodys(n tokenRow) tokenRow {
	return tokenRow{token: n.token, purpose: "none", market: n.market, locale: n.locale}
}

// write it down. fresh is false where an earlier run of the same transaction did.
func (n tokenRow) write(ctx context.Context, tx *sql.Tx) (fresh bool, err error) {
	hash := n.token.Hash()
	_, err = tx.ExecContext(ctx, `INSERT INTO token (hash, purpose, customer, email, name, password, market, locale, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6) + INTERVAL ? MINUTE)`,
		hash[:], n.purpose, n.customer, n.email, n.name, n.password, n.market, n.locale, int(n.hours*60))
	if isDuplicate(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("write a token: %w", err)
	}
	return true, nil
}

// tokenUse names one use of a token: that of a request, through all runs of its transaction.
type tokenUse [16]byte

// claimOf an account that is to be: its ID was drawn for this request alone.
func useOf(id customer.ID) (c tokenUse) {
	binary.BigEndian.PutUint64(c[:], uint64(id))
	return c
}

// use takes a token for good. again says that an earlier run of this request has: then all is done. Of any number that come at
// once, one gets it.
func use(ctx context.Context, tx *sql.Tx, t customer.Token, purpose string, by tokenUse) (k tokenRow, again bool, err error) {
	hash := t.Hash()
	var used []byte
	var alive bool
	err = tx.QueryRowContext(ctx, `SELECT customer, email, name, password, market, locale, COALESCE(used_by, ''), expires_at > UTC_TIMESTAMP(6)
		FROM token WHERE hash = ? AND purpose = ? FOR UPDATE`, hash[:], purpose).
		Scan(&k.customer, &k.email, &k.name, &k.password, &k.market, &k.locale, &used, &alive)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return k, false, customer.ErrToken
	case err != nil:
		return k, false, fmt.Errorf("read a token: %w", err)
	case len(used) > 0 && tokenUse(used) == by:
		return k, true, nil
	case len(used) > 0 || !alive:
		return k, false, customer.ErrToken
	}
	if _, err := tx.ExecContext(ctx, `UPDATE token SET used_by = ?, password = '', name = '' WHERE hash = ?`, by[:], hash[:]); err != nil {
		return k, false, fmt.Errorf("use a token: %w", err)
	}
	return k, false, nil
}

// Sweep drops tokens that ran out a day ago.
func (c *Customers) Sweep(ctx context.Context) error {
	_, err := c.primary.db.ExecContext(ctx, `DELETE FROM token WHERE expires_at < UTC_TIMESTAMP(6) - INTERVAL 1 DAY LIMIT 1000`)
	return said("drop old tokens", err)
}
