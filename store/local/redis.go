package local

import (
	"context"
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
	s.probe = func(ctx context.Context) error { return pingRedis(ctx, s.Addr()) }
	s.explain = s.explainRedis
}

// pingRedis speaks the one command that it needs, so that this package has no client of its own.
func pingRedis(ctx context.Context, addr string) error {
	dialer := net.Dialer{Timeout: time.Second}
	conn, err := dialer.DialContext(ctx, "tcp4", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Second)); err != nil {
		return err
	}
	if _, err := conn.Write([]byte("PING\r\n")); err != nil {
		return err
	}
	answer := make([]byte, len("+PONG\r\n"))
	n, err := conn.Read(answer)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(string(answer[:n]), "+PONG") {
		return fmt.Errorf("redis answered %q to PING", answer[:n])
	}
	return nil
}

func (s *Server) explainRedis(tail string, cause error) error {
	if strings.Contains(tail, "Address already in use") {
		return portTaken(s.port, cause)
	}
	return fmt.Errorf("%s ended while starting: %w: %s (see %s)", s.name, cause, lastLines(tail, 3), s.LogFile())
}
