// Package search finds wines by what people type: "ch margaux '90 magnum", "gruo laroz", "拉菲 2005 大瓶", "rioja rot <30".
//
//	lexicon, err := search.NewLexicon(gazetteer)           // the trade's words, data/README.md
//	index := search.New(lexicon, snapshot)                 // immutable; a Keeper follows the catalogue
//	answer := index.Find(index.Parse(text, year), shop, 10)
//
// It knows neither HTTP nor SQL: what is in stock it is told by Shop.Free.
//
// # How a query is read (Parse)
//
// Numbers and their signs first (patterns.go): vintages, ranges, sizes, cases, prices of a bottle, marks. Then the shop's words in eight
// languages (words.csv): sizes, colours, styles, packaging, primeur. What is left is names, with the trade's abbreviations written out. A
// word that may be both is both: "blanc" is a colour, and part of the name of Cheval Blanc; "19" is 2019, and part of 19 Crimes. Which it
// is, the catalogue decides, wine by wine (matching.isNamed). Names in other scripts are looked up, the longest first, else
// written by their sound.
//
// # How words are met (terms.go)
//
// As they are; as a beginning; with one letter wrong from five letters on; by their sound (sound.go); with two letters wrong from
// nine on; nearly by their sound. Beside other words, one letter less is enough ("leoville las cses"), since these hold it in place. A
// word with a digit is met as it is or not at all. A wine must have all words, and only the best level that any wine reaches is shown, with
// the next one behind it. Where that gives nothing good, neighbours are tried as one word and words as several (find.go).
//
// A filter never empties the list: wines of which it does not hold come behind, and Relaxed says so. A name does: where no wine has all
// words, the wine is said to be absent, and Near goes without one word after the other. A wine that is known to exist (the gazetteer,
// known.csv) and is not in the catalogue is a ghost in the index: "Château Caillou" is absent, and not a misspelt Cailloux.
//
// # How wines are ranked (rank.go)
//
// By how well the words fit; by what they are the whole name of: a wine before a house, a house before an appellation, that before a
// region; by what is in stock here; by popularity. A wine that is meant by its whole name, "château" included, has all its vintages first;
// else wines take turns, so that one does not fill the page.
//
// # Why our own
//
// Of what a search library offers, this needs postings and nothing else: the analysis of text, the levels, the reading of numbers and the
// ghosts would be ours anyway. A wine is a document of about fifteen terms; postings of four bytes and a list of letters left out
// (as in SymSpell) are some hundred bytes a wine. Bitmaps (roaring) were not needed: words are few, the rarest is met first, and
// marks in one array give levels, which a bitmap does not. Every search walks the lists of its own words only.
//
// # Words are data
//
// What visitors type and the index does not know is a line in a file of data/ (its README says which): a nickname, an abbreviation, a name
// in another script, a word for a size or a colour. `caveau search failed --lang fr` lists what was asked more than once and found nothing;
// a line is added, `go test ./store/search` reads it, and the next start knows the word. What is kept of a failed query holds no
// address, no phone and no card (telling.go).
//
// # Measured
//
// On two cores that others kept busy, so processor time and the best of several (go test ./store/search -run 'Graded|Rule|Fast|Large' -v):
//
//	graded queries over a real list of 6,111 rows   nDCG@10 0.975
//	a search, 3,566 wines of that list              p50 0.08 ms, p99 0.7 ms
//	a search, 200,000 wines                         p50 0.4 ms, p99 5.1 ms
//	an index of 200,000 wines                       3.5 s of processor time, the collector's included; 622 bytes a wine
package search
