// Package e2e tells stories in the shopper's verbs: open, follow, choose, buy, change, remove. They run against the real binary
// with real databases (package shop) in a real Chromium (package browser).
//
//	main_test.go      one shop and one browser for all stories, started by the first that asks
//	visitor_test.go   what a visitor does and sees; every page that is passed is also checked for errors and for its width
//	world_test.go     what the catalogue holds: stories look for what they need and take no vintage twice
//
// then one file per story: browse, switch, soldout, live, cart, copy, order, keyboard, aria, staff, mail, host, axe, fault.
//
// A story waits for what it waits for, never for time to pass. It finds things by what the page means (addresses, form fields,
// roles), not by words, so that one story runs in all languages.
//
// CAVEAU_SOAK=1 widens tables: axe then reads every page type in every locale on every device.
package e2e
