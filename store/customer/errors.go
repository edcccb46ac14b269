package customer

import "errors"

// What an account can be refused for. Test with errors.Is.
var (
	// ErrLogin: no account has this address and password.
	ErrLogin = errors.New("address and password do not match")
	// ErrEmail: not an address that mail can be sent to.
	ErrEmail = errors.New("not an e-mail address")
	// ErrShort, ErrLong and ErrCommon: not a password that the shop takes.
	ErrShort  = errors.New("password too short")
	ErrLong   = errors.New("password too long")
	ErrCommon = errors.New("password too common")
	// ErrToken: never given out, used, or run out.
	ErrToken = errors.New("token opens nothing")
	// ErrUnknown: no such account, or nothing of the kind in it.
	ErrUnknown = errors.New("no such account")
	// ErrTaken: the address belongs to another account.
	ErrTaken = errors.New("address has an account")
	// ErrFull: as many addresses as an account can hold.
	ErrFull = errors.New("no room for another")
	// ErrNoSession: never begun, ended, or run out.
	ErrNoSession = errors.New("no such session")
	// ErrUnavailable: the place where sessions are kept did not answer. Nobody is logged in then.
	ErrUnavailable = errors.New("sessions unavailable")
	// ErrBusy: more passwords wait to be checked than can be in the time.
	ErrBusy = errors.New("too many passwords at once")
	// ErrHash: what is kept of the password is in no known form.
	ErrHash = errors.New("unknown form of hash")
)
