package view

import (
	"strconv"
	"strings"
	"time"

	"caveau/store/cart"
	"caveau/store/law"
	"caveau/store/money"
	"caveau/templates/page"
)

// The last parts of the paths that are posted to when a visitor accepts what has changed, and says what to do without a vintage.
const (
	CartConfirm = "confirm"
	CartWish    = "wish"
)

// news tells what has changed of a cart's lines since they were shown; nil where nothing has. left is what can be had of each now.
func (d *desk) news(lines []cart.Line, sold []cartOffer, left []int) *page.News {
	out := page.News{Action: d.shell().cart + "/" + CartConfirm, Button: d.p.T("cart.news_accept")}
	since, at, stopped := cart.MaxDay, 0, false
	for _, line := range lines {
		if at >= len(sold) || sold[at].sku.Code != line.SKU {
			continue // no longer sold: said elsewhere
		}
		o, now := sold[at], cart.SeenAs(sold[at].price.Minor, left[at], d.now.In(d.Market.Zone))
		at++
		out.Shown = append(out.Shown, ShownText(cart.Shown{SKU: line.SKU, Seen: now}))
		if !line.Seen.Known() {
			continue
		}
		if d.reachedOn(line.Seen.Day) {
			since, stopped = min(since, line.Seen.Day), true
		}
		before := len(out.Items)
		out.Items = append(out.Items, d.changes(o, line.Seen, now)...)
		if len(out.Items) > before {
			since = min(since, line.Seen.Day)
		}
	}
	if stopped {
		out.Items = append([]string{d.p.T("cart.not_delivered", "place", d.doorName())}, out.Items...)
	}
	if len(out.Items) == 0 {
		return nil
	}
	out.Heading = d.since(len(out.Items), since)
	return &out
}

// reachedOn says that nothing goes to the visitor's destination now, and that something did on the day on which a line was shown. The rules
// are dated, so that they tell what held then: nothing has to be remembered for it.
func (d *desk) reachedOn(day int) bool {
	if d.door == nil || d.door.block == nil {
		return false
	}
	block, err := d.door.Rules.Reach(d.Market, d.door.To, law.Day(cart.DateOf(day).Format(time.DateOnly)))
	return err == nil && block == nil
}

// changes of one line, in words.
func (d *desk) changes(o cartOffer, seen, now cart.Seen) []string {
	var out []string
	wine := d.skuTitle(o.sku)
	price := func(minor int64) string { return d.amount(money.Of(minor, d.Market.Currency)) }
	switch {
	case now.Price > seen.Price:
		out = append(out, d.p.T("cart.dearer", "wine", wine, "from", price(seen.Price), "to", price(now.Price)))
	case now.Price < seen.Price:
		out = append(out, d.p.T("cart.cheaper", "wine", wine, "from", price(seen.Price), "to", price(now.Price)))
	}
	switch {
	case now.Left == 0 && seen.Left > 0:
		out = append(out, d.p.T("checkout.line", "wine", wine, "problem", d.p.T("cart.sold_out")))
	case now.Left < seen.Left:
		out = append(out, d.p.T("checkout.line", "wine", wine, "problem", d.p.N("cart.left", now.Left)))
	case now.Left > 0 && seen.Left == 0:
		out = append(out, d.p.T("cart.back", "wine", wine))
	}
	return out
}

// weekdays of time.Weekday.
var weekdays = [7]string{
	"weekday.sunday", "weekday.monday", "weekday.tuesday", "weekday.wednesday", "weekday.thursday", "weekday.friday", "weekday.saturday",
}

// since says how many things changed, and since when: by the day of the week as long as that is clear.
func (d *desk) since(n, day int) string {
	date := cart.DateOf(day)
	switch ago := cart.Day(d.now.In(d.Market.Zone)) - day; {
	case ago <= 0:
		return d.p.N("cart.news_today", n)
	case ago < 7:
		return d.p.N("cart.news_weekday", n, "day", d.p.T(weekdays[date.Weekday()]))
	default:
		return d.p.N("cart.news_date", n, "date", d.p.Date(date))
	}
}

// ShownText is what was shown of a line as the form of the cart's page carries it: "SKU price left". ReadShown reads it.
func ShownText(s cart.Shown) string {
	return s.SKU + " " + strconv.FormatInt(s.Seen.Price, 10) + " " + strconv.Itoa(s.Seen.Left)
}

// ReadShown reads what ShownText wrote; it was shown at a moment of the day on which it comes back. False where it is no such text.
func ReadShown(text string, at time.Time) (cart.Shown, bool) {
	parts := strings.Split(text, " ")
	if len(parts) != 3 {
		return cart.Shown{}, false
	}
	price, err1 := strconv.ParseInt(parts[1], 10, 64)
	left, err2 := strconv.Atoi(parts[2])
	s := cart.Shown{SKU: parts[0], Seen: cart.SeenAs(price, left, at)}
	return s, err1 == nil && err2 == nil && price > 0 && cart.CheckShown([]cart.Shown{s}) == nil
}

// wishField lets a visitor say what to do without the vintage of a line; nil of a wine that has none.
func (d *desk) wishField(line cart.Line, year int) *page.Field {
	if year == 0 {
		return nil
	}
	f := page.Field{Name: "wish", Label: d.p.T("wish.label"), Value: string(line.Wish)}
	for _, w := range cart.Wishes() {
		f.Options = append(f.Options, page.Option{Value: string(w), Text: d.p.T(wishWords[w])})
	}
	return &f
}

var wishWords = map[cart.Wish]string{cart.ThisVintage: "wish.choose_this", cart.NextVintage: "wish.choose_next", cart.AskMe: "wish.choose_ask"}
