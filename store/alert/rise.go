package alert

import "time"

// Rise is a SKU of which there was nothing in a warehouse and then something.
type Rise struct {
	ID        uint64
	SKU       string
	Warehouse string
	Age       time.Duration // by the database's clock
}

// Look is a rise with those whom it may be told.
type Look struct {
	Rise
	Subjects []string // keys of what the SKU is; none: nobody can be waiting
	Markets  []string // that sell from the warehouse and have a price for the SKU
}

const (
	// WavePause is how long those who were told have the stock to themselves: long enough for a letter to be read on the same day.
	WavePause = 6 * time.Hour
	// AtOnce bounds the letters of one transaction.
	AtOnce = 200
)

// Room is how many more may be told now, when told were told in this wave already.
func Room(available, told int) int { return max(0, min(available-told, AtOnce)) }
