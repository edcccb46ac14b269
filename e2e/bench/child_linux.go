package main

import "syscall"

// attributes tie a child to this process; a process group of its own keeps a terminal's Ctrl-C away, so that this process stops its
// children in order.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}
