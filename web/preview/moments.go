package preview

import (
	"context"
	"sync"
	"time"

	"caveau/store/catalog"
	"caveau/web/piece"
	"caveau/web/view"
)

// moment is all shops at one time. Its press is its own: what pages have in common may be other words then.
type moment struct {
	at    time.Time         // zero is now
	base  *catalog.Snapshot // the newest one when this was read: a change in the tables may change the future too
	snap  *catalog.Snapshot
	site  *view.Site
	press *piece.Press
	began time.Time // the log of prices; zero where it was not asked
}

// kept is how many moments are in memory: each is a catalogue.
const kept = 3

// moments are those that were shown last, the newest first. One is read at a time: a sheet asks for the same one from all its frames.
type moments struct {
	mu   sync.Mutex
	list []*moment
}

// of a time; nil, without an error, before there is a catalogue.
func (s *Server) moment(ctx context.Context, at time.Time) (*moment, error) {
	s.moments.mu.Lock()
	defer s.moments.mu.Unlock()
	now := s.Catalogue.Snapshot()
	if now == nil {
		return nil, nil
	}
	for _, m := range s.moments.list {
		if m.at.Equal(at) && m.base == now {
			return m, nil
		}
	}
	m := &moment{at: at, base: now, snap: now, site: s.Site, press: piece.NewPress()}
	if !at.IsZero() {
		var err error
		if m.snap, m.began, err = s.Catalogue.At(ctx, at); err != nil {
			return nil, err
		}
		m.site = s.Site.At(at)
	}
	s.moments.list = append([]*moment{m}, s.moments.list[:min(len(s.moments.list), kept-1)]...)
	return m, nil
}
