// Package ledger is the way of wine that was bought en primeur, from its release to the buyer's door, as a timeline for each line of an
// order.
//
//	Milestone  a row of the log: what happened or is planned, of what, when, and where it is known from
//	Facts      what the order itself says of the line: when it was paid, what was promised
//	Timeline   the steps in their order, each with what is known of it; a function of the two
//
// The log is append-only: a correction is a later row. What a row is about is a campaign, a vintage, or an order (of which a SKU may
// name one line). For each step, and for the plan and the event each by itself:
//
//	a row about the order wins over one about the vintage, that over one about the campaign
//	within the same scope the later row wins
//	a row without a day takes back what its scope said: the wider scope holds again
//	what nobody said is unknown, and stays so, whatever the other steps say
//
// Days are dates, without a time and a zone: a wine is bottled on a day.
package ledger
