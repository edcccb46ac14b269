// Package simulator plays Stripe, as far as package stripe asks it: sessions, refunds, keys that make a call safe to repeat,
// signed messages, and the hosted page on which a shopper pays, is refused, or goes back. "caveau demo" runs it beside the shops,
// and tests run it in process.
//
//	api.go      what the shop calls
//	page.go     what the shopper sees, in the shop's language
//	message.go  messages to the shop: each can be late, early, doubled, lost or in another order
//
// It remembers everything and nothing beyond its process. It is strict where Stripe is: a session lives for 30 minutes at
// least, a key with other parameters is refused, and a payment goes back once. That calls have the right form is checked
// against Stripe's own OpenAPI (package stripe's tests), not here.
package simulator
