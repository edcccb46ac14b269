// Package order is what a shopper bought and what became of it: the words, the rules and the sums. It
// decides nothing with a clock or a database of its own; the adapter (store/mysql) asks it and writes down
// the answer.
//
//	Request   what a checkout wants: lines, people, payment method, and the Key of that one checkout
//	Placed    the answer: a Number that people can read out, and how long the bottles are held
//	Order     what was placed: Line, Payment, Reservation, and its Events as they happened
//	State     where it stands; the moves between states are a table (state.go)
//	Refusal   why not, for each SKU: sold out and what is left, another price, over the allocation …
//
// # Words
//
// A SKU is reserved while its order waits for money, sold when the money came, released when it did not. A
// reservation is held by the database's clock: no instance's clock can release a bottle early. To cancel is
// to decide that nothing will be delivered; to expire is that nobody paid in time. Money that came for
// goods that are gone is due back (RefundDue) until it has been paid back (Refunded).
//
// # Invariants
//
// For each SKU in each warehouse, at every moment that a transaction can see:
//
//	initial + received = free + reserved + sold
//	free >= 0
//
// where free is stock.available, reserved the sum of reservations that are held, sold the sum of those
// that are sold, and received whatever the ERP or a hand added (or, negative, took away).
//
// For each line and each order, in one currency:
//
//	net + tax                = gross                  of every line
//	unit × quantity          = gross, or net          of a line of goods at home, as the market's prices are meant
//	unit × quantity          ≥ net                    of a line that leaves the country of the price list, without its taxes
//	unit × quantity          = net, and tax = 0       of a line whose taxes are due later
//	sum of net, tax, gross   = net, tax, total        of the order
//
// For each key:
//
//	orders placed with one key <= 1, and all who ask with that key and the same body get that one
//
// For each order:
//
//	the last event's state = the order's state, and from event to event it moves as the table allows or stays
//
// # The key
//
// A checkout page is given a Key, 128 random bits, when it is made. Whoever submits it twice (double click,
// back button, a second tab, a balancer that tries again, a shopper who saw an error) submits the same key,
// and gets the same order. The same key with another body is ErrKeyReused: it would be a lie to answer it
// with an order for something else. The key also opens the order's status page, so it stays out of logs; the
// database holds its SHA-256.
//
// # When the answer is lost
//
// An error while a transaction commits says nothing about whether it did. The adapter runs the transaction
// again with the same key, which either finds the order or places it; when the database stays away too long
// the answer is ErrInDoubt. A page then keeps the cart, and asks by the key. It never makes a new key.
package order
