// Package limit is how often something may be done: log in to an account, ask for letters, place orders.
//
//	Rate   so many at once, and one more every so often
//	Claim  one attempt on one Rate, under a name: an account, a block of addresses, the shop as a whole
//	Local  keeps the count in this process, when the place that all instances share is away
//
// Counting is GCRA: for each name one moment is kept, at which all that was used is given back. It needs no clock tick and no
// list of attempts, and whoever waits is never locked out for longer than one Rate.Every.
//
// Names are hashed before they leave the process; nobody reads from Redis who has been here.
package limit
