package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// floorConfig is what a floor is told, as JSON on the first line of its standard input. The floor ends when its
// standard input does, so also when this process is killed.
type floorConfig struct {
	Kind     string // static or naive
	Port     int
	Size     int         // static: of the body
	Headers  [][2]string // static: of the answer
	Base     string      // naive: of the shops' addresses
	Replicas []string    // naive: their data sources
}

// The kinds of floor.
const (
	staticFloor = "static"
	naiveFloor  = "naive"
)

// floorFlag makes this program serve as a floor. It is no flag for people.
const floorFlag = "-serve-as-floor"

// floor is a running one.
type floor struct {
	*child
	port  int
	stdin io.Closer
}

// startFloor starts this very program as a floor and waits until it answers.
func startFloor(ctx context.Context, config floorConfig) (*floor, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	if config.Port, err = freePort(); err != nil {
		return nil, err
	}
	cmd := exec.Command(program, floorFlag)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start the %s floor: %w", config.Kind, err)
	}
	c, err := start(cmd)
	if err != nil {
		return nil, err
	}
	f := &floor{c, config.Port, stdin}
	if err := errors.Join(json.NewEncoder(stdin).Encode(config), f.await(ctx)); err != nil {
		return nil, errors.Join(err, f.stop())
	}
	return f, nil
}

// await returns when the floor takes connections.
func (f *floor) await(ctx context.Context) error {
	for end := time.Now().Add(readyLimit); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if err := errors.Join(ctx.Err(), f.ended()); err != nil {
			return err
		}
		if c, err := dial(f.port, end); err == nil {
			return c.Close()
		}
	}
	return fmt.Errorf("the floor did not listen within %s", readyLimit)
}

// serveAsFloor is what the child does until its standard input ends.
func serveAsFloor(in io.Reader) error {
	lines := bufio.NewReader(in)
	line, err := lines.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("read the floor's configuration: %w", err)
	}
	var config floorConfig
	if err := json.Unmarshal(line, &config); err != nil {
		return fmt.Errorf("read the floor's configuration: %w", err)
	}
	answer, err := config.handler()
	if err != nil {
		return err
	}
	app := newFloor(answer)
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(config.Port)))
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	go func() {
		_, _ = io.Copy(io.Discard, lines) // until the parent is gone
		_ = app.Shutdown()
	}()
	return app.Listener(l)
}

func (config floorConfig) handler() (fiber.Handler, error) {
	switch config.Kind {
	case staticFloor:
		return config.static(), nil
	case naiveFloor:
		return newNaive(config)
	default:
		return nil, fmt.Errorf("no floor is called %q", config.Kind)
	}
}

// newFloor is a Fiber server with the settings of web.New.
func newFloor(answer fiber.Handler) *fiber.App {
	app := fiber.New(fiber.Config{
		DisableStartupMessage: true, Immutable: true, BodyLimit: 64 << 10, ReadBufferSize: 16 << 10,
		ReadTimeout: 10 * time.Second, WriteTimeout: 20 * time.Second, IdleTimeout: 75 * time.Second,
		EnableTrustedProxyCheck: true, DisableDefaultContentType: true,
	})
	app.Use(answer)
	return app
}

// static answers everything from memory, without copying.
func (config floorConfig) static() fiber.Handler {
	body := []byte(strings.Repeat("c", config.Size))
	return func(c *fiber.Ctx) error {
		h := &c.Response().Header
		for _, header := range config.Headers {
			h.Set(header[0], header[1])
		}
		c.Response().SetBodyRaw(body)
		return nil
	}
}

// headersOf an answer, without those that the server writes itself.
func headersOf(a answer) [][2]string {
	var out [][2]string
	for line := range strings.SplitSeq(string(a.header), "\r\n") {
		name, value, ok := strings.Cut(line, ": ")
		if ok && name != "Content-Length" && name != "Date" && name != "Server" {
			out = append(out, [2]string{name, value})
		}
	}
	return out
}
