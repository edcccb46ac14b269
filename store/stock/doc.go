// Package stock answers "how many are left" from a MySQL replica, for every page, at the cost of one
// small query for all requests of a millisecond.
//
// The Board holds the last known level of every SKU in every warehouse. A request that shows stock
// calls Live.Read, which waits for a query that was started after the request arrived; the query does
// not ask for the SKUs of the page but for what has changed since the last query: the tail of the log
// that triggers write in the transaction of every change (table stock_event). When the answer has been
// applied, the whole board is as fresh as that query, so a page with two hundred SKUs costs what a page
// with one does, and a listing is as live as a vintage page. All requests that arrive while a query
// runs share the next one; the database sees fewer than 1,000 queries a second from an instance
// whatever the traffic.
//
// Why not SELECT … WHERE sku IN (…) for the requested SKUs, the obvious way: with requests spread over
// all vintages, 256 connections ask for some six hundred different SKUs at a time, and reading those
// rows costs more than sending the pages does. Asking for changes costs the same when nothing was sold
// and is proportional to sales when something was.
//
// What keeps it right:
//
//   - Ids of the log commit out of order: a transaction may hold id 5 for seconds while 6 to 10 commit.
//     Every id that is missing below the highest seen one is asked for by name until it appears or is
//     two minutes old (a roll-back leaves a hole for ever).
//   - For one SKU and warehouse the order of ids is the order of commits, since the row lock is held
//     while the trigger writes. An event older than the cell's last one is ignored.
//   - Ids are the primary's, so the position means the same on every replica. A replica that is behind
//     answers with less, never with something older.
//   - Whatever else may happen (a dropped trigger, a restored table, a transaction of half an hour), the
//     whole table is read every few seconds and a cell that differs twice in a row is corrected and
//     counted (Live.Corrections). Zero is the number to expect.
//
// Readers gather in a queue (queue.go) until the next query is due: 1.01 ms after the last one began, and
// then as soon as as many wait as the last query answered, or a moment later. With few visitors that is the
// pace alone; with a crowd it keeps its members together, so that none waits for two queries.
//
// A query that has not answered after 20 ms is asked of a second replica too; after 150 ms the readers
// are given the board as it is, marked stale, with the time of the last good answer (rung R1).
package stock
