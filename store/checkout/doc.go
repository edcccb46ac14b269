// Package checkout turns a cart into what an order says: lines with net, tax and gross, delivery, what the buyer has to
// declare, and why it may not be sold. It asks package law and adds nothing of its own; the answer is a function of its
// arguments.
//
//	Quote(Question) → Quote: lines for order.Request, the price at the door that they come from, declarations, refusals
//
// What a line says of its tax:
//
//	at home, price with tax      gross = price × quantity; tax = gross less the goods, duty among it
//	at home, price without       net = price × quantity; sales tax, if any, on top
//	abroad                       net = the goods without the taxes of the price list; tax = duty and tax of the destination
//	taxes on arrival             net as abroad; no tax
//	in bond                      net as abroad; no tax, no delivery: Door.Lines[i].Due is what leaving the warehouse costs
//	primeur                      net = price × quantity; nothing on top: tax and delivery come when it is delivered
//	delivery                     one line for the parcel that leaves now, with all that is left of net and tax
//
// A cart with wine that can leave now and wine that cannot is mixed: it leaves in parcels or together, and both are priced.
//
// Invariant, a property test over all markets: the lines are well formed for order.Request, and their sums are those of the
// price at the door.
package checkout
