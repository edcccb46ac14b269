package web

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"caveau/store/cart"
	"caveau/web/view"
)

// copyOf is the lines of a cart for the addresses of the other shops; empty without lines.
func (s *Server) copyOf(c cart.Cart) string {
	if len(c.Lines) == 0 {
		return ""
	}
	value, err := s.Mirror.SealCopy(c, time.Now())
	if err != nil {
		s.Logger.Error("cart: no copy for another shop", "market", c.Market, "err", err)
	}
	return value
}

// brought reads the lines that came along from another shop's cart, and says of each why it can't be had here; nil where none came that
// are not here already. What has expired is said; what we did not sign is nothing.
func (s *Server) brought(v *visit, c cart.Cart, value string) (*view.Brought, []view.Message) {
	if value == "" {
		return nil, nil
	}
	other, err := s.Mirror.OpenCopy(value, time.Now())
	switch {
	case errors.Is(err, cart.ErrExpired):
		return nil, []view.Message{{Level: "warn", Text: s.Site.Words(v.edition, "cart.copy_stale")}}
	case err != nil || other.Market == v.edition.Market.Code:
		return nil, nil
	}
	out := view.Brought{Market: other.Market, Value: value}
	for _, line := range other.Lines {
		if c.Quantity(line.SKU) >= line.Quantity {
			continue
		}
		out.Lines = append(out.Lines, view.BroughtLine{Line: line, Problem: s.notTaken(v, line)})
	}
	if len(out.Lines) == 0 {
		return nil, nil
	}
	return &out, nil
}

// notTaken says why a line can't be had in this shop.
func (s *Server) notTaken(v *visit, line cart.Line) string {
	sku := v.snap.SKU(line.SKU)
	err := errNoSKU
	if sku != nil {
		err = s.sells(v, sku, line.Quantity)
	}
	if err == nil {
		return ""
	}
	return s.words(v, sku, err)
}

// copyCart takes over the lines of another shop's cart: all that can be had here, each of the others with the reason. A line that is here
// already grows to what is wanted: to press the button twice is the same as once.
func (s *Server) copyCart(v *visit) error {
	if !sameOrigin(v.Ctx) {
		return errForeign
	}
	h := s.beginsOwn(v, s.holder(v))
	b, problem := s.brought(v, s.newest(h), v.FormValue(view.CopyField))
	if b == nil {
		return s.renderCart(v, s.newest(h), problem...)
	}
	c, err := s.takeOver(v, h, b)
	if err != nil {
		return err
	}
	return s.renderCart(v, c, s.Site.Copied(v.snap, v.edition, *b)...)
}

// takeOver makes the edits, and marks what was refused meanwhile.
func (s *Server) takeOver(v *visit, h holder, b *view.Brought) (cart.Cart, error) {
	h.mirror = s.newest(h)
	for i, l := range b.Lines {
		if l.Problem != "" {
			continue
		}
		e := edit{code: l.Line.SKU, sku: v.snap.SKU(l.Line.SKU), quantity: l.Line.Quantity}
		next, err := begun(h, e)
		if err != nil {
			return h.mirror, err
		}
		if h.mirror.Quantity(e.code) > 0 {
			e.action = view.CartSet
		}
		c, err := s.apply(v, next, e)
		if _, refused := refusals[rootOf(err)]; refused {
			b.Lines[i].Problem = s.words(v, e.sku, err)
			continue
		}
		if err != nil {
			return h.mirror, err
		}
		h = holder{next.id, c, true}
	}
	if !h.known {
		return h.mirror, nil
	}
	s.noteEdit(v, h.id, h.mirror)
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	return h.mirror, s.keep(v, h.id, h.mirror)
}
