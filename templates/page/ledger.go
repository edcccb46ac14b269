package page

// Ledger is the timeline of a line that was bought en primeur, drawn as dots on a line. It reads as a list of steps with their days.
type Ledger struct {
	Heading string
	Steps   []LedgerStep
	Notes   []string
}

// LedgerStep is a dot with its words.
type LedgerStep struct {
	Label string
	When  string // a day, an expected month, or that nothing is known
	State string // "done", "planned" or "unknown"
}
