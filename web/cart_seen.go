package web

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"caveau/store/cart"
	"caveau/web/view"
)

// seenNow is what a visitor is shown of the SKU of an edit.
func (s *Server) seenNow(v *visit, e edit) cart.Seen {
	price, sold := e.sku.Price(v.edition.Market)
	if !sold {
		return cart.Seen{}
	}
	return cart.SeenAs(price.Minor, s.left(v, e.sku), time.Now().In(v.edition.Market.Zone))
}

// confirmCart remembers what the page showed, so that it is news no more. What has changed since the page was made stays news.
func (s *Server) confirmCart(v *visit) error {
	var all []cart.Shown
	now := time.Now().In(v.edition.Market.Zone)
	for _, text := range v.Request().PostArgs().PeekMulti("shown") {
		if shown, ok := view.ReadShown(string(text), now); ok && len(all) < cart.MaxLines {
			all = append(all, shown)
		}
	}
	return s.amend(v, edit{action: view.CartConfirm}, func(ctx context.Context, h holder) (cart.Cart, error) {
		return s.Carts.Confirm(ctx, h.id, h.mirror, all)
	}, func(c cart.Cart) (cart.Cart, error) { return c.Confirm(all) })
}

// wishInCart keeps what is to be done should the vintage of a line not be there.
func (s *Server) wishInCart(v *visit) error {
	sku, wish := v.FormValue("sku"), cart.Wish(v.FormValue("wish"))
	return s.amend(v, edit{action: view.CartWish, code: sku}, func(ctx context.Context, h holder) (cart.Cart, error) {
		return s.Carts.Prefer(ctx, h.id, h.mirror, sku, wish)
	}, func(c cart.Cart) (cart.Cart, error) { return c.Prefer(sku, wish) })
}

// amend makes an edit that adds nothing: in the store, or on the mirror while the store is away. Nobody begins a cart by it.
func (s *Server) amend(v *visit, e edit, kept func(context.Context, holder) (cart.Cart, error), mirrored func(cart.Cart) (cart.Cart, error)) error {
	if !sameOrigin(v.Ctx) {
		return errForeign
	}
	h := s.holder(v)
	if !h.known {
		return s.toCart(v, "")
	}
	ctx, cancel := context.WithTimeout(context.Background(), cartBudget)
	defer cancel()
	c, err := kept(ctx, h)
	if _, refused := refusals[rootOf(err)]; err != nil && !refused {
		s.Logger.Warn("cart: the store is away; the cookie stands in", "err", err)
		c, err = mirrored(h.mirror)
	}
	if err != nil {
		return s.refuse(v, h, e, err)
	}
	if err := s.keep(v, h.id, c); err != nil {
		return err
	}
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	return v.Redirect(s.Site.Path(v.snap, v.edition, v.node.Page), fiber.StatusSeeOther)
}
