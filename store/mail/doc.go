// Package mail is what the shops write to people: a Letter says what it is about, to whom, and in which edition. It is
// written down in the transaction that made it true (table letter), and sent by whoever finds it there, at least once.
//
//	Letter  a topic with the facts that its words need
//	Topic   what it is about: the messages mail.<topic>.* are its words
//
// No address and no link is ever written to a log.
package mail
