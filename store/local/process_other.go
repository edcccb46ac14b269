//go:build !unix

package local

import (
	"errors"
	"syscall"
)

func dieWithParent() *syscall.SysProcAttr { return nil }

func pause(*process) error  { return errors.New("this system cannot pause a process") }
func resume(*process) error { return nil }
