package e2e

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"caveau/e2e/shop"
	"caveau/store/local"
)

// secondStart is what a start may take when everything has been made before.
const secondStart = 5 * time.Second

// However the shop ends, nothing is left running; and what it made serves the next start.
func TestNothingOutlivesTheShop(t *testing.T) {
	dir := folder(t)
	for _, end := range []struct {
		name   string
		signal syscall.Signal
		again  bool
	}{
		{"Ctrl-C", syscall.SIGINT, false}, {"kill -9", syscall.SIGKILL, true}, {"kill", syscall.SIGTERM, true},
	} {
		t.Run(end.name, func(t *testing.T) {
			if end.signal == syscall.SIGKILL && runtime.GOOS != "linux" {
				return // only Linux tells a child that its parent was killed; package local says so
			}
			s, err := shop.Start(t.Context(), theBinary(t), dir)
			if err != nil {
				t.Fatal(err)
			}
			if end.again && s.Took > secondStart {
				t.Errorf("the start took %s, and everything was there", s.Took)
			}
			t.Cleanup(func() { _ = s.Primary.Close() })
			children := servers(t, s.Env)
			if err := s.Signal(end.signal); err != nil {
				t.Fatal(err)
			}
			within(t, 20*time.Second, "the shop has ended", func() bool {
				select {
				case <-s.Done():
					return true
				default:
					return false
				}
			})
			if end.signal != syscall.SIGKILL && s.Status() != 0 {
				t.Errorf("exit status %d:\n%s", s.Status(), s.Log())
			}
			within(t, 20*time.Second, "its servers have ended", func() bool { return len(answering(children)) == 0 && len(running(t, dir)) == 0 })
		})
	}
}

var tcp = regexp.MustCompile(`tcp\(([^)]+)\)`)

// servers are the addresses of the shop's children.
func servers(t *testing.T, env map[string]string) []string {
	t.Helper()
	addrs := []string{env["CAVEAU_REDIS_ADDR"]}
	for _, m := range tcp.FindAllStringSubmatch(env["CAVEAU_PRIMARY_DSN"]+","+env["CAVEAU_REPLICA_DSNS"], -1) {
		addrs = append(addrs, m[1])
	}
	if len(addrs) != 4 || len(answering(addrs)) != 4 {
		t.Fatalf("of one Redis, a primary and two replicas, at %v, only %v answer", addrs, answering(addrs))
	}
	return addrs
}

func answering(addrs []string) (alive []string) {
	for _, addr := range addrs {
		conn, err := net.DialTimeout("tcp", addr, time.Second)
		if err == nil {
			_ = conn.Close()
			alive = append(alive, addr)
		}
	}
	return alive
}

// running are the processes that name a folder in their command line; known on Linux only.
func running(t *testing.T, dir string) (found []string) {
	t.Helper()
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		if _, err := strconv.Atoi(entry.Name()); err != nil {
			continue
		}
		line, err := os.ReadFile(filepath.Join("/proc", entry.Name(), "cmdline"))
		if err == nil && bytes.Contains(line, []byte(dir)) {
			found = append(found, entry.Name())
		}
	}
	return found
}

// within waits until something is so.
func within(t *testing.T, limit time.Duration, what string, is func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(limit); !is(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("not within %s: %s", limit, what)
		}
	}
}

// A server that starts while its database and its Redis are away listens, says what is missing, and opens when they are back.
func TestServerWaitsForDatabaseAndRedis(t *testing.T) {
	services := imported(t)
	kill(t, services)
	port := freePort(t)
	server := serve(t, services, port)
	base := fmt.Sprintf("http://localhost:%d", port)

	within(t, 30*time.Second, "it listens", func() bool { return ask(t, base+"/healthz").StatusCode == http.StatusOK })
	ready := ask(t, base+"/readyz")
	if ready.StatusCode != http.StatusServiceUnavailable || !strings.Contains(ready.body, "database:") || !strings.Contains(ready.body, "redis:") {
		t.Errorf("/readyz: %d %q", ready.StatusCode, ready.body)
	}
	shut := ask(t, fmt.Sprintf("http://de.localhost:%d/", port))
	if shut.StatusCode != http.StatusServiceUnavailable || shut.Header.Get("Retry-After") == "" || shut.document(t).Find("html").AttrOr("lang", "") != "de-DE" {
		t.Errorf("a page: %d, Retry-After %q, lang %q", shut.StatusCode, shut.Header.Get("Retry-After"), shut.document(t).Find("html").AttrOr("lang", ""))
	}

	for _, s := range []*local.Server{services.Primary(), services.Replica(0), services.Replica(1), services.Redis()} {
		if err := s.Restart(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := shop.WaitReady(ctx, shop.NewClient(), base, server.Done()); err != nil {
		t.Fatalf("it does not recover: %v; /readyz says %q\n%s", err, ask(t, base+"/readyz").body, server.Log())
	}
	if open := ask(t, fmt.Sprintf("http://de.localhost:%d/", port)); open.StatusCode != http.StatusOK {
		t.Errorf("ready, and a page answers %d", open.StatusCode)
	}
}

// imported are servers with the demonstration catalogue, filled by the binary's own commands.
func imported(t *testing.T) *local.Services {
	t.Helper()
	services, err := local.Start(context.WithoutCancel(t.Context()), local.Options{Dir: folder(t), Replicas: 2, Redis: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := services.Stop(); err != nil {
			t.Error(err)
		}
	})
	for _, args := range [][]string{{"migrate"}, {"import", "demo"}} {
		cmd := exec.Command(theBinary(t), args...)
		cmd.Env = append(os.Environ(), "CAVEAU_PRIMARY_DSN="+services.PrimaryDSN())
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("caveau %v: %v\n%s", args, err, out)
		}
	}
	if err := services.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	return services
}

// folder has a short name, as a socket's path must; those of t.TempDir hold the test's.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "caveau-e2e-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func kill(t *testing.T, services *local.Services) {
	t.Helper()
	for _, s := range []*local.Server{services.Redis(), services.Replica(0), services.Replica(1), services.Primary()} {
		if err := s.Kill(); err != nil {
			t.Fatal(err)
		}
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	port, err := shop.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// serve starts "caveau serve" as an operator does, by environment.
func serve(t *testing.T, services *local.Services, port int) *shop.Process {
	t.Helper()
	cmd := exec.Command(theBinary(t), "serve")
	cmd.Env = append(os.Environ(),
		fmt.Sprintf("CAVEAU_ADDR=127.0.0.1:%d", port), fmt.Sprintf("CAVEAU_ADMIN_ADDR=127.0.0.1:%d", port+1),
		fmt.Sprintf("CAVEAU_BASE=http://{market}.localhost:%d", port),
		"CAVEAU_PRIMARY_DSN="+services.PrimaryDSN(), "CAVEAU_REPLICA_DSNS="+strings.Join(services.ReplicaDSNs(), ","),
		"CAVEAU_REDIS_ADDR="+services.RedisAddr(), "CAVEAU_KEYS=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
	)
	server, err := shop.Run(cmd, filepath.Join(t.TempDir(), "serve.log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	return server
}

// ask asks a server other than the stories' own; no answer has status 0.
func ask(t *testing.T, url string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := shop.NewClient().Do(req)
	if err != nil {
		return answer{Response: &http.Response{Header: http.Header{}}}
	}
	return read(t, res)
}
