// Package component holds the parts that pages are made of: bottle, offer, matrix, ribbon, row, window …
//
// A part is a struct that carries everything ready to be shown (names, prices and dates as the edition
// writes them, addresses as strings) and one template, its View. A part computes nothing about wine; the
// only sums here are those of a drawing. What hangs on stock is never a plain string: it is a live.Stock
// with a live.Phrase, and the template makes a hole of it (see package live).
//
// Words that belong to the interface come from the Printer that the page hands in, words about a wine
// from the model. Strings are plain text, the template escapes them; a live.Phrase is escaped already.
package component
