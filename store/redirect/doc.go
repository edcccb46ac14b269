// Package redirect leads from addresses that were somebody else's (an old shop's, a printed one) to pages of today, and counts addresses that lead nowhere.
//
// The URL table (package route) knows what became of pages of ours. This is for the rest: rules that people import from a CSV file. A path is that on a
// market's host, prefix of a second language included. A live page always wins over a rule.
//
//	Plan    reads a file against the pages and the rules that there are: every line is taken or refused with the reason. A rule leads straight to a
//	        live page: chains are shortened, loops refused.
//	Book    what a server asks: rules in memory, hits and misses counted in memory within bounds. No request costs a query.
//
// Misses are kept without personal data: a path only, without its query, and only one that looks like a page's (Plain). One that was asked for once is not
// kept at all: whoever makes up a million addresses leaves nothing behind.
package redirect
