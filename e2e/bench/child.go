package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// child is a process that does not outlive this one.
type child struct {
	*exec.Cmd
	done chan struct{} // closed when it has ended
	err  error         // how; read after done
}

// start starts a command. The kernel's parent-death signal comes when the thread ends that started the child, so one
// goroutine keeps its thread for as long as the child lives.
func start(cmd *exec.Cmd) (*child, error) {
	c := &child{Cmd: cmd, done: make(chan struct{})}
	cmd.SysProcAttr = attributes()
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			c.err = cmd.Wait()
			close(c.done)
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	return c, nil
}

// stopLimit is how long a child may take to end by itself.
const stopLimit = 10 * time.Second

// stop ends the child and waits until it is gone.
func (c *child) stop() error {
	if err := c.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop %s: %w", c.Path, err)
	}
	select {
	case <-c.done:
		return nil
	case <-time.After(stopLimit):
	}
	err := c.Process.Kill()
	<-c.done
	return errors.Join(fmt.Errorf("%s did not end within %s", c.Path, stopLimit), err)
}

// ended says how the child ended, if it did.
func (c *child) ended() error {
	select {
	case <-c.done:
		return fmt.Errorf("%s ended: %v", c.Path, c.err) //nolint:errorlint // nil where it ended of its own accord
	default:
		return nil
	}
}
