// Package invoice is the paper of a sale: the invoice that is issued when an order is paid, and the credit note that takes it
// back, whole or in part.
//
//	Document  what was issued: a Number without gaps, its Facts, and once they were written its words
//	Facts     everything that it says, frozen: the order, the buyer and the sums of that day
//	Kind      invoice or credit
//
// Facts are written in the transaction that makes them true, and so is the number. The words follow: whoever sends the
// document first writes them beside the facts (Sheet, which only package view can read), and from then on it is
// those words that are shown, whatever a later release would say.
//
// # Invariants
//
//	numbers of one market, year and kind        = 1, 2, 3 … without a gap, and none twice
//	invoices of one order                      <= 1
//	sum of an order's credit notes, and what remains = its invoice, line by line, in net and in tax
//	net, tax, total of a document               = sums of its lines
package invoice
