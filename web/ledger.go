package web

import (
	"context"
	"time"

	"caveau/store/catalog"
	"caveau/store/checkout"
	"caveau/store/law"
	"caveau/store/ledger"
	"caveau/store/order"
	"caveau/web/view"
)

// Ledger is the log of wines that were sold en primeur: the milestones about each line of an order, by SKU.
type Ledger interface {
	Milestones(ctx context.Context, number order.Number) (map[string][]ledger.Milestone, error)
}

// ways are the timelines of an order's primeurs. When the log is away each shows what the order itself says.
func (s *Server) ways(ctx context.Context, v *visit, o order.Order) []view.Way {
	if !hasPrimeurs(o) {
		return nil
	}
	log, err := s.Ledger.Milestones(ctx, o.Number)
	if err != nil {
		s.Logger.Warn("ledger: not read; the order alone is shown", "market", o.Market, "err", err)
	}
	var out []view.Way
	today := ledger.Day(law.DayOf(time.Now(), v.edition.Market.Zone))
	for _, l := range o.Lines {
		if l.SaleType == string(catalog.Primeur) {
			out = append(out, view.Way{Line: l, Steps: ledger.Timeline(facts(v, o, l), log[l.SKU], today), Due: s.due(v, o, l)})
		}
	}
	return out
}

func hasPrimeurs(o order.Order) bool {
	for _, l := range o.Lines {
		if l.SaleType == string(catalog.Primeur) {
			return true
		}
	}
	return false
}

// facts are what order and campaign say of a line. That an order was delivered says nothing of a primeur beside bottles from stock.
func facts(v *visit, o order.Order, l order.Line) ledger.Facts {
	f := ledger.Facts{Promised: ledger.Day(l.Promise.Delivery)}
	zone := v.edition.Market.Zone
	alone := true
	for _, other := range o.Lines {
		alone = alone && (other.Kind != order.Wine || other.SaleType == string(catalog.Primeur))
	}
	for _, e := range o.Events {
		switch {
		case e.State == order.Paid && f.Paid == "":
			f.Paid = ledger.Day(law.DayOf(e.At, zone))
		case e.State == order.Delivered && alone && f.Arrived == "":
			f.Arrived = ledger.Day(law.DayOf(e.At, zone))
		}
	}
	sku := v.snap.SKU(l.SKU)
	if sku == nil {
		return f
	}
	for _, c := range v.snap.Campaigns {
		if c.Code == sku.Campaign && c.Code != "" {
			f.Opened = ledger.Day(law.DayOf(c.Opens, zone))
		}
	}
	return f
}

// due is what a primeur will cost beside its price, by the rates that are known today; nil where some rate is not.
func (s *Server) due(v *visit, o order.Order, l order.Line) *law.Due {
	sku, rules := v.snap.SKU(l.SKU), s.Rules.Rules()
	if sku == nil || rules == nil {
		return nil
	}
	price, sold := sku.Price(v.edition.Market)
	if !sold {
		return nil
	}
	price.Amount = l.Unit // as it was agreed
	q, err := checkout.Question{
		Market: v.edition.Market, On: time.Now(), Destination: law.Destination{Country: o.Delivery.Country, State: o.Delivery.Region, Postcode: o.Delivery.Postcode},
		Items: []checkout.Item{{SKU: sku, Price: price, Quantity: l.Quantity, Title: l.Title}},
	}.Quote(rules)
	if err != nil || len(q.Door.Lines) != 1 {
		return nil
	}
	if due := q.Door.Lines[0].Due; due != nil && len(due.Missing) == 0 && due.When != "" {
		return due
	}
	return nil
}

// orderJSON is what an order's page shows, for programs; its version counts up when a field changes its meaning.
type orderJSON struct {
	Version int        `json:"version"`
	Number  string     `json:"number"`
	State   string     `json:"state"`
	Lines   []lineJSON `json:"primeurs"`
}

type lineJSON struct {
	SKU      string     `json:"sku"`
	Title    string     `json:"title"`
	Quantity int        `json:"quantity"`
	Steps    []stepJSON `json:"steps"`
	Due      *dueJSON   `json:"due,omitempty"`
}

// stepJSON has the days that are known.
type stepJSON struct {
	Kind    string `json:"kind"`
	Planned string `json:"planned,omitempty"`
	Actual  string `json:"actual,omitempty"`
	Source  string `json:"source,omitempty"`
}

// dueJSON is an estimate, in minor units.
type dueJSON struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
	On       string `json:"on"`
}

const orderVersion = 1

// orderData answers with the timelines of an order, by the same right as its page.
func (s *Server) orderData(v *visit) error {
	if !isRead(v.Ctx) {
		return notAllowed(v.Ctx, readOnly)
	}
	ctx, cancel := context.WithTimeout(context.Background(), orderBudget)
	defer cancel()
	found, _, err := s.opened(ctx, v)
	if err != nil {
		return err
	}
	out := orderJSON{Version: orderVersion, Number: string(found.Number), State: string(found.State), Lines: []lineJSON{}}
	for _, way := range s.ways(ctx, v, found) {
		l := lineJSON{SKU: way.Line.SKU, Title: way.Line.Title, Quantity: way.Line.Quantity}
		for _, step := range way.Steps {
			l.Steps = append(l.Steps, stepJSON{string(step.Kind), string(step.Planned), string(step.Actual), step.Source})
		}
		if way.Due != nil {
			l.Due = &dueJSON{way.Due.Gross.Minor, string(way.Due.Gross.Currency), string(way.Due.When)}
		}
		out.Lines = append(out.Lines, l)
	}
	ownPage(v)
	return v.JSON(out)
}
