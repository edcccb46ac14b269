// Package preview says what a preview shows, and signs it into a link.
//
//	seals, err := preview.NewSeals(keys...)
//	token := seals.Seal(preview.Link{Locale: "fr-FR", At: friday, Expires: in7Days})
//	link, err := seals.Open(token, time.Now()) // ErrForged, ErrExpired
//
// A link needs no log-in and no row: all that it says is in it, and what signed it is a key of the instances. Whoever has one may look at
// every page of every shop at every moment until it runs out, and at nothing that belongs to a visitor: so a link may lead to other
// links, with the same end, and its keys are never told.
package preview
