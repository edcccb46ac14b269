// Package payment takes money for orders on the page of a payment provider, and gives it back. Package order says what money
// does to an order; here stands how it is known that money came, whatever becomes of the messages that say so.
//
//	Page      what the provider is asked for: one sum, until when, and where the shopper goes afterwards
//	Session   such a page at the provider, as it stands there
//	Notice    what the provider says happened, by itself (a signed message) or because it was asked
//	Refund    money that has to go back
//	Provider  what the adapter (store/stripe) can do;  Book  what is written down (store/mysql)
//	Till      brings the two together: Begin and Notice for the shops, Run for what nobody waits for
//
// # A page is begun
//
// The attempt is written down first, with the moment at which the page ends; then the provider is asked, with a key made of
// exactly that; then the session that it answered with is written down, and only then the shopper is sent there.
// Whoever dies in between has sent nobody anywhere, and whoever asks again within the minute asks with the same
// key and gets the same session. Later it is another attempt: the provider wants a page to live for 30 minutes.
//
// A page lives for 31 minutes and the bottles are held for four more, for the message to arrive. A second page may
// be begun as long as the hold of the placing lasts, and prolongs it by its own time: nobody holds bottles for more than 71 minutes.
// An order that was to be paid by transfer is held for days; its buyer may come to pay by card as long as a page still fits into that,
// and it holds nothing for longer.
//
// # A message is not needed, and not trusted
//
// The provider's messages are lost, late, early, doubled and out of order. Each has an id, which is written down in the
// transaction of what it changes, so that the same one again changes nothing; the payment's reference, which is
// unique, does the same for another message about the same money. A session names its order, so a message that is
// earlier than our own note of the session finds it. A refund that is reported before its payment is refused, and
// comes again. Sessions that are not over are asked for every three minutes, so a message that never comes costs
// minutes and no order: what the answer says goes the way of a message.
//
// Money of another amount or currency than the order's total pays nothing: it is due back at once. Nothing that came is forgotten.
//
// # A part goes back
//
// A part of a payment that goes back is a refund of its own, with a key of its own; what is left of the payment can still go back as a
// whole. The provider's messages say how much went back in all: as much as is known of is ours, more was given back by a person there.
//
// # What has to go out
//
// There is no list of errands: a payment that is due back and a session that is open while its order does not wait
// for it any more are the errands, written in the transaction that made them so. Run takes them by turns, each by one
// instance at a time, until the provider has done them: at least once, with the same key. Whatever makes money due,
// a decision of the staff included, is thereby on its way back.
package payment
