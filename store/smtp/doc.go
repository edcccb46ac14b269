// Package smtp hands messages to a mail server.
//
// It is an adapter. A batch of messages goes over one connection, one after the other; each gets its own answer. Whatever
// happens before the first message (dialling, TLS, signing in) is mail.ErrAway, and so it is for all messages behind one over
// which the connection broke: no letter is to blame for it. A message that the server took is sent, even if the connection
// breaks right afterwards.
//
// # What cannot be written
//
// Names, addresses and subjects come from visitors. A control character in an address refuses the message; in a name or a
// subject it becomes a blank. Everything else is encoded as RFC 2047 wants it, so no header can be made of it.
//
// Errors hold the step and the server's codes, and nothing that the server said: that may name the recipient.
package smtp
