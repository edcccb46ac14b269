//go:build unix && !linux

package local

import "syscall"

// dieWithParent can only keep a terminal's Ctrl-C away here: there is no parent-death signal outside Linux, so after a
// kill -9 of the parent the servers go on until they are stopped by hand. The next Start says so.
func dieWithParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}
