// Package market knows the 14 shops and their 17 editions.
//
// A Market is one shop: a host, a currency, a price basis, a warehouse, rules. An Edition is a market
// in one of its locales, and is what a page belongs to: fr-BE and nl-BE are two editions of market be.
// A market's first locale lives at its root, a second one below a prefix (/nl/). Market "uk" is country
// GB. The table is markets.json; figures marked "verify" there are dated data that a person confirms
// before trade.
package market
