//go:build unix

package piece

import "syscall"

// newRoom is memory that the collector does not know. The system gives it page by page, as it is used; it is
// never given back.
func newRoom(bytes int) []byte {
	room, err := syscall.Mmap(-1, 0, bytes, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return make([]byte, bytes)
	}
	return room
}
