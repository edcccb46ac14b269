package web

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"caveau/templates/live"
)

// maxAsked is how many SKUs one request may ask for.
const maxAsked = 200

// stockAnswer is the answer of /live/stock. The first two keys are the contract; the others are the
// edition's words for the page's script.
type stockAnswer struct {
	AsOf  string               `json:"as_of"`
	Stock map[string]skuAnswer `json:"stock"`
	Stamp string               `json:"stamp"`
}

type skuAnswer struct {
	Available int    `json:"available"`
	Level     string `json:"level"`
	Words     string `json:"words"`
	Short     string `json:"short"`
}

// liveStock answers GET /live/stock?sku=A,B with what is left in the market's own warehouse. A SKU that
// is unknown, or not sold here, is absent. It is never cached.
func (s *Server) liveStock(v *visit) error {
	asked := strings.Split(v.Query("sku"), ",")
	if len(asked) > maxAsked {
		return errTooMany
	}
	asOf, stale := s.Stock.Read()
	place := s.Board.Warehouse(v.edition.Market.Warehouse)
	answer := stockAnswer{
		AsOf: asOf.UTC().Format(time.RFC3339), Stock: map[string]skuAnswer{},
		Stamp: strings.TrimSpace(string(s.Site.Stamp(v.edition).Words(asOf, stale).Text)),
	}
	for _, code := range asked {
		sku := v.snap.SKU(code)
		if sku == nil {
			continue
		}
		if _, sold := sku.Price(v.edition.Market); !sold {
			continue
		}
		n := s.Board.Available(live.Stock{sku.Slot}, place)
		level, words, short := s.Site.Stock(v.snap, v.edition, sku, n)
		answer.Stock[sku.Code] = skuAnswer{n, level, words, short}
	}
	v.Set(fiber.HeaderCacheControl, "no-store")
	return v.JSON(answer)
}
