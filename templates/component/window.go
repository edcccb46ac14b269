package component

import "strconv"

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

// A bar is a window in per cent of the bar's length, as attribute values.
type bar struct{ from, to, span, peakFrom, peak, now, fromYear, toYear string }

// bar leaves a little room before the first and behind the last year that it shows.
func (w *Window) bar() bar {
	first, last := min(w.From, w.Now), max(w.To, w.Now)
	room := max(1, (last-first)/20)
	first, last = first-room, last+room
	at := func(year int) float64 { return 100 * float64(year-first) / float64(last-first) }
	b := bar{
		from: num(at(w.From)) + "%", to: num(at(w.To)) + "%", span: num(at(w.To)-at(w.From)) + "%",
		now: num(at(w.Now)) + "%", fromYear: strconv.Itoa(w.From), toYear: strconv.Itoa(w.To),
	}
	if w.PeakFrom > 0 && w.PeakTo > w.PeakFrom {
		b.peakFrom, b.peak = num(at(w.PeakFrom))+"%", num(at(w.PeakTo)-at(w.PeakFrom))+"%"
	}
	return b
}
