// Package live declares the places of a page whose bytes are not known until it is sent.
//
// A page is rendered once and kept; what hangs on stock or on the clock is a hole in it. A template
// puts a hole where the fact belongs:
//
//	@live.Tag("input", templ.Attributes{"name": "sku"}, live.DisabledAttr(o.Stock))
//	@live.Words(o.Stock, o.Words)
//
// In a real request the hole is filled with what its Phrase says for the number that was just read,
// padded with blanks to the phrase's fixed width, so that everything behind it stays where it is (the
// compressed pieces of the page refer back across the hole). HTML, JSON and tags all ignore the blanks.
//
// How it is done: the component writes a marker (a NUL byte, which no template can produce otherwise)
// and adds the hole to the Recorder that the renderer put into the context. Without a Recorder, in the
// gallery and in goldens, the hole is filled at once with a sample (With).
package live
