//go:build !linux

package main

import "syscall"

// attributes has no parent-death signal to ask for outside Linux.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{} }
