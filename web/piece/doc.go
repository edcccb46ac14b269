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
// and a piece may refer back across holes into everything before it: while pressing, a hole is fed to the
// compressor as noise that no template can produce, and what the compressor makes of it is thrown away.
// A page in forty pieces is therefore hardly larger than in one.
//
// What many pages have in common (live.Shared) is pressed by itself and kept once, by content.
//
//	gzip header │ piece │ stored hole │ piece │ … │ empty last block │ CRC-32 │ length
//
// Cache holds pressed pages within a bound of bytes, and has each page pressed by one request at a time.
package piece
