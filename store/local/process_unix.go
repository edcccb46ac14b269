//go:build unix

package local

import "syscall"

func pause(p *process) error  { return p.signal(syscall.SIGSTOP) }
func resume(p *process) error { return p.signal(syscall.SIGCONT) }
