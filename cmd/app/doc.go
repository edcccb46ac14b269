// Package app is the composition root: the only place that knows every package and chooses the adapters.
//
//	Config   what an operator says, validated as a whole: one message lists every problem
//	Serve    the shops on one address, metrics on another; it waits for database and Redis and recovers by itself
//	Import   a merchant's list, or the demonstration catalogue, into the database
//	Demo     all of it with private servers as child processes: what `make run` runs
package app
