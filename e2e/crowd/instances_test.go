package crowd

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"caveau/e2e/shop"
	"caveau/store/storetest"
)

// key signs the carts of all instances.
var key = []byte("a key of thirty-two bytes or more")

// instance is one caveau serve, which dies and comes back on the same port.
type instance struct {
	binary, log string
	env         []string
	addr        string
	process     *shop.Process
	lives       int
}

// instances are what stands behind a balancer.
type instances struct {
	all    []*instance
	client *http.Client
	killed atomic.Int64
}

// open starts so many instances on a database with a catalogue.
func open(t *testing.T, n int, db *storetest.DB) *instances {
	t.Helper()
	dir := t.TempDir()
	binary, err := shop.Build(dir)
	if err != nil {
		t.Fatal(err)
	}
	command(t, binary, db, "migrate")
	command(t, binary, db, "import", "demo")
	db.Sync(t)
	group := &instances{client: &http.Client{
		Timeout:       8 * time.Second,
		Transport:     &http.Transport{MaxIdleConnsPerHost: buyers},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	for i := range n {
		port, err := shop.FreePort()
		if err != nil {
			t.Fatal(err)
		}
		one := &instance{binary: binary, log: filepath.Join(dir, fmt.Sprintf("instance-%d", i)), addr: fmt.Sprintf("127.0.0.1:%d", port)}
		one.env = append(environment(db), "CAVEAU_ADDR="+one.addr, fmt.Sprintf("CAVEAU_ADMIN_ADDR=127.0.0.1:%d", port+1))
		group.all = append(group.all, one)
		group.start(t, one)
		t.Cleanup(func() { _ = one.process.Signal(syscall.SIGKILL) })
	}
	return group
}

func environment(db *storetest.DB) []string {
	replicas := ""
	for i, dsn := range db.ReplicaDSNs {
		if i > 0 {
			replicas += ","
		}
		replicas += dsn
	}
	return append(os.Environ(), "CAVEAU_PRIMARY_DSN="+db.PrimaryDSN, "CAVEAU_REPLICA_DSNS="+replicas, "CAVEAU_REDIS_ADDR="+db.RedisAddr,
		"CAVEAU_KEYS="+base64.StdEncoding.EncodeToString(key), "CAVEAU_LENIENCY=1000") // all come from one network
}

func command(t *testing.T, binary string, db *storetest.DB, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), binary, args...)
	cmd.Env = environment(db)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("caveau %v: %v\n%s", args, err, out)
	}
}

// start an instance and wait until it is ready.
func (g *instances) start(t *testing.T, one *instance) {
	t.Helper()
	cmd := exec.Command(one.binary, "serve")
	cmd.Env = one.env
	one.lives++
	process, err := shop.Run(cmd, fmt.Sprintf("%s-%d.log", one.log, one.lives))
	if err != nil {
		t.Fatal(err)
	}
	one.process = process
	ready := func() bool {
		res, err := g.get(t.Context(), "http://"+one.addr+"/readyz")
		return err == nil && res == http.StatusOK
	}
	if !within(t.Context(), time.Minute, ready) && t.Context().Err() == nil {
		t.Errorf("an instance is not ready:\n%s", process.Log())
	}
}

func (g *instances) get(ctx context.Context, url string) (status int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return 0, err
	}
	res, err := g.client.Do(req)
	if err != nil {
		return 0, err
	}
	return res.StatusCode, res.Body.Close()
}

// kill an instance as a power cut would, and start it again.
func (g *instances) kill(t *testing.T, one *instance) {
	t.Helper()
	if err := one.process.Signal(syscall.SIGKILL); err != nil {
		t.Error(err)
	}
	<-one.process.Done()
	g.killed.Add(1)
	g.start(t, one)
}

// within says whether something comes true in time.
func within(ctx context.Context, limit time.Duration, holds func() bool) bool {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
	}
	return true
}
