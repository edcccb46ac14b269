// Package fragment holds answers that replace a part of a page.
package fragment
