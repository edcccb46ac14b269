// Package cart is what a visitor wants to buy: lines of SKU and quantity, in the order in which they were
// put in. It holds the rules and the signed cookie that mirrors a cart; where carts are kept is the
// business of an adapter (store/redis), and what a line costs or whether it is in stock is asked elsewhere
// each time the cart is shown. What was shown when a line was added or last confirmed is remembered with it,
// and nothing is ever charged by it: it only lets the cart say what has changed since.
//
//	Cart    lines, the market they belong to, and a version
//	Seen    price and stock of a line as they were shown, and on which day
//	Wish    what to do with a line whose vintage is not there
//	ID      names a cart: 128 random bits, known to its visitor only
//	Mirror  writes a cart into a signed cookie and reads it back, and its lines into an address of another shop
//
// # Rules
//
//   - At most MaxLines lines, 1 to MaxQuantity units each, a SKU once.
//   - An edit either does what it was asked or leaves the cart as it was and says why. A quantity is never
//     cut down to what fits: nobody should find 999 bottles who asked for 1,200.
//   - Every edit that changes something raises the version by one; an edit that changes nothing (a second
//     click on "remove") does not.
//   - A cart belongs to one market. Its ID may be the same in two markets, its lines never mix.
//
// # From one shop to another
//
// A cart belongs to its market and its cookie to its host, so that another shop knows nothing of it. Who changes shops brings the
// lines along in the address of the other shop's cart (SealCopy): signed, so that nobody offers what was not in a cart of ours;
// valid for an hour; with SKUs, quantities and wishes, and nothing that says whose they are. An address and not a post, because a
// post from another host is what every edit refuses, and an address changes nothing: the other shop shows what it would take over,
// and a post from its own page does it. To bring the same lines twice is the same as once: a line that is there already grows to
// what is wanted, and is not added up. The first shop's cart stays as it is.
//
// # Two copies, the higher version wins
//
// A cart lives in Redis, and every answer to an edit carries it as a cookie too. Redis may be flushed, or
// not answer; the cookie may be older when two tabs were answered out of order. Whenever both are at hand
// the one with the higher version is the cart, see Newer. From this follow three duties of a page:
//
//   - hand the opened mirror to the store with every edit. The store puts it back first if its own copy is
//     older or gone, in the same atomic operation: a cart that was begun anew at version 1 would lose
//     against its own cookie later;
//   - when the store says ErrUnavailable, make the same edit on the mirror's cart (Cart.Add, Cart.Set:
//     same rules, same versions) and send that as the cookie. When the store is back it has the lower
//     version and takes the cookie's lines over;
//   - drop a mirror whose cart names another market.
//
// What cannot be saved so: two tabs that add in the very moment in which Redis is away both start from the
// same cookie, and the browser keeps the answer that came last.
package cart
