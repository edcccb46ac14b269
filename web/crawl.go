package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/klauspost/compress/gzip"

	"caveau/store/crawl"
)

// Files are the sitemaps and feeds. File asks nobody: a name that is none costs nothing.
type Files interface {
	File(name crawl.Name) (crawl.File, bool)
	Part(ctx context.Context, id uint64, number int) ([]byte, error)
}

// sitemapPath is named by robots.txt.
const sitemapPath = "/sitemap.xml"

// zipped is what the path of a file ends with when it is wanted as it is kept.
const zipped = ".gz"

// The bounds of files on their way: crawlers are few, and each holds one part in memory.
const (
	mostStreams  = 16
	partDeadline = 5 * time.Second
)

// crawled answers for sitemaps and feeds: nil for other paths. They belong to the host, not to one of its languages.
func (s *Server) crawled(v *visit) fiber.Handler {
	if s.Files == nil || v.edition.Prefix != "" || strings.TrimSuffix(v.path, zipped) != sitemapPath && !strings.HasPrefix(v.path, "/sitemaps/") && !strings.HasPrefix(v.path, "/feeds/") {
		return nil
	}
	return func(*fiber.Ctx) error { return s.file(v) }
}

func (s *Server) file(v *visit) error {
	path, asKept := strings.CutSuffix(v.path, zipped)
	f, ok := s.Files.File(crawl.Name{Market: v.edition.Market.Code, Path: path})
	switch {
	case !ok && path == sitemapPath:
		return errNotReady // it is made soon after the first start
	case !ok:
		return errNotFound
	}
	zip := !asKept && accepted(v.Get(fiber.HeaderAcceptEncoding), "gzip")
	tag := f.Tag
	if zip || asKept {
		tag = strings.TrimSuffix(tag, `"`) + `-g"`
	}
	v.Set(fiber.HeaderCacheControl, "public, max-age=300, s-maxage=900, stale-while-revalidate=3600, stale-if-error=86400")
	v.Set(fiber.HeaderETag, tag)
	v.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	v.Set(fiber.HeaderLastModified, f.Made.UTC().Format(http.TimeFormat))
	if unchanged(v.Ctx, tag, f.Made) {
		v.Status(fiber.StatusNotModified)
		return nil
	}
	v.Set(fiber.HeaderContentType, typeOf(v.path))
	if zip {
		v.Set(fiber.HeaderContentEncoding, "gzip")
	}
	if v.Method() == fiber.MethodHead {
		return nil
	}
	return s.stream(v, f, zip || asKept)
}

// unchanged says that the crawler has the file: by its tag, or where it names none by the time.
func unchanged(c *fiber.Ctx, tag string, made time.Time) bool {
	if known := c.Get(fiber.HeaderIfNoneMatch); known != "" {
		return matches(known, tag)
	}
	since, err := http.ParseTime(c.Get(fiber.HeaderIfModifiedSince))
	return err == nil && !made.Truncate(time.Second).After(since)
}

func typeOf(path string) string {
	switch {
	case strings.HasSuffix(path, zipped):
		return "application/gzip"
	case strings.HasSuffix(path, ".xml"):
		return "application/xml; charset=utf-8"
	case strings.HasSuffix(path, ".tsv"):
		return "text/tab-separated-values; charset=utf-8"
	default:
		return "text/csv; charset=utf-8"
	}
}

// stream passes the parts on, one after the other.
func (s *Server) stream(v *visit, f crawl.File, zip bool) error {
	select {
	case s.streams <- struct{}{}:
	default:
		return errAway
	}
	parts := &partReader{files: s.Files, file: f, done: func() { <-s.streams }}
	if zip {
		v.Response().SetBodyStream(parts, int(f.Size))
		return nil
	}
	plain, err := gzip.NewReader(parts)
	if err != nil {
		parts.Close() //nolint:errcheck // never fails
		return fmt.Errorf("unpack %s: %w", f.Path, err)
	}
	v.Response().SetBodyStream(struct {
		io.Reader
		io.Closer
	}{plain, parts}, int(f.Plain))
	return nil
}

// partReader reads a file part by part, each when the one before is out.
type partReader struct {
	files Files
	file  crawl.File
	next  int
	part  bytes.Reader
	done  func()
}

func (r *partReader) Read(p []byte) (int, error) {
	for r.part.Len() == 0 {
		if r.next == r.file.Parts {
			return 0, io.EOF
		}
		ctx, cancel := context.WithTimeout(context.Background(), partDeadline)
		body, err := r.files.Part(ctx, r.file.ID, r.next)
		cancel()
		if err != nil {
			return 0, err
		}
		r.next++
		r.part.Reset(body)
	}
	return r.part.Read(p)
}

// Close is called when the answer is out, or the crawler gone.
func (r *partReader) Close() error {
	if r.done != nil {
		r.done()
		r.done = nil
	}
	return nil
}
