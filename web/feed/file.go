package feed

import (
	"bufio"
	"context"
	"fmt"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/gzip"

	"caveau/store/crawl"
)

// partSize bounds a part, compressed: well below what a database takes in one statement.
const partSize = 512 << 10

// writer compresses a file into a draft.
type writer struct {
	*bufio.Writer
	ctx   context.Context //nolint:containedctx // lives for one file
	draft crawl.Draft
	zip   *gzip.Writer
	sum   *xxhash.Digest
	part  []byte
	file  crawl.File
}

func (b *Builder) open(ctx context.Context, name crawl.Name) (*writer, error) {
	draft, err := b.Shelf.Begin(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("begin %s of %s: %w", name.Path, name.Market, err)
	}
	w := &writer{ctx: ctx, draft: draft, sum: xxhash.New(), file: crawl.File{Name: name, Made: b.Now().UTC()}}
	if w.zip, err = gzip.NewWriterLevel(partWriter{w}, 5); err != nil {
		return nil, err
	}
	w.Writer = bufio.NewWriterSize(plainWriter{w}, 64<<10)
	return w, nil
}

// plainWriter counts and sums what is written.
type plainWriter struct{ *writer }

func (w plainWriter) Write(p []byte) (int, error) {
	w.file.Plain += int64(len(p))
	w.sum.Write(p) //nolint:errcheck // a hash takes everything
	return w.zip.Write(p)
}

// partWriter cuts what was compressed into parts.
type partWriter struct{ *writer }

func (w partWriter) Write(p []byte) (int, error) {
	w.part = append(w.part, p...)
	for len(w.part) >= partSize {
		if err := w.send(partSize); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

func (w *writer) send(n int) error {
	if err := w.draft.Add(w.ctx, w.part[:n]); err != nil {
		return fmt.Errorf("keep a part of %s: %w", w.file.Path, err)
	}
	w.file.Size += int64(n)
	w.file.Parts++
	w.part = append(w.part[:0], w.part[n:]...)
	return nil
}

// finish makes the file whole.
func (w *writer) finish() error {
	if err := w.Flush(); err != nil {
		return err
	}
	if err := w.zip.Close(); err != nil {
		return err
	}
	if len(w.part) > 0 {
		if err := w.send(len(w.part)); err != nil {
			return err
		}
	}
	w.file.Tag = fmt.Sprintf(`"%016x"`, w.sum.Sum64())
	if err := w.draft.Finish(w.ctx, w.file); err != nil {
		return fmt.Errorf("finish %s of %s: %w", w.file.Path, w.file.Market, err)
	}
	return nil
}
