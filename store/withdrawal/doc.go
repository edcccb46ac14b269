// Package withdrawal is what becomes of a buyer's statement that he withdraws from his contract (article 11a of Directive 2011/83/EU).
//
//	Statement  what he sent: who he is, which order, which lines or which words, and where the receipt goes
//	Record     the statement as it was taken down, with the time that the receipt names
//	Choice     a line of an order as the form offers it: how much can be withdrawn from, or why nothing
//	Refund     what goes back for it
//
// # A statement is never refused
//
// Whoever withdraws has withdrawn when he says so, not when a form agrees. A statement that fits no order is taken down as it was
// worded, and marked unmatched for the staff; one that comes after the period is taken down and marked late. Both get their receipt.
// The form does not tell a stranger whether an order exists: its lines are shown to whoever knows number and e-mail address.
//
// # The same statement
//
// A form is given a Key. The same form with the same content, sent twice, is one statement with one receipt; the same form with other
// content is another statement. Statement.ID holds both together, and opens the receipt.
//
// # What goes back
//
//	of a line, n of q units withdrawn in all    its share (order.Line.Share), so that the parts of several statements add up to the line
//	carriage and what was charged with it       when nothing is left of the lines that travel with it: those that are not en primeur
//	everything withdrawn                        the total of the order
//
// Units that the staff gave the money back for already, for whatever reason, are not paid for again.
package withdrawal
