// Package wish is a visitor's wish list: the wines and vintages that he remembers, at most Max, in the order of remembering.
//
// A list is small enough to be its own record: the numbers of its pages in the URL table, some 240 characters for sixty. It lives in a
// cookie, and in the link by which it is shared, and in no table: there is nothing to leak, to expire or to erase, it works with
// the database away, and a link shows what was on the list when it was shared, and nothing of who shared it. It is not signed, for
// whoever forges a list has forged his own. Pages keep their numbers for ever, whatever becomes of their addresses.
//
//	Parse, String  the list as text
//	Add, Remove    one page
//	Merge          two lists into one, at log-in
//	Missing        the years between the first and the last that a vertical lacks
package wish
