package mysql

import (
	"context"
	"time"
)

// beat is how often an instance writes the heartbeat row.
const beat = 200 * time.Millisecond

// Heartbeat writes the heartbeat row until ctx ends. Several instances may: the row only goes forward.
// A primary that is away is no error of the shop's; the next beat tries again.
func (p *Primary) Heartbeat(ctx context.Context) {
	every(ctx, beat, func() { p.beat(ctx) })
}

// every calls do at each tick until ctx ends.
func every(ctx context.Context, d time.Duration, do func()) {
	tick := time.NewTicker(d)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			do()
		}
	}
}

func (p *Primary) beat(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, _ = p.db.ExecContext(ctx, `INSERT INTO heartbeat (id, at) VALUES (1, UTC_TIMESTAMP(6))
		ON DUPLICATE KEY UPDATE at = GREATEST(at, VALUES(at))`) // what fails is tried again in a moment
}
