package page

// OrderPay is what can be done with an order that waits for money. All its buttons are of one form.
type OrderPay struct {
	Heading  string
	Say      string // what has just happened; may be empty
	Notes    []string
	Waiting  bool   // the provider's word is awaited: the page looks by itself
	Action   string // POST; opens the order
	Buttons  []OrderButton
	ProForma *ProForma // for a transfer
}

// OrderButton asks for something.
type OrderButton struct {
	Do, Text string
	Main     bool
}

func (b OrderButton) class() string {
	if b.Main {
		return "btn"
	}
	return "quiet"
}

// ProForma is where a transfer goes.
type ProForma struct {
	Heading string
	Facts   []Total
	Demo    string
}
