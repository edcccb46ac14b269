// Package customer is who has an account: how an address and a password are judged, what is kept of a password, and what a
// log-in, a session, and a link by mail are. It knows no database; adapters keep what it describes (store/mysql the
// accounts, store/redis the sessions).
//
//	Email      an address as accounts are found by it
//	Hasher     makes and checks what is kept of passwords, within bounded memory
//	Token      opens one thing once: it confirms an address, or sets a new password
//	Ticket     what a browser holds of a session: 128 random bits and the account
//
// # Nobody learns who has an account
//
// A wrong password and an unknown address are one error, ErrLogin, and one amount of work: where there is no hash, a hash of
// nobody's password is checked. To register with an address that has an account says the same as with one that has none; the
// letter tells them apart. An account exists only once its address was confirmed: until then its token holds all of it, and
// whoever opens the link has to know the password, so that nobody confirms an account that a stranger began.
//
// # Passwords
//
// 10 to 128 bytes, in Unicode's form C, and none of the commonest; nothing else is asked of them. They are kept as argon2id,
// two passes over 19 MiB in one lane. All that is hashed at a time takes 64 MiB at most, whatever asks: three log-ins, or one
// of the heaviest hashes of Magento 2. Who waits longer than the request may take is told to come again.
//
// Accounts that came from Magento 1 or 2 keep their hash, wrapped (Wrap) in argon2id where it is a fast one, and get one of
// ours when their owner next logs in.
//
// # Epoch
//
// Each change of the password raises the account's epoch. A session remembers the epoch of its log-in, and none is begun for
// an earlier one than was last declared: a log-in that had checked the old password when the new one was set comes to nothing.
package customer
