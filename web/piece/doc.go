// Package piece keeps pages as compressed bytes with holes, and fills the holes into one ordinary gzip
// member when a page is sent.
//
// A page is rendered once (templates, with package live recording the holes) and pressed: the bytes
// between two holes are deflated and ended on a byte boundary. To send it, the pieces are copied one
// after the other and every hole becomes a stored block of deflate with the words for the stock that
// was just read. The trailer's CRC-32 is combined from those of the pieces (crc.go), so that nothing is
// decompressed and nothing is compressed while a visitor waits.
//
// Holes have a fixed width. So the distance from any byte to any earlier byte of the page never changes,
// and a piece may refer back across holes into everything before it. A page in forty pieces is therefore
// hardly larger than in one. No library skips what it is not given; deflate.go is a small compressor that
// does, and that writes the fixed codes: with so many pieces the tables of dynamic codes would cost more
// bytes than they save, and pressing is done while a visitor waits.
//
// What many pages have in common is marked by the templates with a key (live.Shared): the footer of an
// edition, the drawings of a vintage's bottles, the addresses of a page in all shops. It is rendered and
// pressed once, at the best level, and kept once; a page that needs it again does not even render it.
//
//	gzip header │ piece │ stored hole │ piece │ … │ empty last block │ CRC-32 │ length
//
// There are tens of thousands of vintage pages, and all of them are to be in memory: a page that has to be
// made costs as much as thirty that are there. What makes one small:
//
//   - Pages of a kin (live.Kin; all vintage pages of an edition) say mostly the same. Press.Learn finds the
//     text that they repeat, from a few of them, and a page begins with it, in an HTML comment, as one more
//     shared piece: its own pieces then refer to it, and are what tells it from the others. That costs the
//     reader nothing: the comment, compressed once at the best level, takes fewer bytes than it saves on the
//     page itself. Of 24 kB of HTML about 1.4 kB are a page's own.
//   - It has few holes, as each ends a piece: the words of an offer and their level are one, the time of the
//     reading and its element are one (package live).
//   - It is one string of bytes without pointers (script.go), in memory that Go's collector does not know
//     (ring.go).
//
// Cache holds pressed pages within a bound of bytes, and has each page pressed by one request at a time.
package piece
