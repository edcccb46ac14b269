package shop

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "github.com/go-sql-driver/mysql" // the servers' driver
)

// Shop is a running "caveau demo".
type Shop struct {
	*Process
	Port    int
	Env     map[string]string // what .local/env says
	Primary *sql.DB           // where stock is changed
	Took    time.Duration     // from the start of the process to /readyz
	client  *http.Client
}

// readyLimit is how long a first start may take: install, migrate, import, load. On a busy machine that is much.
const readyLimit = 3 * time.Minute

// Start starts the shop in dir, which keeps its databases for the next start, and returns when it is ready.
func Start(ctx context.Context, binary, dir string) (*Shop, error) {
	port, err := FreePort()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the shop's folder: %w", err)
	}
	cmd := exec.Command(binary, "demo", "--dir", dir)
	cmd.Env = append(withoutOurs(os.Environ()), "PORT="+strconv.Itoa(port))
	began := time.Now()
	process, err := Run(cmd, filepath.Join(dir, "caveau.log"))
	if err != nil {
		return nil, err
	}
	s := &Shop{Process: process, Port: port, client: NewClient()}
	ctx, cancel := context.WithTimeout(ctx, readyLimit)
	defer cancel()
	if err := s.open(ctx, dir); err != nil {
		return nil, errors.Join(fmt.Errorf("open the shop: %w\n%s", err, s.Log()), s.Process.Stop())
	}
	s.Took = time.Since(began)
	return s, nil
}

// withoutOurs leaves out what would make it another shop.
func withoutOurs(env []string) []string {
	var kept []string
	for _, pair := range env {
		name, _, _ := strings.Cut(pair, "=")
		if name != "CATALOG" && name != "MAP" && name != "BACKOFFICE" && !strings.HasPrefix(name, "CAVEAU_") {
			kept = append(kept, pair)
		}
	}
	return kept
}

func (s *Shop) open(ctx context.Context, dir string) error {
	if err := s.WaitReady(ctx); err != nil {
		return err
	}
	env, err := readEnv(filepath.Join(dir, "env"))
	if err != nil {
		return err
	}
	s.Env = env
	s.Primary, err = sql.Open("mysql", env["CAVEAU_PRIMARY_DSN"])
	return err
}

// WaitReady asks /readyz until it answers 200, the process ends, or ctx does.
func (s *Shop) WaitReady(ctx context.Context) error {
	return WaitReady(ctx, s.client, fmt.Sprintf("http://localhost:%d", s.Port), s.Done())
}

// WaitReady asks base's /readyz until it answers 200, ended is closed, or ctx ends.
func WaitReady(ctx context.Context, client *http.Client, base string, ended <-chan struct{}) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if status(ctx, client, base+"/readyz") == http.StatusOK {
			return nil
		}
		select {
		case <-ended:
			return errors.New("it has ended")
		case <-ctx.Done():
			return fmt.Errorf("wait for /readyz: %w", ctx.Err())
		case <-tick.C:
		}
	}
}

// status of a GET; 0 when there is no answer.
func status(ctx context.Context, client *http.Client, url string) int {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return 0
	}
	res, err := client.Do(req)
	if err != nil {
		return 0
	}
	_ = res.Body.Close()
	return res.StatusCode
}

// readEnv reads the lines KEY='value' that the shop leaves for scripts.
func readEnv(path string) (map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read what the shop says of itself: %w", err)
	}
	env := map[string]string{}
	for line := range strings.Lines(string(text)) {
		name, value, found := strings.Cut(strings.TrimSpace(line), "=")
		if !found || len(value) < 2 || value[0] != '\'' || value[len(value)-1] != '\'' {
			return nil, fmt.Errorf("%s: %q is not KEY='value'", path, line)
		}
		env[name] = strings.ReplaceAll(value[1:len(value)-1], `'\''`, "'")
	}
	return env, nil
}

// URL of a path in a market's shop.
func (s *Shop) URL(market, path string) string {
	return fmt.Sprintf("http://%s.localhost:%d%s", market, s.Port, path)
}

// Client finds the shops; see NewClient.
func (s *Shop) Client() *http.Client { return s.client }

// Stop ends the shop as Ctrl-C does.
func (s *Shop) Stop() error {
	s.client.CloseIdleConnections()
	return errors.Join(s.Primary.Close(), s.Process.Stop())
}
