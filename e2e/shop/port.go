package shop

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
)

// Ports below the ephemeral ones, where no connection of another test can take them, and off those of package local.
const (
	firstPort = 12000
	lastPort  = 18000
)

// FreePort is one that is free, and the next three: those of metrics, mails and payments. Another process may still be faster; then the
// shop says so when it starts.
func FreePort() (int, error) {
	for range 100 {
		port := firstPort + 4*rand.IntN((lastPort-firstPort)/4)
		if free(port) && free(port+1) && free(port+2) && free(port+3) {
			return port, nil
		}
	}
	return 0, errors.New("find a free port: a hundred were taken")
}

func free(port int) bool {
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return false
	}
	return l.Close() == nil
}
