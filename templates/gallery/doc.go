// Package gallery shows every page in named states with fixtures: goldens, pictures and the checks of
// accessibility use it, and a person who wants to see the shop without a database.
//
// The fixtures take the same way as a real page: the template is recorded with holes, then filled. A place
// on the fixture's stock board is its own number of units, so live.Stock{18} is a stock of 18.
//
// Names of wines and châteaux are real; all prices, marks and stock are invented, so no mark bears a real critic's name.
package gallery
