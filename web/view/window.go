package view

import (
	"strconv"

	"caveau/store/catalog"
	"caveau/templates/component"
)

// stateWord of a vintage in this year: "ready to drink"; empty where the window is not known.
func (d *desk) stateWord(w catalog.Window) string {
	switch w.In(d.year()) {
	case catalog.Keep:
		return d.p.T("window.keep")
	case catalog.Ready:
		return d.p.T("window.ready")
	case catalog.Late:
		return d.p.T("window.late")
	case catalog.Past:
		return d.p.T("window.past")
	default:
		return ""
	}
}

// window is the bar of the vintage page; nil where the window is not known.
func (d *desk) window(w catalog.Window) *component.Window {
	if !w.Known() {
		return nil
	}
	out := &component.Window{
		State: string(w.In(d.year())), StateWord: sentence(d.stateWord(w)), Words: d.windowWords(w),
		From: w.From, To: w.To, PeakFrom: w.PeakFrom, PeakTo: w.PeakTo, Now: d.year(), Source: w.Source,
	}
	if w.Source == "demo" {
		out.Source = d.p.T("notice.demo_window")
	}
	return out
}

func (d *desk) windowWords(w catalog.Window) string {
	if w.PeakFrom > 0 && w.PeakTo > w.PeakFrom {
		return d.p.T("window.with_peak", "from", w.From, "to", w.To, "peak", years(w.PeakFrom, w.PeakTo))
	}
	return d.p.T("window.from_to", "from", w.From, "to", w.To)
}

// years is a span: "2010–2045".
func years(from, to int) string { return strconv.Itoa(from) + "–" + strconv.Itoa(to) }
