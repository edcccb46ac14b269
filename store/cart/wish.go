package cart

import "slices"

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

// Code of a wish in mirrors and stores, a small number; WishOf reads it.
func (w Wish) Code() int { return max(slices.Index(Wishes(), w), 0) }

// WishOf a code; false where it is none.
func WishOf(code int) (Wish, bool) {
	if code < 0 || code >= len(Wishes()) {
		return "", false
	}
	return Wishes()[code], true
}
