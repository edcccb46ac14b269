package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "github.com/go-sql-driver/mysql" // its driver

	"caveau/cmd/app"
	"caveau/store/local"
)

// shop is the real binary on private servers with the demonstration catalogue.
type shop struct {
	dir      string
	services *local.Services
	primary  *sql.DB
	replicas []*sql.DB
	port     int // of the shops
	admin    int // of the metrics
	key      string
	serving  *child // nil while it is stopped
	output   bytes.Buffer
}

// openShop builds, starts the servers, migrates and imports. It does not serve yet.
func openShop(ctx context.Context, say func(format string, args ...any)) (*shop, error) {
	dir, err := os.MkdirTemp("", "caveau-bench-")
	if err != nil {
		return nil, fmt.Errorf("make a directory: %w", err)
	}
	s := &shop{dir: dir}
	if err := s.open(ctx, say); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *shop) open(ctx context.Context, say func(string, ...any)) (err error) {
	say("building the server")
	if err := s.build(ctx); err != nil {
		return err
	}
	say("starting MariaDB (one primary, 2 replicas) and Redis")
	// Not ctx: a Ctrl-C lets this process stop its children in order.
	if s.services, err = local.Start(context.WithoutCancel(ctx), local.Options{Dir: filepath.Join(s.dir, "services"), Replicas: 2, Redis: true}); err != nil {
		return fmt.Errorf("start the services: %w", err)
	}
	if err := s.connect(); err != nil {
		return err
	}
	say("importing the demonstration catalogue")
	if _, err := app.Migrate(ctx, s.services.PrimaryDSN()); err != nil {
		return err
	}
	if err := app.ImportDemo(ctx, s.services.PrimaryDSN(), io.Discard); err != nil {
		return err
	}
	if err := s.services.Sync(ctx); err != nil {
		return fmt.Errorf("wait for the replicas: %w", err)
	}
	return s.address()
}

// build makes the binary as the Makefile does.
func (s *shop) build(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", s.binary(), "caveau/cmd/caveau")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build the server: %w\n%s", err, out)
	}
	return nil
}

func (s *shop) binary() string { return filepath.Join(s.dir, "caveau") }

func (s *shop) connect() (err error) {
	if s.primary, err = sql.Open("mysql", s.services.PrimaryDSN()); err != nil {
		return fmt.Errorf("open the primary: %w", err)
	}
	for _, dsn := range s.services.ReplicaDSNs() {
		db, err := sql.Open("mysql", dsn)
		if err != nil {
			return fmt.Errorf("open a replica: %w", err)
		}
		s.replicas = append(s.replicas, db)
	}
	return nil
}

// address picks the ports and the key that carts are signed with.
func (s *shop) address() (err error) {
	if s.port, err = freePort(); err != nil {
		return err
	}
	if s.admin, err = freePort(); err != nil {
		return err
	}
	var key [32]byte
	_, err = rand.Read(key[:])
	s.key = base64.StdEncoding.EncodeToString(key[:])
	return err
}

// freePort is one that nobody listens on, below the ephemeral ports, where a connection of the load
// could take it between two starts of the server.
func freePort() (int, error) {
	const first, last = 12_000, 19_999
	for range 100 {
		var b [2]byte
		if _, err := rand.Read(b[:]); err != nil {
			return 0, err
		}
		port := first + (int(b[0])<<8|int(b[1]))%(last-first)
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			continue
		}
		return port, l.Close()
	}
	return 0, errors.New("no free port found")
}

// base of the shops' addresses, as the server is told.
func (s *shop) base() string { return "http://{market}.localhost:" + strconv.Itoa(s.port) }

// environment of the binary; dsn is the primary's.
func (s *shop) environment(dsn string) []string {
	return append(os.Environ(),
		"CAVEAU_ADDR=127.0.0.1:"+strconv.Itoa(s.port),
		"CAVEAU_ADMIN_ADDR=127.0.0.1:"+strconv.Itoa(s.admin),
		"CAVEAU_BASE="+s.base(),
		"CAVEAU_PRIMARY_DSN="+dsn,
		"CAVEAU_REPLICA_DSNS="+strings.Join(s.services.ReplicaDSNs(), ","),
		"CAVEAU_REDIS_ADDR="+s.services.RedisAddr(),
		"CAVEAU_KEYS="+s.key,
	)
}

// readyLimit is the patience for a start.
const readyLimit = time.Minute

// serve starts the server and returns how long it took until /readyz said 200.
func (s *shop) serve(ctx context.Context) (time.Duration, error) {
	cmd := exec.Command(s.binary(), "serve")
	cmd.Dir, cmd.Env = s.dir, s.environment(s.services.PrimaryDSN())
	s.output.Reset()
	cmd.Stdout, cmd.Stderr = &s.output, &s.output
	began := time.Now()
	var err error
	if s.serving, err = start(cmd); err != nil {
		return 0, err
	}
	request := []byte("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n")
	for time.Since(began) < readyLimit {
		if err := errors.Join(ctx.Err(), s.serving.ended()); err != nil {
			return 0, s.explain(err)
		}
		if got, err := once(s.port, request); err == nil && got.status == 200 {
			return time.Since(began), nil
		}
		time.Sleep(5 * time.Millisecond)
	}
	return 0, errors.Join(fmt.Errorf("the server was not ready within %s", readyLimit), s.rest())
}

// explain adds what the server wrote to an error. The server must have ended.
func (s *shop) explain(err error) error {
	if s.serving.ended() == nil {
		return err
	}
	return fmt.Errorf("%w\n%s", err, s.output.String())
}

// rest stops the server; the databases go on.
func (s *shop) rest() error {
	if s.serving == nil {
		return nil
	}
	err := s.serving.stop()
	s.serving = nil
	return err
}

// once asks one question on a connection of its own.
func once(port int, request []byte) (answer, error) {
	c, err := dial(port, time.Now().Add(dialLimit))
	if err != nil {
		return answer{}, err
	}
	defer c.Close() //nolint:errcheck // it only read
	return c.do(request)
}

// close stops everything and removes it.
func (s *shop) close() error {
	errs := []error{s.rest()}
	for _, db := range append(s.replicas, s.primary) {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.services != nil {
		errs = append(errs, s.services.Stop())
	}
	return errors.Join(append(errs, os.RemoveAll(s.dir))...)
}
