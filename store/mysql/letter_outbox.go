package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"caveau/store/mail"
)

// Letters are those that wait to be sent. Any number of instances may send them: each takes its own in hand.
type Letters struct{ primary *Primary }

// NewLetters on a primary.
func NewLetters(primary *Primary) *Letters { return &Letters{primary} }

// atOnce is how many rows of the outbox one transaction turns into letters.
const atOnce = 50

// Turn makes letters of what happened to orders, each once, and returns how many; call it again at once when that is not
// none. Rows that another instance has in hand are left to it.
func (l *Letters) Turn(ctx context.Context) (int, error) {
	turned := 0
	_, err := l.primary.settle(ctx, func(ctx context.Context, tx *sql.Tx) error {
		told, err := untold(ctx, tx)
		if err != nil {
			return err
		}
		turned = len(told)
		for _, t := range told {
			if err := t.turn(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("make letters of what happened to orders: %w", err)
	}
	return turned, nil
}

// told is a row of the outbox.
type told struct {
	id, order uint64
	topic     mail.Topic
}

func untold(ctx context.Context, tx *sql.Tx) ([]told, error) {
	topics := mail.OrderTopics()
	args := make([]any, 0, len(topics)+1)
	for _, t := range topics {
		args = append(args, t)
	}
	var found []told
	err := each(ctx, tx, `SELECT id, order_id, topic FROM outbox WHERE sent_at IS NULL AND topic IN (`+marks(len(topics))+`)
		ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED`, func(rows *sql.Rows) error {
		var t told
		err := rows.Scan(&t.id, &t.order, &t.topic)
		found = append(found, t)
		return err
	}, append(args, atOnce)...)
	return found, err
}

// turn writes the letter to whom the order belongs.
func (t told) turn(ctx context.Context, tx *sql.Tx) error {
	if err := postOrder(ctx, tx, t.order, mail.Letter{Topic: t.topic, Data: map[string]string{}}); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE outbox SET sent_at = UTC_TIMESTAMP(6) WHERE id = ?`, t.id)
	return err
}

// postOrder writes a letter to whom an order belongs, in its market and language; to nobody where they were erased.
func postOrder(ctx context.Context, tx *sql.Tx, id uint64, letter mail.Letter) error {
	err := tx.QueryRowContext(ctx, `SELECT number, market, locale, email FROM orders WHERE id = ?`, id).Scan(&letter.Order, &letter.Market, &letter.Locale, &letter.To)
	if err != nil {
		return fmt.Errorf("read whom order %d belongs to: %w", id, err)
	}
	if strings.TrimSpace(letter.To) == "" {
		return nil
	}
	return post(ctx, tx, letter)
}
