package preview

import "time"

// What of the shops may change by itself at a moment.
type What string

// The kinds of change.
const (
	Price   What = "price"   // of a SKU in a market
	Banner  What = "banner"  // begins or ends, in an edition
	Release What = "release" // a campaign opens
)

// Change is something that the shops show from a moment on without anybody doing anything then.
type Change struct {
	At     time.Time
	What   What
	Market string // of a price: its code
	Locale string // of a banner: its edition
	Code   string // of a price: the wine; of a banner or a release: its own
	Year   int    // of a price: the vintage
	SKU    string // of a price
}
