package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"runtime/debug"
	"sync/atomic"
	"time"

	"caveau/store/catalog"
	"caveau/store/invoice"
	"caveau/store/mail"
	"caveau/store/market"
	"caveau/store/order"
	"caveau/web/view"
)

// How letters are sent. Any number of instances may do it.
const (
	postEvery  = time.Second
	tidyEvery  = time.Hour
	countEvery = 10 * time.Second
	batch      = 10              // letters that go over one connection
	batchLimit = 2 * time.Minute // of a batch, far less than mail.Lease
)

// Mailer takes messages in order, and calls done for each as soon as its fate is known: nil, mail.ErrAway, or why it was refused.
type Mailer interface {
	Send(ctx context.Context, messages []mail.Message, done func(i int, err error))
}

// posted counts what became of letters.
type posted struct {
	sent, failed, parked atomic.Uint64
	waiting, givenUp     atomic.Int64
}

// keepPosting turns what happened into letters and sends those that are due, until ctx ends.
func (s *Shop) keepPosting(ctx context.Context) {
	if s.mailer == nil {
		s.logger.Warn("mail: CAVEAU_SMTP_ADDR is not set; letters wait for an instance that has a mail server")
	}
	post, tidy, count := time.NewTicker(postEvery), time.NewTicker(tidyEvery), time.NewTicker(countEvery)
	defer post.Stop()
	defer tidy.Stop()
	defer count.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-post.C:
			err = s.post(ctx)
		case <-tidy.C:
			err = s.letters.Tidy(ctx)
		case <-count.C:
			err = s.countLetters(ctx)
		}
		if err != nil && ctx.Err() == nil {
			s.logger.Warn("mail: letters wait", "err", err)
		}
	}
}

// post does all that is to be done now.
func (s *Shop) post(ctx context.Context) error {
	for {
		n, err := s.letters.Turn(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
	}
	for s.mailer != nil && ctx.Err() == nil {
		n, err := s.sendSome(ctx)
		if n == 0 || err != nil {
			return err
		}
	}
	return nil
}

func (s *Shop) countLetters(ctx context.Context) error {
	q, err := s.letters.Queue(ctx)
	if err != nil {
		return err
	}
	s.posted.waiting.Store(int64(q.Waiting))
	s.posted.givenUp.Store(int64(q.Parked))
	return nil
}

// sendSome takes a few letters in hand and sends them over one connection; how many it took.
func (s *Shop) sendSome(ctx context.Context) (int, error) {
	snap := s.catalogue.Snapshot()
	if snap == nil {
		return 0, nil
	}
	due, err := s.letters.Take(ctx, batch)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, batchLimit)
	defer cancel()
	var ready []mail.Due
	var messages []mail.Message
	var failed []error
	for _, d := range due {
		m, err := s.message(ctx, snap, d)
		if err != nil {
			failed = append(failed, s.noteLetter(ctx, d, err))
			continue
		}
		ready, messages = append(ready, d), append(messages, m)
	}
	if len(messages) > 0 {
		s.mailer.Send(ctx, messages, func(i int, err error) { failed = append(failed, s.noteLetter(ctx, ready[i], err)) })
	}
	return len(due), errors.Join(failed...)
}

// noteLetter writes down what became of a letter, also when the time for the batch is over.
func (s *Shop) noteLetter(ctx context.Context, d mail.Due, why error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), orderBudget)
	defer cancel()
	if why == nil {
		s.posted.sent.Add(1)
		return s.letters.Sent(ctx, d.ID)
	}
	parked, err := s.letters.Failed(ctx, d, why)
	s.posted.failed.Add(1)
	if parked {
		s.posted.parked.Add(1)
		s.logger.Error("mail: a letter is given up", "letter", d.ID, "topic", d.Topic, "tries", d.Try, "err", why)
	} else if !errors.Is(why, mail.ErrAway) {
		s.logger.Warn("mail: a letter waits", "letter", d.ID, "topic", d.Topic, "try", d.Try, "err", why)
	}
	return err
}

