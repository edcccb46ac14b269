// Package mysql is the adapter to MariaDB and MySQL: the schema, one primary for writes, and the
// replicas that every page is read from.
//
// Reads and writes are told apart by type: Primary writes, Replicas read. Replicas watches the health and
// the lag of each replica and hands out one that is fit; what is read from several tables and must agree
// is read in one REPEATABLE READ transaction on one of them.
//
//	Migrate     the schema, by goose migrations that are embedded (expand first, contract a release later)
//	Import      a catalog.List into the tables, in one transaction, writing only what differs
//	ImportRules the dated rules of package law into law_rule, but for those edited by hand; LoadRules reads them
//	Catalogue   the tables as a catalog.Snapshot, followed through the change log
//	StockLog    the tail of the stock log, for package store/stock
//	Heartbeat   the row by which lag is judged
//	Alerts      what people want to be told, and the letters when it has come true (package alert)
//	Customers   keeps accounts (package customer says what that is), and what is kept of a person
//	Orders      places orders and moves them on (package order says what that means)
//	Payments    what becomes of money that a payment provider takes (package payment says what that means)
//
// The change log. Triggers write a row in the transaction of every change, so that a hand-written UPDATE
// is seen as well. Ids commit out of order, so the follower re-reads a window that is longer than the
// longest transaction and keeps the set of ids that it has seen. On another replica it goes on with the
// same position: ids are the primary's.
//
// Orders. One transaction, READ COMMITTED, on the primary: the row of the checkout's key, conditional updates of the
// stock in the order of the SKUs, the order and all that belongs to it. REPEATABLE READ would read old levels and lose updates; a
// check that is not in the UPDATE itself would sell twice. settle.go runs a transaction until its outcome is
// known. What a visitor wrote is read back on a replica only once that has it (position.go). CheckDurable says whether
// the primary keeps what it has acknowledged.
//
// No foreign keys and no TRUNCATE: cascades and TRUNCATE fire no trigger.
package mysql
