package guard

import (
	"os"
	"os/exec"
	"syscall"
)

// unprivileged makes a command run as user 65532, which is the image's, where the test itself is run by root. A user who is
// not root is unprivileged already.
func unprivileged(cmd *exec.Cmd) {
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
	}
}
