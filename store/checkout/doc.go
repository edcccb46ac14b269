// Package checkout turns a cart into what an order says: lines with net, tax and gross, delivery, what the buyer has to
// declare, and why it may not be sold. It asks package law and adds nothing of its own; the answer is a function of its
// arguments.
//
//	Quote(Question) → Quote: lines for order.Request, the price at the door that they come from, declarations, refusals
//
// What a line says of its tax:
//
//	price with tax (Incl)   gross = price × quantity; tax = gross less the goods, duty among it
//	price without (Excl)    net = price × quantity; sales tax, if any, on top
//	primeur                 net = price × quantity; nothing on top: tax and delivery come when it is delivered
//	in bond (InBond)        net = the goods without the market's duty and VAT; nothing on top: Door.Lines[i].Due is what leaving
//	                        the warehouse costs; no line of delivery
//	delivery                one line for the parcel, with its own tax, and with what is rounded to the smallest coin
//
// Invariant, a property test over all markets: the lines are well formed for order.Request, and their sums are those of the
// price at the door.
//
// The shop delivers to its own country for now; law answers for every other, and so will this.
package checkout
