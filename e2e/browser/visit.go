package browser

import (
	"errors"
	"fmt"

	"github.com/playwright-community/playwright-go"
)

// Device is what a visitor holds.
type Device struct {
	Name          string
	Width, Height int
	Touch         bool
}

// The devices that pages are made for.
var (
	Phone   = Device{"phone", 360, 740, true}
	Tablet  = Device{"tablet", 768, 1024, true}
	Desktop = Device{"desktop", 1280, 800, false}
)

// Way is how a visitor looks at pages.
type Way struct {
	Device
	Dark      bool
	NoScript  bool
	Still     bool   // no animation, for pictures
	Language  string // of the browser; the shop's own where empty, so that no other shop is offered
	TimeZone  string // likewise
	BypassCSP bool   // for scripts that a test brings along
}

// actionLimit is how long one action may wait for the page, in milliseconds.
const actionLimit = 30_000

// Visit opens a page in a context of its own: no cookies, no storage, no cache. Close its Context when done.
func (b *Browser) Visit(w Way) (playwright.Page, error) {
	scheme, motion := playwright.ColorSchemeLight, playwright.ReducedMotionNoPreference
	if w.Dark {
		scheme = playwright.ColorSchemeDark
	}
	if w.Still {
		motion = playwright.ReducedMotionReduce
	}
	options := playwright.BrowserNewContextOptions{
		Viewport:          &playwright.Size{Width: w.Width, Height: w.Height},
		HasTouch:          &w.Touch,
		IsMobile:          &w.Touch,
		ColorScheme:       scheme,
		ReducedMotion:     motion,
		JavaScriptEnabled: playwright.Bool(!w.NoScript),
		BypassCSP:         &w.BypassCSP,
	}
	if w.Language != "" {
		options.Locale = &w.Language
	}
	if w.TimeZone != "" {
		options.TimezoneId = &w.TimeZone
	}
	context, err := b.chromium.NewContext(options)
	if err != nil {
		return nil, fmt.Errorf("open a browser context: %w", err)
	}
	context.SetDefaultTimeout(actionLimit)
	page, err := context.NewPage()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open a page: %w", err), context.Close())
	}
	return page, nil
}
