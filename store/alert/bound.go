package alert

import "time"

// The bounds of asking. Over them nothing is written and no letter leaves, and the answer is the same.
const (
	AskedAMinute   = 120 // by all together, in all shops
	AskedAnHour    = 5   // by one address: as many letters as a stranger can send it
	WaitingAtOnce  = 40  // of one address
	ConfirmWithin  = 7 * 24 * time.Hour
	KeptAfterwards = 30 * 24 * time.Hour // told and ended ones
)
