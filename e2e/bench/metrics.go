package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// counters are the server's metrics without labels, by name.
type counters map[string]float64

// metrics asks the server's admin address.
func (s *shop) metrics(ctx context.Context) (counters, error) {
	body, err := s.ask(ctx, "/metrics")
	if err != nil {
		return nil, err
	}
	defer body.Close() //nolint:errcheck // it was read
	out := counters{}
	lines := bufio.NewScanner(body)
	for lines.Scan() {
		name, value, ok := strings.Cut(lines.Text(), " ")
		if !ok || strings.HasPrefix(name, "#") || strings.Contains(name, "{") {
			continue
		}
		if number, err := strconv.ParseFloat(value, 64); err == nil {
			out[name] = number
		}
	}
	return out, lines.Err()
}

// ask sends a GET to the admin address; the caller closes what it returns.
func (s *shop) ask(ctx context.Context, path string) (io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1:"+strconv.Itoa(s.admin)+path, nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask the admin address: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		response.Body.Close() //nolint:errcheck // the status says enough
		return nil, fmt.Errorf("ask the admin address for %s: %s", path, response.Status)
	}
	return response.Body, nil
}

// save writes an answer of the admin address into a file.
func (s *shop) save(ctx context.Context, path, file string) error {
	body, err := s.ask(ctx, path)
	if err != nil {
		return err
	}
	defer body.Close() //nolint:errcheck // it was read
	out, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("keep a profile: %w", err)
	}
	defer out.Close() //nolint:errcheck // Sync says it
	if _, err := io.Copy(out, body); err != nil {
		return fmt.Errorf("keep a profile: %w", err)
	}
	return out.Sync()
}

// since is how much the counters have grown.
func (c counters) since(before counters) counters {
	out := counters{}
	for name, value := range c {
		out[name] = value - before[name]
	}
	return out
}

// hitRate of the page cache, 0 to 1.
func (c counters) hitRate() float64 {
	hits, misses := c["caveau_page_cache_hits_total"], c["caveau_page_cache_misses_total"]
	return hits / max(hits+misses, 1)
}

// warmLimit is how long the server gets to warm its cache.
const warmLimit = 120 * time.Second

// warm waits until the server has warmed its cache, or for as long as limit.
func (s *shop) warm(ctx context.Context, limit time.Duration) (counters, error) {
	last := counters{}
	for end := time.Now().Add(limit); ; {
		now, err := s.metrics(ctx)
		if err != nil {
			return nil, err
		}
		const pages = "caveau_page_cache_pages"
		if now[pages] > 0 && now[pages] == last[pages] || time.Now().After(end) {
			return now, nil
		}
		last = now
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(3 * time.Second):
		}
	}
}
