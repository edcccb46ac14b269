// Package browser runs the system's Chromium for tests, driven by playwright-go, without downloading anything itself.
//
//	b, err := browser.Start()
//	defer b.Stop()
//	page, err := b.Visit(browser.Way{Device: browser.Phone, Dark: true})
//
// playwright-go wants a folder with its driver, the npm package playwright-core of the very version that it was made for, and a
// Node to run it. "make browser" installs Node, Chromium and (from e2e/package-lock.json) the driver; this package links the
// driver where playwright-go looks for it. What is missing is an error that says so: a test of pages without a browser
// proves nothing, so it fails rather than skips.
package browser
