// Package stripe is the adapter to Stripe: it implements payment.Provider with Checkout Sessions on Stripe's own page. No script
// of Stripe's runs in the shops, and no number of a card is seen there.
//
// A session has one line for the whole order: an order's lines are net and tax with the market's rounding, which unit ×
// quantity on somebody else's page cannot always say, and what is paid has to be the order's total to the cent. It takes cards
// (and the wallets that are cards): what takes days to arrive goes by bank transfer. Should an account offer such methods
// nevertheless, their messages are understood.
//
// Messages are read as they were signed, by any of the secrets: while a secret is changed two are valid. What a
// message says is believed as far as it names a session or a payment that carries the number of an order of ours in its
// metadata; everything else is nothing to us.
//
// Calls that write carry a key and may be repeated. Stripe keeps the answer to a key for a day.
package stripe
