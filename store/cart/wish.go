package cart

// Wish is what a visitor wants for a line whose vintage turns out not to be there.
type Wish string

// The wishes.
const (
	ThisVintage Wish = ""     // this vintage or nothing
	NextVintage Wish = "next" // the next vintage is fine
	AskMe       Wish = "ask"  // ask first
)

// Wishes are all of them, in the order in which they are offered.
func Wishes() []Wish { return []Wish{ThisVintage, NextVintage, AskMe} }

// Valid says that w is a wish.
func (w Wish) Valid() bool { return w == ThisVintage || w == NextVintage || w == AskMe }
