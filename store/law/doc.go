// Package law knows what the law, the tax office, the carrier and the house want of a sale, as dated rows with a source.
//
// The questions:
//
//	Ask(Question)         one SKU, a shop, a destination, a day → what to show, to ask and to block, and why
//	Door(Order)           lines, a shop, a destination, a day → the price at the door, item by item
//	Carriage(…)           a shop, a destination, a day → what delivery costs and how long it takes, before there is a parcel
//	Reach(…)              a shop, a destination, a day → why no wine goes there, if none does
//	Withdrawal(Contract)  a line that was sold → whether it can be withdrawn from, and until when
//
// All are functions of their arguments: the day is handed in, nothing is remembered. A day is one of the shop's own time
// zone. What cannot be answered is a *Refusal, with a Code for machines and a message key for people; law never guesses a
// strength, a state or a rate. Every answer carries the rows that it rests on, so that a page can print why.
//
// # Rows
//
// A Row says: this value holds for this subject under this condition from this day to that, and here is the source. The
// files of data/ hold the rows that come with the program, a file per Kind; data/README.md says how each is written and
// where it is from. In the database they are table law_rule, where a person corrects them: a new rate is a new row and
// an end for the old one, not a release. New checks a whole set and refuses one that contradicts itself.
//
// A Status says how far a row can be trusted: official, verify (believed right, a person checks it before trade),
// demonstration (invented). A sum is as good as its weakest row.
//
// # The price at the door
//
// All amounts are whole minor units of the market's currency. For a line of q units at list price P:
//
//	goods       q·P where the list price is without tax (Excl, InBond)
//	            q·P − VAT − excise − customs of the market's country where it is with them (Incl)
//	excise      volume × rate, or litres of pure alcohol × rate, in the rate's own currency, then exchanged: rounded once
//	customs     rate × goods, where a customs border is crossed
//	delivery    the line's share, by volume, of the carrier's price for all lines
//	VAT         rate × (goods + excise + customs) + rate × delivery, each rounded
//	sales tax   rate × goods, in some states × (goods + delivery)
//	rounding    to the smallest coin, Swiss 0.05
//
// Invariants, each a property test:
//
//	sum of items = gross                      of each line, of the order, and of what is due later
//	net + tax = gross                         net: goods, delivery, rounding; tax: the rest
//	sum over lines = order                    net, tax and gross
//	sum of delivery shares = carrier's price  unless the parcel is a consignment that holds more
//	goods + excise + customs + VAT on them = q·P   at home, where the list price is with tax: it never moves by a cent
//	|VAT − rate × base| ≤ 1¼ minor units          two roundings, of which one may be of a tax within a price
//	gross is a multiple of the smallest coin
//
// Halves are rounded away from zero, once for each item, in function part and nowhere else.
//
// # The delivery share
//
// A price on a page is shown before anybody knows what else will be ordered. It bears the wine's share, by volume, of one
// consignment of twelve bottles of 75 cl (Consignment), or nothing where the unit alone is dear enough for free delivery: then
// every order that holds it is delivered free. A larger unit is a consignment of its own. What is ordered alone costs more than
// the page's price by the rest of the carrier's price for a small parcel, and the page says how much; a cart knows its parcel
// and needs no share.
//
// # Terms
//
//	duty_paid   every rate has a source: duty, tax and delivery are in
//	on_arrival  some rate has none: goods without tax, and delivery; Missing names the rates. The page says "taxes due on
//	            arrival, not included"
//	in_bond     the goods alone, on an account in a bonded warehouse of the market's country; Due is what leaving it would
//	            cost today. Only what a row of kind bond names (MayBond)
//	later       primeur: the goods alone; Due is duty, tax and delivery on the day on which it can be delivered, at the
//	            rates that are known for that day
//
// A mixed order has lines of several terms. What leaves on one day shares one parcel: what is in stock leaves now and is paid
// for now, what is sold en primeur on its day. Or all of it leaves together on the last of these days; then the carriage of what
// waits, and the tax on it, is Due too.
package law
