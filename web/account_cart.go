package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"caveau/store/cart"
	"caveau/store/customer"
	"caveau/store/order"
	"caveau/web/view"
)

// joinCarts brings the visitor's cart and the account's together, by sum, under the account's name for it: all its devices edit
// one cart from then on. Where a store is away the visitor keeps the cart he has.
func (s *Server) joinCarts(ctx context.Context, v *visit, id customer.ID) cart.Merged {
	h := s.holder(v)
	key, kept, has, err := s.Folders.Cart(ctx, id, v.edition.Market.Code)
	if err != nil {
		s.Logger.Warn("account: the cart of the account is away", "err", err)
		return cart.Merged{}
	}
	guest := s.newest(h)
	if !has || h.known && h.id == key {
		s.keepOwn(ctx, id, h)
		return cart.Merged{}
	}
	joined, m, err := s.join(ctx, key, kept, guest)
	if err != nil {
		s.Logger.Warn("account: carts were not joined", "err", err)
		return cart.Merged{}
	}
	if h.known { // or a second log-in with the same cookie would add all of it again
		empty := cart.Cart{Market: guest.Market, Version: min(guest.Version+1, cart.MaxVersion)}
		if _, err := s.Carts.Restore(ctx, h.id, empty); err != nil {
			s.Logger.Warn("account: a cart that was joined is still there", "err", err)
		}
	}
	if err := s.keep(v, key, joined); err != nil {
		s.Logger.Error("account: a cart was not sealed", "err", err)
	}
	s.writeDown(ctx, id, key, joined)
	return m
}

// joinTries bounds how often a cart is joined anew because another device has edited it meanwhile.
const joinTries = 4

// join puts a guest's lines to the account's cart, in the store.
func (s *Server) join(ctx context.Context, key cart.ID, kept, guest cart.Cart) (cart.Cart, cart.Merged, error) {
	earlier, err := s.Carts.Restore(ctx, key, kept)
	if err != nil {
		return guest, cart.Merged{}, err
	}
	for range joinTries {
		joined, m := guest.Merge(earlier)
		if len(earlier.Lines) == 0 {
			joined.Version = max(guest.Version, earlier.Version) + 1
		}
		got, err := s.Carts.Restore(ctx, key, joined)
		if err != nil {
			return guest, cart.Merged{}, err
		}
		if got.Version == joined.Version && slices.Equal(got.Lines, joined.Lines) {
			return got, m, nil
		}
		earlier = got
	}
	return guest, cart.Merged{}, fmt.Errorf("another device edits the cart: %w", cart.ErrUnavailable)
}

// keepOwn writes the visitor's cart into the account.
func (s *Server) keepOwn(ctx context.Context, id customer.ID, h holder) {
	if h.known {
		s.writeDown(ctx, id, h.id, s.newest(h))
	}
}

// writeDown keeps a copy, for the day on which Redis has none. Where that fails Redis and the cookie still have it.
func (s *Server) writeDown(ctx context.Context, id customer.ID, key cart.ID, c cart.Cart) {
	if err := s.Folders.KeepCart(ctx, id, key, c); err != nil {
		s.Logger.Warn("account: a cart was not written down", "err", err)
	}
}

// noteEdit writes an edited cart into the account of who is logged in.
func (s *Server) noteEdit(v *visit, key cart.ID, c cart.Cart) {
	if !v.member {
		return
	}
	found, err := s.session(v)
	if err != nil {
		return // Redis has the cart, or the cookie
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	s.writeDown(ctx, found.Customer, key, c)
}

// beginsOwn is the account's cart, for a customer's device that has none yet.
func (s *Server) beginsOwn(v *visit, h holder) holder {
	if h.known || !v.member {
		return h
	}
	found, err := s.session(v)
	if err != nil {
		return h
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	key, kept, has, err := s.Folders.Cart(ctx, found.Customer, v.edition.Market.Code)
	if err != nil || !has {
		return h
	}
	return holder{id: key, mirror: kept, known: true}
}

// emptyOwn empties the account's cart when it became an order: other devices show it too.
func (s *Server) emptyOwn(id customer.ID, h holder) {
	if !h.known {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	now := s.newest(h)
	empty := cart.Cart{Market: now.Market, Version: min(now.Version+1, cart.MaxVersion)}
	if _, err := s.Carts.Restore(ctx, h.id, empty); err != nil {
		s.Logger.Warn("account: a cart that was ordered is still there", "err", err)
	}
	s.writeDown(ctx, id, h.id, empty)
}

// reorder puts the wines of an order into the cart again, and says which can not be had any more, or not as many.
func (s *Server) reorder(v *visit, id customer.ID) error {
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	o, err := s.ownOrder(ctx, id, v.FormValue("number"))
	if err != nil {
		return err
	}
	h := s.beginsOwn(v, s.holder(v))
	if !h.known {
		if h.id, err = cart.NewID(rand.Reader); err != nil {
			return err
		}
		h.known = true
	}
	c := s.newest(h)
	added := 0
	var messages []view.Message
	for _, line := range o.Lines {
		if line.Kind != order.Wine {
			continue
		}
		n := s.canAdd(v, c, line)
		if n > 0 {
			if c, err = s.apply(v, holder{h.id, c, true}, edit{code: line.SKU, sku: v.snap.SKU(line.SKU), quantity: n}); err != nil {
				n = 0
			} else {
				added++
			}
		}
		if n < line.Quantity {
			messages = append(messages, s.Site.Missing(v.edition, line.Title, n))
		}
	}
	if added > 0 {
		if err := s.keep(v, h.id, c); err != nil {
			return err
		}
		s.writeDown(ctx, id, h.id, c)
		messages = append([]view.Message{{Level: "good", Text: s.Site.Counted(v.edition, "customer.reordered", added)}}, messages...)
	}
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	return s.renderCart(v, c, messages...)
}

// canAdd is how many units of an earlier line this shop can put into the cart now.
func (s *Server) canAdd(v *visit, c cart.Cart, line order.Line) int {
	sku := v.snap.SKU(line.SKU)
	if sku == nil {
		return 0
	}
	if _, priced := sku.Price(v.edition.Market); !priced {
		return 0
	}
	had := c.Quantity(line.SKU)
	return max(0, min(line.Quantity, s.left(v, sku)-had, cart.MaxQuantity-had))
}
