package web

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"caveau/store/invoice"
	"caveau/store/order"
	"caveau/web/view"
)

// Papers are the documents of orders. Who may see an order may see them.
type Papers interface {
	Documents(ctx context.Context, number order.Number) ([]invoice.Document, error)
}

// order shows how an order stands, to whoever has its number and its key, or a pass that came by mail.
func (s *Server) order(v *visit) error {
	switch {
	case v.Method() == fiber.MethodPost:
		return s.changeOrder(v)
	case !isRead(v.Ctx):
		return notAllowed(v.Ctx, readAndWrite)
	}
	ctx, cancel := context.WithTimeout(context.Background(), orderBudget)
	defer cancel()
	found, access, err := s.opened(ctx, v)
	if err != nil {
		return err
	}
	seen, err := s.seenOrder(ctx, v, found, access)
	if err != nil {
		return err
	}
	ownPage(v)
	s.mayPay(v.Ctx)
	return s.render(v.Ctx, s.site(v).Order(v.snap, v.edition, seen))
}

// seenOrder is an order with all that its page shows.
func (s *Server) seenOrder(ctx context.Context, v *visit, o order.Order, access url.Values) (view.OrderSeen, error) {
	papers, err := s.Papers.Documents(ctx, o.Number)
	if err != nil {
		return view.OrderSeen{}, fmt.Errorf("read the documents of an order: %w", err)
	}
	return view.OrderSeen{Order: o, Papers: papers, Ways: s.ways(ctx, v, o), Access: access, Back: view.CameBack(v.Query("back")), Cards: s.takesCards(o.Sums.Total.Minor)}, nil
}

// ownPage says of an answer that it is one visitor's, and that its address opens something.
func ownPage(v *visit) {
	v.Set(fiber.HeaderCacheControl, visitorsOwn)
	v.Set("Referrer-Policy", "no-referrer")
}

// opened is the order that the address opens, and the part of the query that does. Whatever is wrong with it is errNotFound: it
// does not tell whether the number exists.
func (s *Server) opened(ctx context.Context, v *visit) (order.Order, url.Values, error) {
	number, access := order.Number(v.Query("number")), url.Values{"number": {v.Query("number")}}
	var found order.Order
	var err error
	if pass := v.Query("pass"); pass != "" {
		access.Set("pass", pass)
		found, err = s.byPass(ctx, number, pass)
	} else {
		access.Set("key", v.Query("key"))
		found, err = s.byKey(ctx, number, v.Query("key"))
	}
	if errors.Is(err, order.ErrUnknown) || errors.Is(err, order.ErrKey) || err == nil && found.Market != v.edition.Market.Code {
		return order.Order{}, nil, errNotFound
	}
	if err != nil {
		return order.Order{}, nil, fmt.Errorf("show an order: %w", err)
	}
	return found, access, nil
}

func (s *Server) byPass(ctx context.Context, number order.Number, pass string) (order.Order, error) {
	if !s.Passes.Opens(number, pass) {
		return order.Order{}, order.ErrUnknown
	}
	return s.Orders.Show(ctx, number)
}

func (s *Server) byKey(ctx context.Context, number order.Number, text string) (order.Order, error) {
	key, err := order.ParseKey(text)
	if err != nil {
		return order.Order{}, err
	}
	return s.Orders.Status(ctx, number, key, "")
}

// document sends an invoice or a credit note as PDF, to whoever may see its order.
func (s *Server) document(v *visit) error {
	if !isRead(v.Ctx) {
		return notAllowed(v.Ctx, readOnly)
	}
	ctx, cancel := context.WithTimeout(context.Background(), orderBudget)
	defer cancel()
	found, _, err := s.opened(ctx, v)
	if err != nil {
		return err
	}
	papers, err := s.Papers.Documents(ctx, found.Number)
	if err != nil {
		return fmt.Errorf("send a document: %w", err)
	}
	for _, p := range papers {
		if string(p.Number) == v.Query("document") {
			return s.sendPaper(v, p)
		}
	}
	return errNotFound
}

func (s *Server) sendPaper(v *visit, p invoice.Document) error {
	e := s.Site.Edition(p.Market, p.Locale)
	if e == nil {
		return errNotFound
	}
	sheet, err := s.Site.Sheet(v.snap, e, p)
	if err != nil {
		return err
	}
	pdf, missing, err := sheet.PDF()
	if err != nil {
		return err
	}
	if missing > 0 {
		s.Logger.Warn("document: characters that no font has", "document", p.Number, "characters", missing)
	}
	ownPage(v)
	v.Set(fiber.HeaderContentType, "application/pdf")
	v.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": string(p.Number) + ".pdf"}))
	return v.Send(pdf)
}
