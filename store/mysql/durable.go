package mysql

import (
	"context"
	"fmt"
	"strings"
)

// durable are the settings without which a crash of the primary loses orders that were acknowledged.
var durable = []struct {
	name, query, want string
}{
	{"log_bin", `SELECT @@GLOBAL.log_bin`, "1"},
	{"sync_binlog", `SELECT @@GLOBAL.sync_binlog`, "1"},
	{"innodb_flush_log_at_trx_commit", `SELECT @@GLOBAL.innodb_flush_log_at_trx_commit`, "1"},
}

// CheckDurable says which setting of the primary would lose acknowledged orders in a crash. Call it at start: a shop
// that takes orders must not run without them.
func (p *Primary) CheckDurable(ctx context.Context) error {
	var wrong []string
	for _, d := range durable {
		var is string
		if err := p.db.QueryRowContext(ctx, d.query).Scan(&is); err != nil {
			return fmt.Errorf("read the primary's %s: %w", d.name, err)
		}
		if is != d.want {
			wrong = append(wrong, fmt.Sprintf("%s is %s, must be %s", d.name, is, d.want))
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("the primary may lose orders in a crash: %s", strings.Join(wrong, "; "))
	}
	return nil
}