// orderBudget is what writing down the fate of a letter may take.
const orderBudget = 5 * time.Second

// message is a letter in its final words. What panics over one letter must not end the sending of all others.
func (s *Shop) message(ctx context.Context, snap *catalog.Snapshot, d mail.Due) (m mail.Message, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.logger.Error("mail: writing a letter panicked", "letter", d.ID, "topic", d.Topic, "stack", string(debug.Stack()))
			err = errors.New("writing it panicked")
		}
	}()
	e := s.site.Edition(d.Market, d.Locale)
	if e == nil {
		return m, errors.New("its market is gone")
	}
	post := view.Post{Letter: d.Letter}
	if d.Order != "" {
		if post, err = s.about(ctx, d.Letter); err != nil {
			return m, err
		}
	}
	words, err := s.site.Letter(snap, e, post)
	if err != nil {
		return m, err
	}
	var html bytes.Buffer
	if err := words.HTML().Render(ctx, &html); err != nil {
		return m, fmt.Errorf("show a letter: %w", err)
	}
	m = mail.Message{
		ID: s.messageID(e, d), From: s.site.From(e), To: mail.Address{Mail: d.To}, Subject: words.Subject, Date: d.At,
		Text: words.Plain(), HTML: html.String(), Unsubscribe: words.Unsubscribe.Href,
	}
	if post.About != nil {
		m.To.Name = post.About.Contact.Name
	}
	m.Attached, err = s.enclose(ctx, snap, e, post)
	return m, err
}

// messageID is the letter's for ever, however often it is sent. The time is in it because another database counts anew.
func (s *Shop) messageID(e *market.Edition, d mail.Due) string {
	host := "localhost"
	if u, err := url.Parse(s.config.base(e.Market.Code)); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return fmt.Sprintf("letter.%d.%x@%s", d.ID, d.At.UnixMicro(), host)
}

// about reads what a letter about an order needs.
func (s *Shop) about(ctx context.Context, l mail.Letter) (view.Post, error) {
	number := order.Number(l.Order)
	o, err := s.orders.Show(ctx, number)
	if err != nil {
		return view.Post{}, err
	}
	papers, err := s.orders.Documents(ctx, number)
	if err != nil {
		return view.Post{}, err
	}
	return view.Post{Letter: l, About: &o, Pass: s.passes.For(number), Papers: papers}, nil
}

// enclose makes the files that go with a letter. A document that leaves the house for the first time gets its final words.
func (s *Shop) enclose(ctx context.Context, snap *catalog.Snapshot, e *market.Edition, post view.Post) ([]mail.File, error) {
	var files []mail.File
	if post.Topic == mail.Awaiting {
		files = append(files, s.site.Terms(snap, e))
	}
	for _, p := range view.Enclosed(post) {
		pdf, err := s.pdf(ctx, snap, p)
		if err != nil {
			return nil, err
		}
		files = append(files, mail.File{Name: string(p.Number) + ".pdf", Type: "application/pdf", Body: pdf})
	}
	return files, nil
}

func (s *Shop) pdf(ctx context.Context, snap *catalog.Snapshot, p invoice.Document) ([]byte, error) {
	e := s.site.Edition(p.Market, p.Locale)
	if e == nil {
		return nil, fmt.Errorf("set document %s: its market is gone", p.Number)
	}
	sheet, err := s.site.Sheet(snap, e, p)
	if err != nil {
		return nil, err
	}
	if p.Sheet == nil {
		words, err := json.Marshal(sheet)
		if err != nil {
			return nil, fmt.Errorf("write document %s: %w", p.Number, err)
		}
		if p.Sheet, err = s.orders.Word(ctx, p.Number, words); err != nil {
			return nil, err
		}
		if sheet, err = s.site.Sheet(snap, e, p); err != nil {
			return nil, err
		}
	}
	pdf, missing, err := sheet.PDF()
	if missing > 0 {
		s.logger.Warn("document: characters that no font has", "document", p.Number, "characters", missing)
	}
	return pdf, err
}
