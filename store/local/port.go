package local

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
)

// Ports are picked from here, below the ephemeral ports (32768 and up on Linux), where an outgoing connection could sit
// on a port between two starts of a server.
const (
	firstPort = 20000
	lastPort  = 32767
)

// ports are reserved against other processes of this user that pick ports at the same moment: between the trial bind
// and the server's own bind the port is free, so the trial alone would let two of them choose the same one.
type ports struct {
	dir    string // one lock file per reserved port
	leases []*os.File
}

func portDir() string {
	return filepath.Join(os.TempDir(), "caveau-ports-"+strconv.Itoa(os.Getuid()))
}

// reserve returns n ports: base, base+1 … or, where base is 0, free ones.
func (p *ports) reserve(base, n int) ([]int, error) {
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return nil, unwritable(p.dir, err)
	}
	if base != 0 {
		return p.fixed(base, n)
	}
	return p.free(n)
}

func (p *ports) fixed(base, n int) ([]int, error) {
	if base < 1 || base+n-1 > 65535 {
		return nil, fmt.Errorf("base port %d: %d ports from there are not within 1 to 65535", base, n)
	}
	var list []int
	for port := base; port < base+n; port++ {
		if err := p.take(port); err != nil {
			return nil, portTaken(port, err)
		}
		list = append(list, port)
	}
	return list, nil
}

func (p *ports) free(n int) ([]int, error) {
	// Each process begins elsewhere: locks don't reach over to other users' processes, but they seldom meet then.
	const span, stride = lastPort - firstPort + 1, 16
	begin := os.Getpid() * stride % span
	var list []int
	for i := 0; i < span && len(list) < n; i++ {
		port := firstPort + (begin+i)%span
		if p.take(port) == nil {
			list = append(list, port)
		}
	}
	if len(list) < n {
		return nil, &Fault{Kind: ErrPortTaken, What: fmt.Sprintf("no %d free ports between %d and %d", n, firstPort, lastPort),
			Do: "stop what listens there, or name a base port"}
	}
	return list, nil
}

// take leases the port and tries to bind it.
func (p *ports) take(port int) error {
	lease, err := lockFile(filepath.Join(p.dir, strconv.Itoa(port)))
	if err != nil {
		return err
	}
	trial, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return errors.Join(err, release(lease))
	}
	p.leases = append(p.leases, lease)
	return trial.Close()
}

// release gives all ports back.
func (p *ports) release() error {
	var err error
	for _, lease := range p.leases {
		err = errors.Join(err, release(lease))
	}
	p.leases = nil
	return err
}

// release removes the file while its lock is still held, so that nobody can hold a lock on the removed one for long.
// A machine that sweeps its temporary directory may have been faster.
func release(lease *os.File) error {
	err := os.Remove(lease.Name())
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, lease.Close())
}

func portTaken(port int, cause error) error {
	return &Fault{Kind: ErrPortTaken, What: fmt.Sprintf("port %d is taken", port),
		Do: fmt.Sprintf("stop what listens there (see \"ss -ltnp sport = :%d\") or choose another base port", port), Cause: cause}
}
