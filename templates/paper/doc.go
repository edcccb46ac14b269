// Package paper sets invoices and credit notes as PDF.
//
//	pdf, missing, err := sheet.PDF()
//
// A Sheet holds every word of a document, ready to be shown; it is what is kept of one (package invoice), so it computes nothing
// and asks nobody. The same sheet gives the same bytes, on every machine and on every day: the dates in the file are those
// of the document.
//
// # Fonts
//
// font/ holds EB Garamond in two cuts (75 kB each) and Noto Serif HK (4.8 MB gzipped, 8.1 MB in memory while a document that
// needs it is set, and only then): all 16,343 characters of Big5-HKSCS that are in Unicode's first plane. make.py makes them.
// Only the glyphs that a document shows are embedded in it, so it takes 20 to 60 kB. A character that none of the fonts
// has is shown as □, and counted, so that somebody hears of it; the text can still be found and copied around it.
//
// # Why this library
//
// codeberg.org/go-pdf/fpdf (the kept branch of gofpdf) embeds subsets of TrueType fonts and sets no time and no random id of its
// own. maroto is a layer over it that brings a grid and takes the exact places; gopdf measures text, but leaves tagging of
// the language and the order of its objects to chance.
package paper
