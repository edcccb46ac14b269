package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"
)

const (
	// stopGrace is how long a server may take to stop before it is killed; an idle one takes well under a second.
	stopGrace = 10 * time.Second
	// startLimit bounds one server's start, recovery after a crash included.
	startLimit = 60 * time.Second
	// catchUpLimit bounds how long a replica that was left out may take to apply what it missed.
	catchUpLimit = 10 * time.Minute
	// pollEvery is the interval at which a starting server is asked whether it answers.
	pollEvery = 10 * time.Millisecond
)

// Server is one child process: the primary, a replica or Redis. Its methods let tests make it fail.
// All of them may be called from several goroutines.
type Server struct {
	name string // "primary", "replica-1", "redis"
	dir  string // everything of this server
	port int
	log  *slog.Logger
	life context.Context // ends when the services are stopped

	command func() *exec.Cmd                    // a fresh command for each start
	prepare func() error                        // before each start, may be nil
	probe   func(context.Context) error         // nil once the server answers
	joined  func(context.Context) error         // after each start, may be nil
	explain func(log string, cause error) error // why it ended while starting

	admin *sql.DB  // root by the socket; nil for Redis
	delay int      // seconds, for replicas; guarded by mu
	link  *primary // whom a replica follows; nil otherwise

	starting sync.Mutex // one start at a time
	mu       sync.Mutex
	proc     *process // nil before the first start
	expected bool     // the process was told to end
	logFrom  int64    // where the log of this process begins in the file
}

// Name is "primary", "replica-1", "replica-2" … or "redis".
func (s *Server) Name() string { return s.name }

// Addr is host:port on the loopback interface. It stays the same over restarts.
func (s *Server) Addr() string { return fmt.Sprintf("127.0.0.1:%d", s.port) }

// LogFile is the path of what the server wrote since Start.
func (s *Server) LogFile() string { return filepath.Join(s.dir, "server.log") }

// PID is the process id, or 0 when the server is down.
func (s *Server) PID() int {
	p, ok := s.process()
	if !ok {
		return 0
	}
	return p.cmd.Process.Pid
}

// Running tells whether the process exists; a paused one does.
func (s *Server) Running() bool {
	_, ok := s.process()
	return ok
}

// Kill ends the server with SIGKILL, as a crash would, and returns when it is gone. Killing a dead server is no error.
func (s *Server) Kill() error {
	p, ok := s.expectEnd()
	if !ok {
		return nil
	}
	return p.kill()
}

// Pause makes the server hang: its connections stay open and nothing is answered until Resume.
func (s *Server) Pause() error {
	p, ok := s.process()
	if !ok {
		return fmt.Errorf("pause %s: %w", s.name, ErrNotRunning)
	}
	return pause(p)
}

// Resume ends a Pause.
func (s *Server) Resume() error {
	p, ok := s.process()
	if !ok {
		return fmt.Errorf("resume %s: %w", s.name, ErrNotRunning)
	}
	return resume(p)
}

// Restart stops the server if it runs, starts it on the same port and files, and returns when it answers. A replica has
// then begun to follow, but may have to wait up to a second for the primary, or for ever if that is down.
// Redis comes back empty, and nothing that was set on the running server (a read-only primary) is kept but a replica's Delay.
func (s *Server) Restart(ctx context.Context) error {
	if err := s.stop(); err != nil {
		s.log.Warn("server had to be killed", "server", s.name, "error", err)
	}
	if err := s.start(ctx); err != nil {
		return fmt.Errorf("restart %s: %w", s.name, err)
	}
	return nil
}

// start returns when the server answers and, being a replica, was told to follow.
func (s *Server) start(ctx context.Context) error {
	s.starting.Lock()
	defer s.starting.Unlock()
	if s.life.Err() != nil {
		return ErrStopped
	}
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	unlink := context.AfterFunc(s.life, cancel)
	defer unlink()

	p, err := s.launch()
	if err != nil {
		return err
	}
	if err := s.await(ctx, p); err != nil {
		return errors.Join(err, s.Kill())
	}
	if s.joined == nil {
		return nil
	}
	return s.joined(ctx)
}

// launch starts the process with its output going to the log file.
func (s *Server) launch() (*process, error) {
	if s.prepare != nil {
		if err := s.prepare(); err != nil {
			return nil, err
		}
	}
	out, err := os.OpenFile(s.LogFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, unwritable(s.dir, err)
	}
	defer out.Close()
	from, err := out.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("find the end of %s: %w", s.LogFile(), err)
	}
	cmd := s.command()
	cmd.Stdout, cmd.Stderr = out, out
	p, err := spawn(cmd)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.proc, s.expected, s.logFrom = p, false, from
	s.mu.Unlock()
	go s.watch(p)
	return p, nil
}

// watch reports a server that ends without having been told to.
func (s *Server) watch(p *process) {
	<-p.done
	s.mu.Lock()
	unexpected := s.proc == p && !s.expected
	s.mu.Unlock()
	if unexpected {
		s.log.Error("server ended by itself", "server", s.name, "error", p.err, "log", s.LogFile())
	}
}

// await polls until the server answers, ends, or ctx does.
func (s *Server) await(ctx context.Context, p *process) error {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		err := s.probe(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-p.done:
			return s.explain(s.processLog(), p.err)
		case <-ctx.Done():
			return fmt.Errorf("%s does not answer, see %s: %w (last answer: %w)", s.name, s.LogFile(), ctx.Err(), err)
		case <-tick.C:
		}
	}
}

// stop ends the server cleanly. Stopping a dead server is no error.
func (s *Server) stop() error {
	p, ok := s.expectEnd()
	if !ok {
		return nil
	}
	return p.terminate(stopGrace)
}

// end is stop for good: it waits for a start under way, which the end of life aborts, so that no child slips through.
func (s *Server) end() error {
	s.starting.Lock()
	defer s.starting.Unlock()
	err := s.stop()
	if s.admin != nil {
		// Saying good-bye to a server that is gone is an error of no interest; the connections are closed in any case.
		_ = s.admin.Close()
	}
	return err
}

// expectEnd returns the running process and notes that it is about to end on purpose.
func (s *Server) expectEnd() (*process, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.proc == nil || !s.proc.running() {
		return nil, false
	}
	s.expected = true
	return s.proc, true
}

func (s *Server) process() (*process, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.proc == nil || !s.proc.running() {
		return nil, false
	}
	return s.proc, true
}

// processLog is what the last process wrote: only that explains its end.
func (s *Server) processLog() string {
	s.mu.Lock()
	from := s.logFrom
	s.mu.Unlock()
	text, err := os.ReadFile(s.LogFile())
	if err != nil || int64(len(text)) < from {
		return ""
	}
	return string(text[from:])
}

// rotateLog keeps the log of the last Start beside the new one.
func (s *Server) rotateLog() error {
	err := os.Rename(s.LogFile(), s.LogFile()+".old")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
