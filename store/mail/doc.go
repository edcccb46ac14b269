// Package mail is what the shops write to people: a Letter says what it is about, to whom, and in which edition. It is
// written down in the transaction that made it true (table letter), and sent by whoever finds it there, at least once.
//
//	Letter  a topic with the facts that its words need
//	Topic   what it is about: the messages mail.<topic>.* are its words
//	Due     a letter that an instance has in hand for a while, to send it
//	Message a letter in its final words, ready for a server
//
// # Topics
//
// A topic needs the messages mail.<topic>.subject and mail.<topic>.text; a blank line in the text begins a paragraph. Where it leads
// somewhere it has mail.<topic>.button too, and Data["link"] is the path. Every other entry of Data is a parameter of these
// messages. Data["unsubscribe"] is the path that ends letters of that kind; the letter then says so in its headers and its foot.
// Letters about an order (Order is set) get what that order says as parameters: number, name, amount, date.
//
// # Once
//
// Who sends a letter takes it first, for as long as Lease: nobody else sends it meanwhile. An instance that dies after
// the server has taken the letter and before that is written down leaves one that is sent again, with the same
// Message-ID, by which mail programs know a double. All times are the database's.
//
// # What is kept
//
// Of a letter that was sent its topic, market, locale, order number and times are kept for 90 days; its data, which may
// hold a link that opens something, and its recipient are emptied when it is sent. One that could not be sent keeps both
// for 30 days, so that a person can mend what is wrong and let it go.
//
// No address and no link is ever written to a log.
package mail
