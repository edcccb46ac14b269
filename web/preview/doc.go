// Package preview shows any page of any shop as somebody with a signed link asks for it: in a market and a language, at the market's list
// prices or at a door, now or at another moment. It lives on a host of its own and on no shop's.
//
//	GET /preview/TOKEN/vin/chateau-margaux/1990   the page, below a bar that says what it is
//	GET /preview/TOKEN/-/turn?shop=&at=&page=     leads to the same page elsewhere, or at another moment
//	GET /preview/TOKEN/-/sheet?page=              the page in all editions, phone and desktop side by side
//	GET /preview/TOKEN/-/widths?page=             the page in this edition at three widths
//	GET /preview/TOKEN/-/changes?from=&to=        what changes by itself between two dates, with the pages of this edition
//
// # How a page of another moment is made
//
// As the live one: by view.Site, from a snapshot. Its clock says the moment (Site.At), its snapshot was read with the prices of then
// (mysql.Catalogue.At), the rules of law are dated by themselves. What has no versions is today's: stock, texts, the list of wines; the
// bar says so. A few moments are kept (moments.go), so that a sheet of 34 frames reads the catalogue once.
//
// The bytes are those of the live page but for three things (rewrite.go): links lead on within the preview, forms are inert, and the bar
// stands in front. Nothing is written: no row, no key, no cookie, no cache of the shops; answers are no-store, and noindex by header.
// Referrers are not sent, since the address is the key.
//
// # What it does not show
//
// Pages of a visitor (carts, checkouts, accounts, searches). A moment before the log of prices begins has no prices, and the bar says so.
package preview
