// Package gazetteer is the shop's own knowledge of the wine world: countries, regions, appellations,
// producers, their wines, and what the harvests were like. The facts are public ones, written down as
// CSV files that are embedded in the binary; data/README.md explains every column.
//
// It has two readers. Package demo makes a catalogue from it, so that a fresh checkout has a shop to
// show. Package intake recognises a merchant's own lines with it ("ST EMILION - CH ANGELUS 2015"), and
// restores accents, appellations and growths that his list has lost.
//
// The rules:
//
//   - Load checks everything and reports every fault at once, by file and line. A gazetteer with a
//     fault is not used at all: a wrong relation would put a wine on the wrong page in silence.
//   - A code is a lower-case ASCII slug, unique in its kind over the whole world, and never changes:
//     addresses of pages hang on it.
//   - Relations may cross files and countries, but a wine's region and its appellation's region lie on
//     one line from the country down.
//   - Names carry their accents and a straight apostrophe, in Unicode's composed form (NFC); Chinese
//     names are the traditional ones of Hong Kong.
//   - What is blank is unknown. Nothing is filled in by guessing, except a bottle's shape, which is
//     taken from the region above.
//   - The columns from eur to owc are demonstration figures, not facts. They are kept in Demo, apart
//     from everything that is true.
//
// Fold brings two spellings of one name together for matching.
package gazetteer
