// Package web is the HTTP face of the shops: it finds the shop and the page that a request means, lets
// package view fill it, package piece send it, and package stock say what is left.
//
// The order of a request is that of the files:
//
//	server.go   the Fiber app: one handler for all hosts
//	host.go     host and prefix → edition; an unknown host is 421, but for probes and assets
//	routes.go   what a path means: fixed paths, assets, the URL table
//	page.go     a public page: cache, live stock, holes, ETag
//	stock.go    /live/stock
//	place.go    where a visitor's deliveries go, and
//	search.go   the search page and its suggestions, /api/v1/search
//	cart.go     the cart, and
//	checkout.go the order that it becomes; with these and the next, the only pages and writes that belong to a visitor
//	order.go    an order and its papers, by its key or by a pass from a mail
//	ledger.go   the way of wine en primeur, on the order's page and for programs
//	withdrawal.go  statements of withdrawal, in two steps, for guests too; their receipts
//	payment.go  the way to the provider's page and back, and its messages
//	cookie.go   the only place that sets a cookie
//	speculation.go  what browsers may fetch before a click
//	redirect.go old addresses, and what leads nowhere
//	crawl.go    sitemaps and feeds, passed on as they are kept
//	errors.go   400 to 503 in the shop's language; the only place that turns an error into a status
//	lost.go     what a path that leads nowhere costs
//	health.go   /healthz and /readyz; the metrics are counted here and shown by cmd/app
//	headers.go  the security headers of every answer
//	warm.go     pages made before somebody asks
//
// A public page cannot reach the visitor: public (page.go) gets a page and a reading, and asks the request for
// nothing but Accept-Encoding and If-None-Match. With a cart cookie the same bytes are sent by private, which
// may fill the badge and forbids every shared cache. With the cookie of a place the page is made anew for this
// one answer, with the prices at that door (view.PageAt), and never reaches the cache; a cookie that is forged or
// that the rules do not know is none.
//
// No GET sets a cookie or writes to a database; that of the cart page alone asks Redis, which takes over the
// visitor's cookie where that is newer. A public page depends on host, path and the one known query key
// (page); all other keys are ignored: they never reach the cache, the database or a link. The search page knows q
// instead, leads to its canonical form, and keeps its answers for two seconds under a bound.
//
// A cart belongs to a shop. Who takes it to another one comes with the signed lines in the address of the cart's page (cart_copy.go), which
// shows what it would take over; a post from that page does. Package cart says why so.
//
// A cart begins with an add that is accepted, and only posts by pages of the same host edit it. Whatever the
// store says but a refusal means that it is away: the cookie is edited instead, and wins when the store is back.
//
// Nothing below this package recovers from a panic. serve does for a request, the error page's own panic
// included, and warm for the warmer: one page that cannot be made costs its visitor a 500 and nobody else.
package web
