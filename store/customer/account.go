package customer

import (
	"time"

	"caveau/store/cart"
	"caveau/store/order"
)

// Account of a customer.
type Account struct {
	ID     ID
	Email  Email
	Name   string // may be empty
	Phone  string // may be empty
	Market string // in which it was opened
	Locale string
	Since  time.Time
}

// Address of an account's book. The first one stands in the checkout's form.
type Address struct {
	ID uint64
	order.Address
}

// MaxAddresses is how many an account's book holds.
const MaxAddresses = 20

// Credentials are what a log-in is judged by.
type Credentials struct {
	ID    ID
	Hash  string
	Epoch int
}

// Applicant is who wants an account.
type Applicant struct {
	Email  Email
	Name   string
	Hash   string // of the password
	Market string
	Locale string
	Link   string // path of the page that confirms; the token is put behind it
	Known  string // path of the log-in, for whoever has an account already
}

// How long what is sent by mail opens something, by the database's clock.
const (
	ConfirmLife = 48 * time.Hour
	ResetLife   = time.Hour
)

// Session as it stands.
type Session struct {
	Customer ID
	Started  time.Time
	Seen     time.Time
}

// How long a session lasts: so long after it was last used, and in all.
const (
	SessionIdle = 7 * 24 * time.Hour
	SessionLife = 30 * 24 * time.Hour
)

// Event is something that happened to an account. Events are only ever added.
type Event struct {
	What string // "opened", "password", "reset.asked" …
	At   time.Time
}

// Record is all that is kept of a person.
type Record struct {
	Account   Account
	Addresses []Address
	Orders    []order.Order
	Carts     []cart.Cart
	Sessions  []Session
	Events    []Event
	Letters   []Letter
}

// Letter that was sent, or waits to be.
type Letter struct {
	Topic string
	At    time.Time
	Sent  bool
}
