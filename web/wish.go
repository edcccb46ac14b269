package web

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"caveau/store/catalog"
	"caveau/store/route"
	"caveau/store/wish"
	"caveau/templates/live"
	"caveau/web/view"
)

// wishActions are what lies below the path of the wish list; the path itself takes what is to be remembered.
var wishActions = []string{view.WishRemove, view.WishMove, view.WishShared}

// wish answers for the wish list, its edits, and the link by which it is shared.
func (s *Server) wish(v *visit, action string) error {
	post := v.Method() == fiber.MethodPost
	switch {
	case !post && !isRead(v.Ctx):
		return notAllowed(v.Ctx, readAndWrite)
	case post && action == view.WishShared:
		return notAllowed(v.Ctx, readOnly)
	case post:
		return s.editWish(v, action)
	case action == view.WishShared:
		return s.sharedWish(v)
	case action != "":
		return notAllowed(v.Ctx, writeOnly)
	default:
		return s.showWish(v, wished(v))
	}
}

// wished is the visitor's list; a cookie that holds none is an empty one.
func wished(v *visit) wish.List {
	l, err := wish.Parse(v.Cookies(view.CookieWish))
	if err != nil {
		return nil
	}
	return l
}

func (s *Server) showWish(v *visit, l wish.List, messages ...view.Message) error {
	return s.sendOwn(v, s.site(v).Wish(v.snap, v.edition, l, s.availableTo(v), messages...), max(0, s.badge(v)))
}

// sharedWish shows a list to whoever has its link. It is nobody's, and kept by no cache.
func (s *Server) sharedWish(v *visit) error {
	l, err := wish.Parse(v.Query(view.WishQuery))
	if err != nil {
		return errNotFound
	}
	return s.sendOwn(v, s.site(v).SharedWish(v.snap, v.edition, l, s.availableTo(v)), max(0, s.badge(v)))
}

// availableTo is what the market's warehouse has of a SKU, as read now.
func (s *Server) availableTo(v *visit) func(*catalog.SKU) int {
	s.Stock.Read()
	place := s.Board.Warehouse(v.edition.Market.Warehouse)
	return func(sku *catalog.SKU) int { return s.Board.Available(live.Stock{sku.Slot}, place) }
}

// editWish remembers a page, forgets it, or puts a SKU of it into the cart and forgets it.
func (s *Server) editWish(v *visit, action string) error {
	if !sameOrigin(v.Ctx) {
		return errForeign
	}
	id, err := strconv.ParseUint(v.FormValue("page"), 10, 32)
	if err != nil || view.Wished(v.snap, uint32(id)) == nil && action == "" {
		return errNotFound
	}
	l := wished(v)
	switch action {
	case view.WishRemove:
		return s.keepWish(v, l.Remove(uint32(id)))
	case view.WishMove:
		keepWishCookie(v, l.Remove(uint32(id)))
		return s.toTheCart(v, l)
	}
	next, err := l.Add(uint32(id))
	if errors.Is(err, wish.ErrFull) {
		v.Status(fiber.StatusConflict)
		return s.showWish(v, l, s.Site.WishFull(v.edition))
	}
	return s.keepWish(v, next)
}

// keepWish puts the list into the cookie and shows it.
func (s *Server) keepWish(v *visit, l wish.List) error {
	keepWishCookie(v, l)
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	return v.Redirect(s.Site.Path(v.snap, v.edition, v.node.Page), fiber.StatusSeeOther)
}

func keepWishCookie(v *visit, l wish.List) {
	if len(l) == 0 {
		clearCookie(v, view.CookieWish)
		return
	}
	setCookie(v, view.CookieWish, l.String(), view.CookieWishLife)
}

// toTheCart adds the SKU as the cart's own form does, and leads to the cart. What cannot be added is said there, and stays remembered.
func (s *Server) toTheCart(v *visit, was wish.List) error {
	v.node, _ = v.snap.Routes.Node(route.Page{Kind: route.Cart})
	err := s.editCart(v, "")
	if v.Response().StatusCode() != fiber.StatusSeeOther {
		keepWishCookie(v, was)
	}
	return err
}
