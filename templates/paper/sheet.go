package paper

import "time"

// Sheet is a document in its final words.
type Sheet struct {
	Lang     string // "fr-FR"
	Issued   time.Time
	Wordmark string
	Title    string // "Facture FR-I-2026-00001"
	Buyer    []string
	Facts    []Pair // beside the buyer: number, date …
	Head     Line   // words over the columns; without Tax the columns Net and Tax are left out
	Lines    []Line
	Sums     []Pair // the last one is the total
	Remarks  []string
	Seller   []string // at the foot of every page
}

// Pair is something and what it is.
type Pair struct{ Term, Text string }

// Line of the table: what, how many, what one costs, and the amounts of the line.
type Line struct {
	Text, Quantity, Unit, Net, Tax, Total string
}
