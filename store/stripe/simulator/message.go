package simulator

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	sdk "github.com/stripe/stripe-go/v82"
	"github.com/stripe/stripe-go/v82/webhook"
)

// Message is what the shop is told.
type Message struct {
	ID   string
	Type sdk.EventType
	Body []byte

	due   time.Time // not before
	tries int
}

// Signature of a message, made now.
func (s *Simulator) Signature(body []byte) string {
	now := s.Now()
	return "t=" + strconv.FormatInt(now.Unix(), 10) + ",v1=" + hex.EncodeToString(webhook.ComputeSignature(now, body, s.Secret))
}

// Messages are those that wait, in the order of what happened; they wait no more.
func (s *Simulator) Messages() []*Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.messages
	s.messages = nil
	return out
}

// say something to the shop. The caller holds the lock.
func (s *Simulator) say(kind sdk.EventType, object map[string]any) {
	m := &Message{ID: name("evt"), Type: kind, due: s.Now()}
	body, err := json.Marshal(map[string]any{
		"id": m.ID, "object": "event", "type": kind, "api_version": sdk.APIVersion, "created": s.Now().Unix(), "data": map[string]any{"object": object},
	})
	if err != nil {
		s.Logger.Error("simulator: a message was not written", "type", kind, "err", err)
		return
	}
	m.Body = body
	s.messages = append(s.messages, m)
	s.announce()
}

func (s *Simulator) announce() {
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// How messages travel, as the hosted page offers it.
const (
	atOnce  = "now"
	late    = "late"
	doubled = "twice"
	lost    = "lost"

	lateBy = 20 * time.Second
)

// last lets what was said last travel in a way. The caller holds the lock.
func (s *Simulator) last(way string) {
	n := len(s.messages) - 1
	switch way {
	case late:
		s.messages[n].due = s.Now().Add(lateBy)
	case doubled:
		twin := *s.messages[n]
		s.messages = append(s.messages, &twin)
	case lost:
		s.messages = s.messages[:n]
	}
}

// The pauses between two looks at what is due, and between two tries of one message.
const (
	look    = time.Second
	again   = 5 * time.Second
	giveUp  = 20 // tries
	timeout = 10 * time.Second
)

// Run sends messages to the hook until ctx ends. One that is not taken comes again.
func (s *Simulator) Run(ctx context.Context) {
	client := &http.Client{Timeout: timeout}
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		for _, m := range s.due() {
			s.deliver(ctx, client, m)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.news:
		case <-tick.C:
		}
	}
}

// due takes the messages whose time has come.
func (s *Simulator) due() []*Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lapse()
	var out []*Message
	s.messages = slices.DeleteFunc(s.messages, func(m *Message) bool {
		ready := !m.due.After(s.Now())
		if ready {
			out = append(out, m)
		}
		return ready
	})
	return out
}

func (s *Simulator) deliver(ctx context.Context, client *http.Client, m *Message) {
	err := s.post(ctx, client, m)
	if err == nil {
		return
	}
	s.Logger.Warn("simulator: a message was not taken", "type", m.Type, "err", err)
	if m.tries++; m.tries < giveUp {
		s.mu.Lock()
		defer s.mu.Unlock()
		m.due = s.Now().Add(again)
		s.messages = append(s.messages, m)
	}
}

func (s *Simulator) post(ctx context.Context, client *http.Client, m *Message) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.Hook, bytes.NewReader(m.Body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Stripe-Signature", s.Signature(m.Body))
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("status %d", res.StatusCode)
	}
	return nil
}
