package mysql_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"caveau/store/crawl"
	"caveau/store/mysql"
)

// put a file of some parts on the shelf.
func put(t *testing.T, c *mysql.Crawl, name crawl.Name, tag string, parts ...[]byte) {
	t.Helper()
	d, err := c.Begin(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	f := crawl.File{Name: name, Tag: tag, Parts: len(parts), Made: time.Now().UTC()}
	for _, p := range parts {
		if err := d.Add(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		f.Size += int64(len(p))
	}
	if err := d.Finish(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func TestCrawlFiles(t *testing.T) {
	s := newShop(t)
	c, files := mysql.NewCrawl(s.primary), mysql.NewCrawlFiles(s.replicas)
	index, maps := crawl.Name{Market: "fr", Path: "/sitemap.xml"}, crawl.Name{Market: "fr", Path: "/sitemaps/a.xml"}
	put(t, c, index, `"1"`, []byte("one"))
	put(t, c, maps, `"2"`, bytes.Repeat([]byte{7}, 600<<10), []byte("two"))
	if _, err := c.Begin(t.Context(), crawl.Name{Market: "fr", Path: "/draft"}); err != nil {
		t.Fatal(err)
	}
	if _, ok := files.File(index); ok {
		t.Error("a file is known before anybody looked")
	}
	s.Sync(t)
	first := waitFor(t, files, index, `"1"`)
	f := waitFor(t, files, maps, `"2"`)
	if _, ok := files.File(crawl.Name{Market: "fr", Path: "/draft"}); ok {
		t.Error("a draft is seen")
	}
	if part, err := files.Part(t.Context(), f.ID, 1); err != nil || string(part) != "two" || f.Parts != 2 || f.Size != 600<<10+3 {
		t.Errorf("%+v: %q, %v", f, part, err)
	}
	put(t, c, index, `"1"`, []byte("one")) // says the same: nothing changes
	put(t, c, maps, `"3"`, []byte("three"))
	waitFor(t, files, maps, `"3"`)
	if again := waitFor(t, files, index, `"1"`); again != first {
		t.Errorf("%+v is now %+v", first, again)
	}
	if part, err := files.Part(t.Context(), f.ID, 1); err != nil || string(part) != "two" {
		t.Errorf("who reads the old file loses it: %v", err)
	}
	if err := c.Sweep(t.Context(), "fr", []string{maps.Path}); err != nil {
		t.Fatal(err)
	}
	within(t, 30*time.Second, "the replicas list it", func() bool {
		if err := files.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, still := files.File(index)
		return !still
	})
	s.exec(t, `UPDATE crawl_file SET at = NOW(6) - INTERVAL 2 HOUR`)
	if err := c.Sweep(t.Context(), "fr", []string{maps.Path}); err != nil {
		t.Fatal(err)
	}
	var left, parts int
	if err := s.Primary.QueryRowContext(t.Context(), `SELECT (SELECT COUNT(*) FROM crawl_file), (SELECT COUNT(*) FROM crawl_part)`).Scan(&left, &parts); err != nil {
		t.Fatal(err)
	}
	if left != 1 || parts != 1 {
		t.Errorf("%d files and %d parts are left of one", left, parts)
	}
}

func TestCrawlRemembersPages(t *testing.T) {
	s := newShop(t)
	c, e, at := mysql.NewCrawl(s.primary), s.markets.Editions[2], time.Date(2026, 11, 28, 1, 2, 3, 0, time.UTC)
	want := map[uint32]crawl.Seen{1: {Hash: 1<<63 + 5, Changed: at}, 2: {Changed: at}}
	if err := c.Remember(t.Context(), e, want); err != nil {
		t.Fatal(err)
	}
	if err := c.Remember(t.Context(), e, map[uint32]crawl.Seen{2: {Hash: 7, Changed: at.Add(time.Hour)}}); err != nil {
		t.Fatal(err)
	}
	want[2] = crawl.Seen{Hash: 7, Changed: at.Add(time.Hour)}
	got, err := c.Recall(t.Context(), e)
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	for id, w := range want {
		if g := got[id]; g.Hash != w.Hash || !g.Changed.Equal(w.Changed) {
			t.Errorf("page %d: %+v, want %+v", id, g, w)
		}
	}
	if other, err := c.Recall(t.Context(), s.markets.Editions[1]); err != nil || len(other) != 0 {
		t.Errorf("another edition remembers %v, %v", other, err)
	}
}

// waitFor a file with a tag to be on the replica.
func waitFor(t *testing.T, files *mysql.CrawlFiles, name crawl.Name, tag string) (f crawl.File) {
	t.Helper()
	within(t, 30*time.Second, "the replicas list it", func() bool {
		if err := files.Refresh(context.WithoutCancel(t.Context())); err != nil {
			t.Fatal(err)
		}
		f, _ = files.File(name)
		return f.Tag == tag
	})
	return f
}
