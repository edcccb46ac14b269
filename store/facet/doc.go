// Package facet narrows the wines of a shop by what they are: where from, whose, how old, how large, what they cost.
//
//	selection, err := facet.Read(pairs, search.Clean)   // of an address or a form, in any order
//	result := index.Choose(selection, shop, found)      // a page of vintages, and counts for each facet
//
// A facet is one thing to narrow by, a selection what somebody chose. Several values of a facet are either-or, several facets all hold.
// The list is of vintages; a vintage is in it where one of its SKUs is all that was chosen. A count says how many vintages the list would
// have if that value alone were chosen of its facet, the other facets as they are.
//
// # One page with the search
//
// Narrowing has no page of its own: the query of a search is one part of a selection, and the search page shows both. Two pages would
// be two addresses for one thing (q=bordeaux and region=bordeaux), two words for it, and two answers to "is this for crawlers". So the
// URL table has one row, and all that hangs on a query string is decided in one place.
//
// # One address
//
// Selection.String is the only address of a selection: keys in one order, values sorted, nothing empty, unknown keys left out, ranges the
// right way around. Whoever asks for anything else is sent there, so that neither caches nor links hold two of one. A value that cannot be
// one, or that nothing in the catalogue has (Index.Knows), has no page at all. What a selection of few facets comes to may be a page for
// crawlers (Page in landing.go); then that is where it leads.
//
// # How it counts
//
// An Index is the snapshot as columns of small numbers. Choose reads them once from top to bottom and notes for every SKU which of the
// chosen facets it fails: none, and its vintage is in the list and counts everywhere; one, and it counts in that facet only; two, and it
// counts nowhere. That makes the counts of all facets in one pass. Of a sorted list only the page that is shown is sorted.
//
// One bitmap for each value (roaring v2.30.0, 2,800 values, three facets chosen) took 33 ms for the counts of as many SKUs, ten times as
// much, and they were of SKUs: to count vintages it would have to look at each of them after all.
//
// Measured with 200,041 SKUs of 75,148 vintages and 2,000 houses, random selections of up to three facets and three ranges in all orders,
// processor time (go test ./store/facet -run Large -v): p50 3.3 ms, p99 7.6 ms, most of it for counting; the columns are made in 0.3 s,
// and take 45 bytes a vintage and 8 a SKU, and 4 more for each market.
//
// # Stock, prices, time
//
// What is in stock is asked of the live board with each answer (Shop.Stock). Prices are the market's list prices: what a wine costs at a
// visitor's door hangs on the whole consignment and takes law.Rules some microseconds for each, too much for all of them; the rows that are
// shown have it. Drinking windows are read in Shop.Year.
//
// The catalogue does not say which wines are organic, so that there is no such facet: a guess would be a claim that the law regulates.
package facet
