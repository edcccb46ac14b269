package mysql

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"caveau/store/mail"
)

// post writes a letter down within the transaction that makes it true; it is sent later, at least once.
func post(ctx context.Context, tx *sql.Tx, l mail.Letter) error {
	data, err := json.Marshal(l.Data)
	if err != nil {
		return fmt.Errorf("write a letter down: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO letter (topic, market, locale, recipient, number, data) VALUES (?, ?, ?, ?, ?, ?)`,
		l.Topic, l.Market, l.Locale, l.To, l.Order, data); err != nil {
		return fmt.Errorf("write a letter about %s down: %w", l.Topic, err)
	}
	return nil
}
