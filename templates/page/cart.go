package page

import (
	"caveau/templates/component"
	"caveau/templates/layout"
	"caveau/templates/live"
)

// Cart is this visitor's cart. It is rendered for each request; its stock is live like everywhere.
type Cart struct {
	layout.Frame
	Heading    string
	Lines      []CartLine
	Empty      string         // said when there are no lines
	EmptyLink  component.Link // where to go then
	Messages   []Message      // what has just happened or changed
	News       *News          // what has changed since the lines were shown; nil where nothing has
	Totals     []Total        // subtotal, tax …; the last one is the total
	Notes      []string       // basis, health, what cannot be ordered yet
	Set        string         // POST sku, quantity
	Remove     string         // POST sku
	WishAction string         // POST sku, wish
	Copy       *CartCopy      // a cart of another shop is waiting; nil otherwise
	Continue   component.Link // back to the shop
	Order      component.Link // to the checkout
	Live       component.Live
	Elsewhere  []component.Link // the other shops' carts, with the lines of this one
	Suggest    []component.Link // may be empty
}

// CartLine is a SKU in the cart.
type CartLine struct {
	SKU      string
	Href     string
	Name     component.Name
	Year     string
	Format   string // "Magnum, 1.5 l × 6, original wooden case"
	Price    string // of one
	Total    string // of the line
	PerLitre string
	Quantity string // as it is, or as it was typed and refused
	Allotted string // "at most 2 cases per customer"; empty where that is not so
	Max      int
	Problem  string // "Only 2 left"; empty when all is well
	Wish     *Field // what to do without the vintage; nil of a wine without one
	Bottle   component.Bottle
	Stock    live.Stock
	Words    *live.Phrase // long
}

// News is what has changed of a cart since its lines were added or last confirmed.
type News struct {
	Heading string // "3 things have changed since Tuesday"
	Items   []string
	Action  string   // POST shown
	Shown   []string // what the page shows of each line: that is what the button accepts
	Button  string
}

// Total is a line under the sum.
type Total struct{ Label, Value string }

// Message is news for the visitor. Level is "good", "warn" or "bad".
type Message struct {
	Level, Text string
	SKU         string // of a line that is no longer sold: it can be removed beside the message; else empty
	Again       *Again // what was refused can be mended beside the message; nil where it can't
}

// Again is a quantity that was refused, as it was typed. Whoever refuses it says SKU, Quantity and Sets.
type Again struct {
	SKU      string
	Quantity string
	Sets     bool // it was typed for a line that is there
	Action   string
	Label    string
	Button   string
	Max      int
}

// CartElsewhere is the place of the cart's page from which it is taken to another shop.
const CartElsewhere = "elsewhere"

// CartCopy offers to copy another shop's cart.
type CartCopy struct {
	Heading string // "Your cart in the shop for France"
	Lines   []CopyLine
	Note    string // what becomes of the other cart
	Button  string // empty where nothing can be copied
	Action  string // POST copy
	Value   string // of that field
}

// CopyLine is a line of another shop's cart, and why it can't be had here; empty where it can.
type CopyLine struct{ Text, Problem string }

func (c Cart) shapes() []string {
	var bottles []component.Bottle
	for _, l := range c.Lines {
		bottles = append(bottles, l.Bottle)
	}
	return component.Shapes(bottles...)
}
