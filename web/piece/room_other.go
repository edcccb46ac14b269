//go:build !unix

package piece

// newRoom is memory of the collector's.
func newRoom(bytes int) []byte { return make([]byte, bytes) }
