// Package demo makes the demonstration catalogue: the cellar of a fine-wine merchant, made from the
// gazetteer by a rule, so that a fresh checkout has a shop to show.
//
// What is real and what is not. Names, origins, grapes, classifications and harvest ratings are the
// gazetteer's public facts, and a wine is only listed in years in which it was made, as far as is
// publicly known (made_years.go; in doubt a year is left out). Prices, scores, drinking windows, stock
// and the strength of a single vintage are made up by the rule below. About says so, every window has
// the source "demo", and every mark is the house's own "Caveau panel": no real critic is given a mark.
// Numbers that others assign (LWIN, GTIN) are left empty.
//
// The rule draws by chance(what, wine, year …), a hash of a fixed seed, of what is decided and for whom.
// It reads no clock but the calendar year: the same binary gives the same list all year, in every
// process. A wine that is added to the gazetteer changes no other wine's figures. With the new year
// prices age, the youngest vintages arrive, and a new list is due.
//
// # Wines
//
// Every wine of rank 62 and more, every growth of 1855, every grand cru that is an appellation of its
// own, the best known of each country, and 27 % of the others; nothing below 10 euros. Regions,
// appellations and producers come along with their wines, so that no page is empty.
//
// # Vintages
//
// From the gazetteer's first year (1945 for the great) to the youngest that is released: harvest + 1 to
// 3 years by kind, longer where law or house says so (delays.go). The chance of each is
//
//	0.85 × life left ^ (1.3 − 0.7 fame) × appeal(harvest) × (0.12 + 0.95 fame^4.5)
//
// with fame = rank/100, appeal 0.12 to 1.4 from a poor to a great harvest, and life left falling from 1
// at release to 0 at the end of the drinking window, which a great harvest stretches by 15 % and a poor
// one cuts to 60 %. Legends (great years of ranks from 75, very good ones of ranks from 90) are kept
// beyond: 35 to 62 %. The newest vintage of a wine is always there. A first growth has some 40 vintages,
// a village wine two.
//
// # SKUs
//
// Per vintage a draw over the forms of the trade (forms.go): single bottles, 3, 6 and 12; halves by 1,
// 12 and 24; magnums by 1, 3 and 6; 3 to 18 litres singly. Cases are wooden where the house ships so,
// else cartons; bottles of 3 litres and more have wooden cases of their own. Halves and cases fade with age, large
// bottles belong to great wines in great years, no case costs over 40,000 euros.
//
// A code is WINE-YEAR-CENTILITRES-PACK with C for a carton, W for wood and -EP for primeurs:
// MARGAUX-1990-075-6W. The first part is the wine's code without "chateau" and articles, its words
// shortened to 24 characters; two wines that would share it get three letters more.
//
// # Prices
//
// The gazetteer's euros (75 cl of a good recent vintage, with French VAT) times harvest (0.50 to 1.22),
// age (great years of collected wines: 1.3 at 25 years, 2.2 at 45, 6 at 65, 13 at 80), format (half
// 0.53, magnum 2.15, double magnum 4.5, imperial 9.5, nebuchadnezzar 26) and pack (0.965 to 1.03).
// Primeurs cost 0.84 of that, without tax. Per market: French VAT taken off, the market's put on where
// its prices hold it, converted at dated demonstration rates, rounded to .00 or .50 below 100, to whole
// units from 100, fives from 1,000, tens from 5,000, fifties from 20,000, and to the market's own step.
// Excise is left out: these are no calculations to trade by.
//
// The price log: today's price counts from 1 October of the year before (midnight of the shop). One in
// six of the vintages that came out since 2012 also keeps the price of its release; one in sixty
// changes on one of seven days from January to the next January, so that on every day of the year some
// changes lie behind and some within 90 days ahead.
//
// # Scores and windows
//
// 86 + 8 fame + 1.6 per step of the harvest ± 1.6 points, in whole points of 100, or in half points of
// 20 for what comes in Burgundy's and Champagne's bottles; once at release, again in the last years for
// renowned wines, as a range from the barrel for primeurs. Windows are the gazetteer's years, stretched
// or cut by the harvest.
//
// # Stock
//
// A row for every SKU in every warehouse, zero included. Fewer of the dear, the old and the large; New
// York and Hong Kong hold 30 % of what Bordeaux holds and lack 28 % of the vintages, Bordeaux lacks
// 6 %. A fifth of the vintages older than 20 years, and 3 % of the younger, are sold out everywhere.
// One SKU in eight is down to its last one, two or three.
//
// # Primeurs
//
// Campaign bordeaux-2025: the first labels of the 60 best known châteaux that sell red wine from the
// barrel (Latour has not since its 2012), opened on 4 May 2026, delivered from April 2028: wooden cases
// of 6 and 12, magnum, double magnum, imperial. Of ranks from 95 a customer may have two cases and one large bottle of each
// kind (allotted.go).
//
// All in all about 820 wines of 570 houses and 30 countries, 4,700 vintages from 1945 to 2025 and NV, 12,500
// SKUs, 190,000 prices; made in under half a second.
package demo
