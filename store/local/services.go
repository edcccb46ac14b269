package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Options say what to start. Only Dir must be set.
type Options struct {
	// Dir is where everything lives: data, sockets, logs. It is made if missing and belongs to one process at a time.
	Dir string
	// Replicas is how many MariaDB replicas follow the primary, 0 or more. More than last time are copied from the primary; those
	// that are not asked for any more keep their files and catch up when they are.
	Replicas int
	// Redis asks for a Redis server too.
	Redis bool
	// BasePort is the primary's port; Redis listens on the next one and the replicas on those after it.
	// 0 picks free ports below 32768, safely among processes that do so at the same time.
	BasePort int
	// Progress is told each step in a line for a person; it may be nil. It is called from one goroutine at a time.
	Progress func(step string)
	// Log gets what an operator may want to know, such as a server that ended by itself; nil is silent.
	Log *slog.Logger
}

// Services are the running servers. Its methods may be called from several goroutines.
type Services struct {
	options Options
	lock    *os.File
	ports   ports
	short   string // directory of sockets whose path would be too long, or ""

	primary  *Server
	replicas []*Server
	redis    *Server

	end      context.CancelFunc // ends the life that the servers share
	stopOnce sync.Once
	stopErr  error
}

// Start starts the servers and returns when all of them answer and the replicas have caught up. They run until Stop, until ctx
// ends, or until this process does, in whatever way (on Linux).
// A failure that a person can mend is a *Fault; nothing is left running then.
func Start(ctx context.Context, o Options) (*Services, error) {
	return start(ctx, o, systemFolders())
}

func start(ctx context.Context, o Options, folders []string) (*Services, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	found, err := findPrograms(ctx, folders, o.Redis)
	if err != nil {
		return nil, err
	}
	lock, err := lockDir(o.Dir)
	if err != nil {
		return nil, err
	}
	life, end := context.WithCancel(context.WithoutCancel(ctx))
	s := &Services{options: o, lock: lock, ports: ports{dir: portDir()}, end: end}
	if err := s.run(ctx, life, found); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	context.AfterFunc(ctx, func() { _ = s.Stop() })
	return s, nil
}

// complete checks the options and fills in what was left out.
func (o Options) complete() (Options, error) {
	if o.Dir == "" {
		return o, errors.New("start services: no directory given")
	}
	if o.Replicas < 0 {
		return o, fmt.Errorf("start services: %d replicas", o.Replicas)
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return o, fmt.Errorf("start services: %w", err)
	}
	o.Dir = dir
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o, nil
}

// run lays everything out and starts it.
func (s *Services) run(ctx, life context.Context, p programs) error {
	began := time.Now()
	if err := s.lay(life, p); err != nil {
		return err
	}
	if err := s.fill(ctx, p); err != nil {
		return err
	}
	if err := s.launch(ctx, p); err != nil {
		return err
	}
	s.options.Progress(fmt.Sprintf("ready after %.1f s", time.Since(began).Seconds()))
	return nil
}

// lay names the servers and gives each its folder and port.
func (s *Services) lay(life context.Context, p programs) error {
	list, err := s.ports.reserve(s.options.BasePort, 2+s.options.Replicas)
	if err != nil {
		return err
	}
	s.primary = s.server(life, "primary", list[0])
	for i := range s.options.Replicas {
		replica := s.server(life, fmt.Sprintf("replica-%d", i+1), list[2+i])
		replica.link = &primary{port: s.primary.port}
		replica.prepare, replica.joined = replica.forget, replica.follow
		s.replicas = append(s.replicas, replica)
	}
	if s.options.Redis {
		s.redis = s.server(life, "redis", list[1])
		setUpRedis(s.redis, p.redis)
	}
	return nil
}

func (s *Services) server(life context.Context, name string, port int) *Server {
	return &Server{name: name, dir: filepath.Join(s.options.Dir, name), port: port, log: s.options.Log, life: life}
}

// fill makes the folders and the data directories that are missing.
func (s *Services) fill(ctx context.Context, p programs) error {
	for _, server := range s.all() {
		if err := os.MkdirAll(filepath.Join(server.dir, "tmp"), 0o700); err != nil {
			return unwritable(server.dir, err)
		}
		if err := server.rotateLog(); err != nil {
			return unwritable(server.dir, err)
		}
	}
	for _, server := range s.databases() {
		if err := checkData(server, p.version); err != nil {
			return err
		}
	}
	if fresh(s.primary) {
		s.options.Progress("creating the database files (MariaDB " + p.version + ")")
	}
	if err := install(ctx, p, s.primary.dir); err != nil {
		return err
	}
	return s.copyReplicas()
}

func (s *Services) copyReplicas() error {
	for _, replica := range s.replicas {
		if !fresh(replica) {
			continue
		}
		s.options.Progress("copying them to " + replica.name)
		if err := copyData(s.primary.dir, replica.dir); err != nil {
			return fmt.Errorf("make the files of %s: %w", replica.name, err)
		}
	}
	return nil
}

