//go:build !linux

package shop

import "syscall"

// withParent has nothing to offer here: a killed test leaves the shop running.
func withParent() *syscall.SysProcAttr { return nil }
