package web

import (
	"context"
	"slices"
	"strconv"

	"caveau/store/customer"
	"caveau/web/view"
)

// bookOf puts the account's addresses into the form of who is logged in; 0 is nobody. A shopper whose account is away fills the form in by hand.
func (s *Server) bookOf(buyer customer.ID, f *view.Form) {
	if buyer == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), accountBudget)
	defer cancel()
	book, err := s.Folders.Addresses(ctx, buyer)
	if err != nil {
		s.Logger.Warn("checkout: the saved addresses are away", "err", err)
		return
	}
	f.Member, f.Book = true, book
}

// useSaved fills the address of delivery with the saved one that was chosen.
func useSaved(f *view.Form) {
	i := slices.IndexFunc(f.Book, func(a customer.Address) bool { return strconv.FormatUint(a.ID, 10) == f.Saved })
	if i >= 0 {
		f.Address = f.Book[i].Address
	}
}

// keepOrdered keeps the address of an order in the account, where the buyer wants that. The order is placed by then: what goes wrong here is
// no trouble of its.
func (s *Server) keepOrdered(ctx context.Context, buyer customer.ID, f view.Form) {
	if buyer == 0 || !slices.Contains(f.Agreed, view.KeepAddress) {
		return
	}
	if err := s.Folders.KeepAddress(ctx, buyer, customer.Address{Address: view.Written(f.Address)}); err != nil {
		s.Logger.Warn("checkout: the address was not kept in the account", "err", err)
	}
}
