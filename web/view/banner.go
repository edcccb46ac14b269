package view

import (
	"time"

	"caveau/store/catalog"
	"caveau/templates/page"
)

// banner of this edition at this moment; nil where there is none, or nobody has written its words.
func (d *desk) banner() *page.Banner {
	for _, b := range d.snap.Banners {
		if b.Locale == d.Locale.Tag() && b.Words != "" && b.Holds(d.now) {
			return &page.Banner{Words: b.Words, Href: d.path(b.Page)}
		}
	}
	return nil
}

// turnsOf banners is how many have begun and ended: what a front hangs on beside its snapshot.
func turnsOf(banners []catalog.BannerRow, now time.Time) (n int) {
	for _, b := range banners {
		if !now.Before(b.Starts) {
			n++
		}
		if !now.Before(b.Ends) {
			n++
		}
	}
	return n
}
