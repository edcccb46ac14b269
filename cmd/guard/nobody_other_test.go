//go:build !linux

package guard

import "os/exec"

// unprivileged does nothing: tests are not run by root here.
func unprivileged(*exec.Cmd) {}
