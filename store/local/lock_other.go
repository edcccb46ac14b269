//go:build !unix

package local

import "os"

// flock has no portable equivalent here; the servers' own locks on their files remain.
func flock(*os.File) error { return nil }
