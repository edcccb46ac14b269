package fragment

// Added is the answer to putting something into the cart by script (Accept: text/html with the header
// X-Fragment: added). It carries the words and the badge; the element buy-form shows both. Without the
// header the handler answers with a redirect to the cart. The answer itself carries X-Fragment: added too, so
// that the element can tell it from a page.
type Added struct {
	Badge   string // digits alone, of the whole cart; empty for 0
	Heading string // "Added to your cart"
	Text    string // "Château Margaux 1990, Magnum 1.5 l"
	Href    string // the cart
	Link    string // "Go to the cart"
	Problem string // instead of Heading and Text when nothing was added: "Only 2 left"
}
