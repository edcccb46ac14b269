package crawl

import (
	"context"
	"fmt"
	"sync"
)

// Box is a Shelf in memory, for shops that have no database.
type Box struct {
	mu    sync.Mutex
	next  uint64
	files map[Name]File
	parts map[uint64][][]byte
}

// NewBox is empty.
func NewBox() *Box { return &Box{files: map[Name]File{}, parts: map[uint64][][]byte{}} }

// Begin implements Shelf.
func (b *Box) Begin(context.Context, Name) (Draft, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next++
	return boxed{b, b.next}, nil
}

type boxed struct {
	box *Box
	id  uint64
}

// Add implements Draft.
func (d boxed) Add(_ context.Context, part []byte) error {
	d.box.mu.Lock()
	defer d.box.mu.Unlock()
	d.box.parts[d.id] = append(d.box.parts[d.id], append([]byte(nil), part...))
	return nil
}

// Finish implements Draft.
func (d boxed) Finish(_ context.Context, f File) error {
	d.box.mu.Lock()
	defer d.box.mu.Unlock()
	before, had := d.box.files[f.Name]
	if had && before.Tag == f.Tag {
		delete(d.box.parts, d.id)
		return nil
	}
	delete(d.box.parts, before.ID)
	f.ID = d.id
	d.box.files[f.Name] = f
	return nil
}

// Sweep implements Shelf.
func (b *Box) Sweep(_ context.Context, market string, paths []string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	keep := map[string]bool{}
	for _, p := range paths {
		keep[p] = true
	}
	for name, f := range b.files {
		if name.Market == market && !keep[name.Path] {
			delete(b.files, name)
			delete(b.parts, f.ID)
		}
	}
	return nil
}

// File by its name.
func (b *Box) File(name Name) (File, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f, ok := b.files[name]
	return f, ok
}

// Part of a file.
func (b *Box) Part(_ context.Context, id uint64, number int) ([]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if parts := b.parts[id]; number < len(parts) {
		return parts[number], nil
	}
	return nil, fmt.Errorf("no part %d of file %d", number, id)
}
