package crawl

import (
	"context"
	"time"

	"caveau/store/market"
)

// Name of a file: a market's code and the path on its host.
type Name struct{ Market, Path string }

// File is a whole file as it is kept: one gzip member in parts.
type File struct {
	Name
	ID    uint64 // of its parts
	Tag   string // of its content, in quotes: a strong entity tag
	Size  int64  // compressed
	Plain int64  // uncompressed
	Parts int
	Made  time.Time // when this content was first made
}

// Shelf keeps files where every instance can read them.
type Shelf interface {
	// Begin a file. Only a draft that is finished is ever seen; it takes the place of the file of the same name.
	Begin(ctx context.Context, name Name) (Draft, error)
	// Sweep drops the files of a market that are not among the paths, those that were replaced an hour ago, and drafts that nobody finished.
	Sweep(ctx context.Context, market string, paths []string) error
}

// Draft is a file on its way: parts in their order, then Finish.
type Draft interface {
	Add(ctx context.Context, part []byte) error
	Finish(ctx context.Context, f File) error
}

// Seen is what is remembered of a page in an edition.
type Seen struct {
	Hash    uint64 // of what it says; 0: not to be listed
	Changed time.Time
}

// Memory keeps what was seen.
type Memory interface {
	// Recall all pages of an edition, by the number of the page.
	Recall(ctx context.Context, e *market.Edition) (map[uint32]Seen, error)
	// Remember pages that are new or have changed.
	Remember(ctx context.Context, e *market.Edition, pages map[uint32]Seen) error
}