func fresh(s *Server) bool {
	_, err := os.Stat(filepath.Join(s.dir, "data"))
	return errors.Is(err, os.ErrNotExist)
}

// launch starts all servers at once and waits for all.
func (s *Services) launch(ctx context.Context, p programs) error {
	if err := s.configure(p); err != nil {
		return err
	}
	s.options.Progress("starting " + names(s.all()))
	group, both := errgroup.WithContext(ctx)
	for _, server := range s.all() {
		group.Go(func() error { return server.start(both) })
	}
	if err := group.Wait(); err != nil || len(s.replicas) == 0 {
		return err
	}
	s.options.Progress("connecting the replicas")
	return s.connect(ctx)
}

// connect returns when a transaction has made its way from the primary to every replica.
func (s *Services) connect(ctx context.Context) error {
	for _, replica := range s.replicas {
		if err := replica.awaitLink(ctx); err != nil {
			return err
		}
	}
	// It changes nothing and is logged all the same.
	if err := s.primary.Exec(ctx, "DROP TABLE IF EXISTS "+DatabaseName+".round_trip"); err != nil {
		return err
	}
	position, err := s.primary.position(ctx)
	if err != nil {
		return err
	}
	for _, replica := range s.replicas {
		if err := replica.awaitTransaction(ctx, position); err != nil {
			return err
		}
	}
	return nil
}

func (s *Services) configure(p programs) error {
	for i, server := range s.databases() {
		socket, err := s.socket(server)
		if err != nil {
			return err
		}
		sql, err := initFile(server.dir)
		if err != nil {
			return err
		}
		m := mariadb{programs: p, socket: socket, serverID: 1 + i, replica: i > 0, semiSync: len(s.replicas) > 0, initFile: sql}
		if err := setUpMariaDB(server, m); err != nil {
			return err
		}
	}
	return nil
}

// socket names the server's socket, in a short directory of its own where Dir is too deep for one.
func (s *Services) socket(server *Server) (string, error) {
	path := socketIn(server.dir, "", server.name)
	if filepath.IsAbs(path) {
		return path, nil
	}
	if s.short == "" {
		short, err := os.MkdirTemp("", "caveau-")
		if err != nil {
			return "", unwritable(os.TempDir(), err)
		}
		s.short = short
	}
	return socketIn(server.dir, s.short, server.name), nil
}

// PrimaryDSN is the go-sql-driver DSN of the application's database on the primary, with time limits.
func (s *Services) PrimaryDSN() string { return dsn(s.primary.Addr(), true) }

// ReplicaDSNs are the same on each replica.
func (s *Services) ReplicaDSNs() []string {
	list := make([]string, len(s.replicas))
	for i, replica := range s.replicas {
		list[i] = dsn(replica.Addr(), false)
	}
	return list
}

// RedisAddr is host:port of Redis, or "" without one.
func (s *Services) RedisAddr() string {
	if s.redis == nil {
		return ""
	}
	return s.redis.Addr()
}

// Primary is the MariaDB server that takes writes.
func (s *Services) Primary() *Server { return s.primary }

// Replica is the i-th replica, from 0 (its name is replica-1); it panics beyond the last like a slice.
func (s *Services) Replica(i int) *Server { return s.replicas[i] }

// Redis is the Redis server, or nil without one.
func (s *Services) Redis() *Server { return s.redis }

// Sync returns when every replica has applied what the primary has committed so far.
// It waits as long as ctx lets it, so also for a replica that is down or delayed.
func (s *Services) Sync(ctx context.Context) error {
	position, err := s.primary.position(ctx)
	if err != nil {
		return err
	}
	for _, replica := range s.replicas {
		if err := replica.awaitPosition(ctx, position); err != nil {
			return err
		}
	}
	return nil
}

// Stop ends all servers cleanly and gives Dir and the ports back. It may be called again and returns the same then.
func (s *Services) Stop() error {
	s.stopOnce.Do(func() { s.stopErr = s.stop() })
	return s.stopErr
}

func (s *Services) stop() error {
	s.end()
	var group errgroup.Group
	for _, server := range s.all() {
		group.Go(server.end)
	}
	err := group.Wait()
	if s.short != "" {
		err = errors.Join(err, os.RemoveAll(s.short))
	}
	return errors.Join(err, s.ports.release(), s.lock.Close())
}

// databases are the MariaDB servers, the primary first.
func (s *Services) databases() []*Server {
	if s.primary == nil {
		return nil
	}
	return append([]*Server{s.primary}, s.replicas...)
}

func (s *Services) all() []*Server {
	list := s.databases()
	if s.redis != nil {
		list = append(list, s.redis)
	}
	return list
}

func names(servers []*Server) string {
	list := make([]string, len(servers))
	for i, server := range servers {
		list[i] = server.name
	}
	return strings.Join(list, ", ")
}
