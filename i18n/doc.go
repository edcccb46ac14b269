// Package i18n gives each of the 17 locales its words and its ways of writing money, numbers, dates, volumes and lists.
//
//	catalogue, err := i18n.Load()
//	p := catalogue.Printer("fr-BE")
//	p.T("stock.checked", "time", p.Clock(t))        // vérifié à 14:32:05
//	p.N("unit.case", 6)                             // 6 caisses
//	p.Money(109000, "EUR")                          // 1 090,00 €
//
// # Words
//
// messages/ has one file per language, named by the tag whose plural rules apply ("pt-PT": CLDR's "pt" is Brazilian,
// "zh-Hant"), in the JSON format of go-i18n: flat keys, a text or an object of plural forms. A file named by a locale
// ("en-US.json") holds only what is said otherwise there. Swiss ss for ß is a rule and needs no file.
//
//   - Every key is in all eight languages, with the same placeholders and the plural forms that CLDR wants of the
//     language; French, Italian, Spanish and Portuguese have a form for millions ("1 000 000 de bouteilles").
//   - The only construct is {{.name}}. A sentence that needs a condition is two keys.
//   - A key is written out where it is used, T("offer.add"). Where it is composed, T("colour."+c), the file says so in
//     a comment "i18n:prefix colour." and the test counts every key of that prefix as used.
//   - A key that nobody uses and a key that nobody wrote both fail the tests.
//   - The shop addresses its customers formally: vous, Sie, Lei, usted, u, 您; Portuguese avoids the pronoun.
//
// # Formats
//
// cldr/ holds an extract of CLDR (see SOURCE.md there). Money equals ICU 78 to the byte, its no-break spaces
// included. bojanz/currency only tells the fraction digits of currencies that the extract leaves out: its own formatter
// gives other strings in some of our locales. Volumes follow the wine trade instead (see Litres).
//
// # Speed
//
// A page asks for some hundred strings and thousands of pages are built after a change, so everything is parsed at
// Load, which takes 15 ms. go-i18n reads the files and knows the plural rules, but its Localize is too slow for that path.
// Measured on a 2-core cloud machine (go test -bench . ./i18n):
//
//	                    here               go-i18n's Localize
//	plain text           20 ns, 0 allocs    260 ns, 0 allocs
//	two placeholders    100 ns, 1 alloc    1400 ns, 9 allocs
//	plural               80 ns, 2 allocs
//	money               160 ns, 2 allocs
package i18n
