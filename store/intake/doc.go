// Package intake reads a merchant's own CSV list into a catalog.List.
package intake
