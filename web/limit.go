package web

import (
	"context"
	"math"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"caveau/store/customer"
	"caveau/store/limit"
	"caveau/store/order"
)

// Limits counts attempts. Take makes claims up to the first that is refused and says how long that one has to wait; it always
// answers, and counts in this process where the store that all share is away.
type Limits interface {
	Take(ctx context.Context, claims ...limit.Claim) (wait time.Duration)
	Forget(ctx context.Context, claims ...limit.Claim) error
}

// The rates. Who guesses passwords has five for an account from one block of addresses, and then one a minute; from everywhere
// together twenty, and then two a minute, which is what keeps a stranger's botnet from it. A customer whom that locks out gets in by a
// link to a new password, which clears the count. Orders and letters are bounded so that nobody fills mailboxes or the cellar's book.
var (
	logInPair    = limit.Rate{Name: "login.pair", Burst: 5, Every: time.Minute}
	logInAccount = limit.Rate{Name: "login.account", Burst: 20, Every: 30 * time.Second}
	logInBlock   = limit.Rate{Name: "login.block", Burst: 30, Every: 6 * time.Second}
	logInAll     = limit.Rate{Name: "login.all", Burst: 200, Every: 50 * time.Millisecond}
	letterTo     = limit.Rate{Name: "letter.to", Burst: 3, Every: 20 * time.Minute}
	letterBlock  = limit.Rate{Name: "letter.block", Burst: 10, Every: time.Minute}
	letterAll    = limit.Rate{Name: "letter.all", Burst: 200, Every: 200 * time.Millisecond}
	orderBuyer   = limit.Rate{Name: "order.buyer", Burst: 10, Every: time.Minute}
	orderBlock   = limit.Rate{Name: "order.block", Burst: 30, Every: 20 * time.Second}
	orderAll     = limit.Rate{Name: "order.all", Burst: 1000, Every: 10 * time.Millisecond}
	leaveOrder   = limit.Rate{Name: "leave.order", Burst: 10, Every: time.Minute}
	leaveBlock   = limit.Rate{Name: "leave.block", Burst: 20, Every: 20 * time.Second}
	leaveAll     = limit.Rate{Name: "leave.all", Burst: 500, Every: 50 * time.Millisecond}
)

// take makes claims within Redis's budget; where one is refused the answer says so, and when to come back.
func (s *Server) take(v *visit, claims ...limit.Claim) (wait time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), cartBudget*time.Duration(len(claims)))
	defer cancel()
	if wait = s.Limits.Take(ctx, claims...); wait > 0 {
		v.Status(fiber.StatusTooManyRequests)
		v.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	}
	return wait
}

// knock claims an attempt to enter an account.
func (s *Server) knock(v *visit, email customer.Email) (wait time.Duration) {
	return s.take(v, append(s.tries(v, email), limit.Claim{Rate: logInAll})...)
}

// tries are the claims that an account's owner gets back once he has shown who he is.
func (s *Server) tries(v *visit, email customer.Email) []limit.Claim {
	block := limit.Block(s.client(v.Ctx))
	return []limit.Claim{
		{Rate: logInBlock, Who: block}, {Rate: logInPair, Who: string(email) + " " + block}, {Rate: logInAccount, Who: string(email)},
	}
}

// letters claims a letter to an address.
func (s *Server) letters(v *visit, email customer.Email) (wait time.Duration) {
	return s.take(v, limit.Claim{Rate: letterBlock, Who: limit.Block(s.client(v.Ctx))}, limit.Claim{Rate: letterTo, Who: string(email)}, limit.Claim{Rate: letterAll})
}

// leaves claims a look at what can be withdrawn from an order: it shows the lines to whoever guesses number and address.
func (s *Server) leaves(v *visit, number order.Number) (wait time.Duration) {
	return s.take(v, limit.Claim{Rate: leaveBlock, Who: limit.Block(s.client(v.Ctx))}, limit.Claim{Rate: leaveOrder, Who: string(number)}, limit.Claim{Rate: leaveAll})
}

// buys claims the placing of an order.
func (s *Server) buys(v *visit, r order.Request) (wait time.Duration) {
	return s.take(v, limit.Claim{Rate: orderBlock, Who: limit.Block(s.client(v.Ctx))}, limit.Claim{Rate: orderBuyer, Who: r.Buyer()}, limit.Claim{Rate: orderAll})
}
