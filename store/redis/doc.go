// Package redis keeps carts, sessions and counts of attempts in Redis: one server, Sentinel or Cluster.
//
// It is an adapter. Only the composition root names it; pages ask for the small interfaces that they
// declare themselves, and learn from errors of the noun (cart.ErrFull, cart.ErrUnavailable) what happened.
//
// # A Redis that does not answer
//
// Redis is never needed to serve a page, so it never holds one up. An operation has 50 ms in all, waiting
// for a connection included, and is not repeated: whether a lost edit was made is unknown, and the caller
// has the mirror. After four failures among the last eight operations a breaker opens, and from then on
// every operation fails at once with ErrDown. Twice a second one of these refused operations lets a PING go
// out in the background; when that is answered the breaker closes. So a hung Redis costs a handful of
// visitors 50 ms, and none of them while it stays hung. An answer that is an error (out of memory, a
// replica that is read-only) is an answer: the operation fails, the breaker stays closed.
//
// go-redis would wait 5 to 10 s and ignore the context by its defaults; the options in client.go turn all
// of that off.
//
// # How a cart is kept
//
//	key    cart:{ID}:MARKET      the braces make Redis Cluster place all carts of one ID on one node
//	field  version               number of edits, decimal
//	field  sku:CODE              "PLACE QUANTITY PRICE LEFT DAY WISH", decimal; lines are shown by rising place. Of a line of which
//	                             nothing was shown or wished, as those of before that was remembered, "PLACE QUANTITY"
//
// The market is part of the key because a cart belongs to its market: the same ID in two markets is two
// carts. An operation touches one key. A line's place is one more than the highest at the time when it was
// added, so that the order of adding survives without being stored as a list that every edit would rewrite.
// A cart whose last line was removed stays as its version alone: were it gone, an old mirror would bring
// the lines back.
//
// Edits are one Lua script (cart.lua), run atomically by Redis: it takes the mirror over if that is newer,
// makes the edit by the rules of package cart, writes the fields that changed, renews the time to live and
// answers with the whole cart. A property test holds it to the same results as cart.Cart's own methods.
//
// An edit whose answer was lost may have been made, may be made late, or never. The page makes it on the
// mirror, and both copies come to the same version and lines: no matter which one wins. Only if Redis stood
// still with two such edits of one visitor on two connections, and on waking took the later one first, does
// the earlier one count on top. The visitor then sees a bottle too many in the cart, never one too few.
//
// # Sessions and limits
//
//	key    session:{customer:ID}:HASH      hash: epoch, started, seen; HASH is SHA-256 of the ticket's secret
//	key    account:{customer:ID}:sessions  hash: the least epoch, and the name of each session
//	key    limit:RATE:HASH                 when all is given back, in microseconds of Redis's clock
//
// A session is read, renewed and ended by one script each (session.lua), and only a begin makes one: a request that was under
// way while its owner logged out finds nothing, and leaves nothing. It is written to by every page that is its owner's own, which
// is how it knows when it was last used. Without Redis nobody is logged in; attempts are then counted by each instance for itself,
// four times slower (limits.go).
//
// # What breaks the layout
//
// What is found under the key and breaks the layout (another type, a field that is no number, too many
// fields) counts as no cart. Get leaves it, the next edit or Restore replaces it.
package redis
