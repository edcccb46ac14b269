// Package banner reads what the fronts of the shops say for a time, from a folder that people keep: one TOML file for each banner, named
// by its code.
//
//	starts  = "2026-12-04 08:00"           # by the clocks of each shop
//	ends    = "2026-12-18 20:00"
//	markets = ["fr", "be", "ch"]           # all where it is left out
//	page    = "landing//1982"              # that it leads to: kind, kind/code or kind/code/year; nowhere where it is left out
//
//	[words]                                # by language, or by locale, which wins
//	fr      = "Les 1982 sont de retour."
//	"nl-BE" = "De 1982's zijn terug."
//
// Words are plain text: there is nothing in them to sanitise, and they are escaped like all others. A market without words in one of its
// languages shows nothing there and Read says so; a preview shows where. Whatever is wrong with any file is told for all files at once, and
// then nothing is imported: a folder is taken whole or not at all.
//
// A banner begins and ends by itself: it lies in every instance's snapshot, and the front's revision turns with it (view.Site.Rev).
package banner
