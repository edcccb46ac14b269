// Package web is the HTTP face of the shops: it finds the shop and the page that a request means, lets
// package view fill it, package piece send it, and package stock say what is left.
//
// The order of a request is that of the files:
//
//	server.go   the Fiber app: one handler for all hosts
//	host.go     host and prefix → edition; an unknown host is 421
//	routes.go   what a path means: fixed paths, assets, the URL table
//	page.go     a public page: cache, live stock, holes, ETag
//	stock.go    /live/stock
//	cart.go     the cart: the only pages and writes that belong to a visitor
//	errors.go   404, 410, 421, 500 and 503 in the shop's language; the only place that turns an error into a status
//	health.go   /healthz, /readyz, and /metrics on the admin address
//
// A public page cannot reach the visitor: public (page.go) gets a page and a reading, and no request. With a
// cart cookie the same bytes are sent by private, which may fill the badge and forbids every shared cache.
//
// No GET sets a cookie, writes to a database or takes a lock. A public page depends on host, path and the
// one known query key (page); all other keys are ignored: they never reach the cache, the database or a
// link.
package web
