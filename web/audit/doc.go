// Package audit walks every page of the shops that a search engine may list, as a crawler sees them, and says what is wrong with them.
//
//	result, err := audit.Site{Handler: …, Routes: …, Editions: …, Base: …}.Walk(ctx, audit.Options{})
//	result.Table()   the checks, how often each was made, how many faults it found
//	result.Faults    address, check, what
//
// It asks the server's own handler, in process: what it reads is what is sent. Where pages are it takes from the URL table, how many a
// list has from the list's own links, and nothing from the code that fills pages. So a kind of page that is new is walked without a word here.
//
// The checks (check.go) look at one page; what only all pages together tell is kept as one number each: titles and descriptions of an
// edition by their hash, the alternates of a page in all shops by the hash of the whole list. Alternates are reciprocal where all pages that one
// of them names show the very same list, and each of those is itself in it.
//
// The scanner (scan.go) reads the HTML that our templates write: attributes in double quotes, elements closed. It is no parser for the web's HTML, and
// ten times as fast as one: an audit of 200,000 pages is to end before somebody stops running it.
package audit
