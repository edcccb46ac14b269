// Package catalog holds the trade's nouns: region, appellation, producer, wine, vintage, SKU, and the
// two forms that a catalogue takes.
//
// A List is flat and names its relations by code. It is what an importer makes, what store/mysql writes
// and what it reads back. A Snapshot is linked, indexed and immutable: the whole catalogue of all
// markets at one moment, which every page is rendered from. Stock is in neither: it is live
// (package store/stock), and a Snapshot only gives every SKU its place on the stock board.
//
//	Wine     the family: Château Margaux
//	Vintage  one wine in one year, or NV: the page
//	SKU      what is sold: vintage × format × pack × packaging × sale type
//
// Invariants, checked by NewSnapshot: every code is unique in its kind, and a wine has each year once;
// every relation resolves, and no region lies below itself; a SKU holds 1 to 60 bottles of 100 to
// 30,000 ml and has a code of 1 to 40 characters; a year is 0 (NV) or between 1800 and 2100. A harvest
// or a campaign of a region that is not there breaks nothing: it is not shown.
//
// Facts only: a description is composed from facts by messages when a page is rendered, in the page's
// language, so that it is true and complete in all of them.
package catalog
