package local

import "syscall"

// dieWithParent asks for SIGKILL at the parent's death rather than SIGTERM: a server that hangs must go too, and both
// InnoDB and the binary log survive it (flush at every commit). A process group of its own keeps a terminal's Ctrl-C away, so that
// the parent can stop its children in order.
func dieWithParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}
