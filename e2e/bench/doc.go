// Command bench measures the shop's figures on this machine in one run and prints them as one Markdown table:
//
//	make bench                        everything, about twelve minutes
//	go run ./e2e/bench -short         the same with short runs
//	go run ./e2e/bench -only stock,price
//	go run ./e2e/bench -profile DIR   and keep CPU and memory profiles of the server
//
// It builds the real binary, starts a private primary, two replicas and a Redis (store/local), imports the demonstration
// catalogue and serves it as a child process; the bench process itself is the load generator. A figure that is missed
// makes the exit status 1, unless -report-only is given.
//
// # What makes the figures comparable
//
// Only ratios travel from one machine to another. So the shop is measured against two floors, which are
// Fiber servers with its own settings, in child processes of their own:
//
//   - static sends from memory as many bytes as a vintage page has on average, with the headers of a vintage page;
//   - naive is the usual way: one SELECT on a replica for the SKUs of the page, render, gzip. Its pages are the shop's,
//     byte for byte but for the time of the reading, which is checked before anything is measured.
//
// Shop and floors take turns, three rounds for each number of connections, and the median of the rounds' ratios counts: what else runs on
// the machine then falls on all of them.
//
// Requests are spread over all vintage pages in all editions by an exact Zipf law with s = 1 in a random order, so that
// neither the cache nor the warmer knows what will be asked for. Each round draws anew. The hit rate is part of the answer.
//
// The load generator shares the processors with the servers. It is kept light: raw connections, requests that were written in advance,
// bodies that are read and forgotten. What it costs falls on the shop and the floors alike, and so makes the ratios
// milder than they are.
//
// Any answer but 200 fails the figure that it was part of.
package main
