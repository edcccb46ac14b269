package local

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// setUpRedis turns s into a Redis that keeps nothing on disk. Sessions must not be evicted, so a full Redis says no.
func setUpRedis(s *Server, program string) {
	s.command = func() *exec.Cmd {
		return exec.Command(program,
			"--port", strconv.Itoa(s.port), "--bind", "127.0.0.1", "--protected-mode", "yes",
			"--dir", s.dir, "--daemonize", "no",
			"--save", "", "--appendonly", "no",
			"--maxmemory", "256mb", "--maxmemory-policy", "noeviction")
	}
	s.probe = s.answersRedis
	s.explain = s.explainRedis
}

// answersRedis is nil once our own Redis answers. That another one sits on the port must not pass for success.
func (s *Server) answersRedis(ctx context.Context) error {
	pid, err := redisPID(ctx, s.Addr())
	if err != nil {
		return err
	}
	if pid != s.PID() {
		return fmt.Errorf("process %d answers on %s, not ours", pid, s.Addr())
	}
	return nil
}

// redisPID asks the Redis at addr for its process id. It speaks the one command that it needs, so that this package has
// no client of its own.
func redisPID(ctx context.Context, addr string) (int, error) {
	dialer := net.Dialer{Timeout: time.Second}
	conn, err := dialer.DialContext(ctx, "tcp4", addr)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Second)); err != nil {
		return 0, err
	}
	if _, err := conn.Write([]byte("INFO server\r\n")); err != nil {
		return 0, err
	}
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		if pid, ok := strings.CutPrefix(lines.Text(), "process_id:"); ok {
			return strconv.Atoi(pid)
		}
	}
	return 0, errors.Join(errors.New("redis didn't tell its process id"), lines.Err())
}

func (s *Server) explainRedis(log string, cause error) error {
	if strings.Contains(log, "Address already in use") {
		return portTaken(s.port, cause)
	}
	return fmt.Errorf("%s ended while starting: %w: %s (see %s)", s.name, cause, lastLines(log, 3), s.LogFile())
}
