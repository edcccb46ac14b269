package component

// Window is a drinking window as a bar with a mark for today. All numbers are years.
type Window struct {
	State     string // "keep", "ready", "late", "past"
	StateWord string // "Ready to drink"
	Words     string // "from 2000 to 2045, at its best 2010–2030"
	Source    string // "demonstration data"; may be empty
	From, To  int
	PeakFrom  int // 0 where no peak is known
	PeakTo    int
	Now       int
}
