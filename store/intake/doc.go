// Package intake reads a merchant's own price list, a CSV file, into a catalog.List: the lines become wines,
// vintages and SKUs, with accents, appellations and growths put back, each market's prices, and a stock by rule.
// It writes to no database; what it returns is what an importer stores, and it is the same at every run.
//
//	m, err := intake.ReadMap("builtin:bcl")          // or the path of a TOML file
//	res, err := intake.Read(ctx, file, m, options)   // nothing is written
//	fmt.Print(res.Summary())
//	err = res.WriteReport(out)                       // every line, what became of it and why
//
// # What a list is like
//
// Lists are written for a till and not for a reader: capitals, no accents, misspellings, names cut at the width of
// a field, years that are no harvests, kegs among bottles, one wine under five numbers. The first list that
// was read, that of BC Liquor Stores (maps/bcl.toml), has all of these. What is peculiar to a list stands in its
// Map; what the trade shares stands here and in data/.
//
// # How a line is read
//
//   - The reader of the file (record.go) bounds everything: a record has at most 1 MiB and 256 fields, the file
//     500,000 rows. A file that is no such list is refused with the line; no half of it is taken.
//   - A row (row.go) is taken, left (its kind of goods is not sold as wine: sake, fruit wine, mead, vermouth), or
//     refused (a fault, or a keg). The report has all three. Nothing is dropped in silence.
//   - The year (year.go) is taken out by rules, in the order in which they are written there. An old year on a
//     cheap bottle is a brand. Two harvests under one number are sold as the younger. A year that the field has cut
//     is not guessed: the SKU then has no vintage, unless the one other line at its price has one.
//   - The name (reading.go) is either "PLACE OR GRAPE - PRODUCER CUVEE" or "PRODUCER - WINE". Places come from the
//     gazetteer, from data/places.csv and, as an option, from the INAO's register; producers from the gazetteer,
//     data/producers.csv and the list itself (words that several names begin with, maker.go).
//   - A wine of the gazetteer (known.go) is recognised when every word of the line is explained and no word of
//     the wine's name is missing. That is why Les Forts de Latour is not Château Latour, a case of three bottles is
//     no bottle of Château Margaux, and a shared vineyard (Perrières) is nobody's without its producer. One letter may
//     be wrong where the place agrees.
//   - All other lines are grouped by the words that tell wines apart, whatever their order (wine.go). Places on one
//     line belong together (Chile, Maipo, Puente Alto), others do not.
//
// # Choices
//
//   - Two lines of one wine, vintage, size and pack stay two SKUs when the merchant gives them two numbers: a repack
//     has its own stock. A number that comes twice is refused the second time.
//   - A large container below the map's price per litre is a bag-in-box (taken, and noted) or, from the map's size on,
//     a keg (refused: not sold to households). A dear one is a bottle.
//   - A case of several wines or harvests is one article with a name of its own.
//   - A line without a year is year 0. Many such lines are wines of a current harvest that the list does not name.
//   - The merchant's number is the SKU's code. A GTIN whose check digit is wrong is left out, with a note.
//   - A class that no label can bear out is mended, with a note: red Chablis, white Pinot Noir, white Cheval Blanc.
//   - The code of a wine hangs on the wine alone (producer, name, place, colour), never on the order or number of
//     rows, so that addresses of pages stay.
//   - Prices are converted by the map's dated rates and marked as demonstration (About.DemoPrices), stock is made by
//     its seeded rule (About.DemoStock). Neither is for trade.
//
// # Measured
//
// On the 6,111 rows of January 2026: 6,010 are sold as wine, 5,999 of these are taken (99.8 %; the other eleven are
// kegs), in about a second. Three times 200 rows were drawn by a seed and read by eye, each draw only once and before
// what it showed was mended: 197, 198 and 197 of 200 were grouped rightly. What was wrong: a producer's other wine
// taken for the one that the gazetteer knows, a vineyard taken for its best-known owner, a vintage lost to a word. All
// eight have been mended since. Known weaknesses: where nobody knows a producer, the cuvée may stand in his
// name ("Michel Guignier Canon"); words without accents stay so when no name that is known has them.
package intake
