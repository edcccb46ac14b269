// Package view fills the models of the pages (templates/page) from a snapshot of the catalogue.
//
//	site, err := view.New(view.Config{…})
//	page, err := site.Page(snap, edition, node, 1)   // a templ.Component, with holes where stock goes
//
// It is pure: no requests, no SQL, no clock of its own. What a page says follows from the snapshot, the
// edition (a market in one of its locales), the node of the URL table, the page number, the calendar
// year and, for what a vintage page says of delivery, the day's rules of law (carriage.go); Rev is one number
// for all of that, so that a server may keep the bytes for as long as Rev stays.
//
// A visitor may have chosen where deliveries go: PageAt makes the same page with a Door, and every price on it is the one that
// package law gives there (door.go), with its parts (door_made.go), or the reason why nothing goes there (door_blocked.go). What
// search engines read stays the market's list price. Such a page is one visitor's; Rev says nothing of it.
//
// # Rules
//
//   - Every address comes from the URL table (package route). Canonical, hreflang, the market switch and
//     the breadcrumbs are made of the same strings, see frame.go.
//   - Stock is never written here. A place that hangs on it gets the SKUs' slots and a phrase; phrases are
//     made once per edition in New and shared by all pages, see phrase.go.
//   - A list begins with what is in stock where it is told what is left (stocked.go). That is read when the list is asked for, and the
//     page is made anew only when its order changes: Standing is a number for that. It looks at each wine of the list once for each
//     answer, a few microseconds for an appellation and a tenth of a millisecond for a whole country. The small shelves at the foot of
//     a page hide what is sold out instead (shelf.css).
//   - A SKU without a price in the market is not offered there. Nothing is preselected unless it is the
//     only offer.
//   - A list has the same number of pages in all editions, so that page N has alternates that exist: it
//     lists vintages whether or not the market has a price for them.
//   - Descriptions are composed of facts by messages, as short clauses and lists that no grammar has to
//     bend: "Rotwein, Margaux, Bordeaux", never "aus dem schönen …", see describe.go.
//   - Names stay in their own language unless the catalogue has one in the page's, and then say so with
//     lang, see name.go.
//   - Words that a law prescribes are not messages: they are written out once, in law.go.
//
// # Speed
//
// A page is made when the cache does not have it, while somebody waits. What all pages of an edition
// share (navigation, footer, the shop's line of years) is made once per structure of the catalogue, see
// plan.go; a vintage page takes some hundred microseconds (go test -bench . ./web/view).
package view
