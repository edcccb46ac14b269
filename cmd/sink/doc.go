// Package sink is a mail server that delivers nothing: it keeps the last mails in memory and shows them on a page. It is for
// the demonstration and for stories in a browser; only the demo command may start it (cmd/guard sees to that), so what a shop
// sends when it serves never ends here.
//
//	s, err := sink.Start(ctx, "127.0.0.1:0", "127.0.0.1:0")
//	s.SMTP, s.Page   // where it listens
//
// A mail's HTML is shown in a frame that may run nothing and load nothing; links open beside it.
package sink
