// Package crowd proves, over HTTP and with the real binary, that nothing is sold twice and nothing is lost: sixty-four buyers order
// from three instances (caveau serve) behind what a balancer does, while instances are killed (-9), a replica dies and comes
// back, and the primary freezes. What each buyer saw of each SKU is held against what a stock can do (storetest.History).
//
//	go test ./e2e/crowd                  5,000 checkouts
//	CAVEAU_SOAK=1 go test ./e2e/crowd    100,000
package crowd
