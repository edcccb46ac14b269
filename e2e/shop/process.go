package shop

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// Process is a running command of ours.
type Process struct {
	cmd  *exec.Cmd
	log  string // where its output goes
	done chan struct{}
	err  error // how it ended; read after done
}

// Run starts a command whose output goes to a file. It ends with this process: the kernel signals a child when the
// thread that started it ends, so one goroutine keeps its thread for as long as the child lives.
func Run(cmd *exec.Cmd, log string) (*Process, error) {
	out, err := os.Create(log)
	if err != nil {
		return nil, fmt.Errorf("make the log of %s: %w", cmd.Path, err)
	}
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = withParent()
	p := &Process{cmd: cmd, log: log, done: make(chan struct{})}
	var started sync.WaitGroup
	started.Add(1)
	var failed error
	go func() {
		runtime.LockOSThread()
		defer close(p.done)
		defer out.Close()
		failed = cmd.Start()
		started.Done()
		if failed == nil {
			p.err = cmd.Wait()
		}
	}()
	started.Wait()
	if failed != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, failed)
	}
	return p, nil
}

// PID of the process.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Signal sends a signal. A process that has ended is no error.
func (p *Process) Signal(s os.Signal) error {
	if err := p.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("signal %s: %w", p.cmd.Path, err)
	}
	return nil
}

// Done is closed when the process has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Status is the exit status, after Done; -1 when a signal ended it.
func (p *Process) Status() int { return p.cmd.ProcessState.ExitCode() }

// Log is what it has printed so far.
func (p *Process) Log() string {
	out, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(out)
}

// patience is how long a process may take to end by itself.
const patience = 20 * time.Second

// Stop interrupts the process, as Ctrl-C does, and waits until it has ended; it is killed when it doesn't.
func (p *Process) Stop() error {
	if err := p.Signal(syscall.SIGINT); err != nil {
		return err
	}
	select {
	case <-p.done:
		return nil
	case <-time.After(patience):
	}
	err := p.Signal(syscall.SIGKILL)
	<-p.done
	return errors.Join(fmt.Errorf("%s did not end within %s of Ctrl-C", p.cmd.Path, patience), err)
}
