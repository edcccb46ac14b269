package audit

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/gzip"
	"github.com/valyala/fasthttp"

	"caveau/store/market"
	"caveau/store/route"
)

// Options of a walk.
type Options struct {
	Every       int                     // looks at one page of so many, the same ones at each walk, and at all that are one of a kind; 0 and 1 are all
	Workers     int                     // 0: as many as processors
	Unpublished bool                    // there are no sitemaps and feeds to compare with
	Progress    func(done, total int64) // may be nil
}

// few is how many pages of a kind are looked at even where only some are.
const few = 12

// Walk looks at the pages. A fault is no error: errors are those of the context.
func (s Site) Walk(ctx context.Context, o Options) (*Result, error) {
	start := time.Now()
	nodes := chosen(s.Routes.Nodes(), max(o.Every, 1))
	w := &walk{site: s, places: newPlaces(s), result: newResult(), odd: map[string]string{}}
	for range s.Editions {
		w.titles, w.descriptions = append(w.titles, map[uint64]string{}), append(w.descriptions, map[uint64]string{})
	}
	if !o.Unpublished {
		w.readPublished()
	}
	jobs := make(chan *route.Node)
	var workers sync.WaitGroup
	var done atomic.Int64
	count := o.Workers
	if count == 0 {
		count = runtime.GOMAXPROCS(0)
	}
	for range count {
		workers.Go(func() {
			v := newVisitor(w)
			for node := range jobs {
				v.node(node)
				if n := done.Add(1); o.Progress != nil && n%16 == 0 {
					o.Progress(n, int64(len(nodes)))
				}
			}
		})
	}
	for _, node := range nodes {
		if ctx.Err() != nil {
			break
		}
		jobs <- node
	}
	close(jobs)
	workers.Wait()
	if ctx.Err() != nil {
		return nil, fmt.Errorf("walk the shops: %w", ctx.Err())
	}
	if o.Every <= 1 {
		w.unseen()
	}
	w.result.Took = time.Since(start)
	w.result.sort()
	return w.result, nil
}

// chosen are the nodes to look at: one of every so many, and the first few of each kind.
func chosen(nodes []*route.Node, every int) []*route.Node {
	var out []*route.Node
	seen := map[route.Kind]int{}
	for i, n := range nodes {
		if n.Gone || n.Page.Kind.PerAnswer() {
			continue
		}
		if seen[n.Page.Kind]++; seen[n.Page.Kind] <= few || i%every == 0 {
			out = append(out, n)
		}
	}
	return out
}

// walk is what the workers share.
type walk struct {
	site   Site
	places *places
	published

	mu           sync.Mutex
	result       *Result
	titles       []map[uint64]string // by edition: hash → path
	descriptions []map[uint64]string
	odd          map[string]string // what leads to no page of the table: fault, or ""
}

// visitor is one worker.
type visitor struct {
	*walk
	request fasthttp.RequestCtx
	unzip   *gzip.Reader
	body    bytes.Buffer
	facts   facts
	tally   *Result
}

func newVisitor(w *walk) *visitor { return &visitor{walk: w, unzip: new(gzip.Reader)} }

// maxPages of a list: more is a list that never ends.
const maxPages = 2000

// node looks at a page in all editions, and at all pages of its list.
func (v *visitor) node(node *route.Node) {
	v.tally = newResult()
	for number, more := 1, true; more && number <= maxPages; number++ {
		more = false
		var sets []uint64
		for _, e := range v.site.Editions {
			address := v.site.address(e, node, number)
			if address == "" {
				continue
			}
			l := look{visitor: v, edition: e, node: node, number: number, address: address}
			if l.at() {
				more = more || v.facts.next
				sets = append(sets, l.set)
			}
		}
		v.tally.note(Reciprocal, v.site.address(v.site.Editions[0], node, number), disagreement(sets))
	}
	v.mu.Lock()
	v.result.add(v.tally)
	v.mu.Unlock()
}

// disagreement says that the pages do not all name the same alternates.
func disagreement(sets []uint64) string {
	for _, s := range sets {
		if s != sets[0] {
			return "its editions name different alternates"
		}
	}
	return ""
}

// get asks the handler; the body is read into v.body.
func (v *visitor) get(e *market.Edition, path string) (status int, err error) {
	c := &v.request
	c.Request.Reset()
	c.Response.Reset()
	c.Request.SetRequestURI(path)
	c.Request.Header.SetHost(v.site.host(e))
	c.Request.Header.Set(fasthttp.HeaderAcceptEncoding, "gzip")
	v.site.Handler(c)
	v.body.Reset()
	if string(c.Response.Header.Peek(fasthttp.HeaderContentEncoding)) != "gzip" {
		v.body.Write(c.Response.Body())
		return c.Response.StatusCode(), nil
	}
	if err := v.unzip.Reset(bytes.NewReader(c.Response.Body())); err != nil {
		return c.Response.StatusCode(), fmt.Errorf("unpack %s: %w", path, err)
	}
	if _, err := io.Copy(&v.body, v.unzip); err != nil {
		return c.Response.StatusCode(), fmt.Errorf("unpack %s: %w", path, err)
	}
	return c.Response.StatusCode(), nil
}

func hash(s string) uint64 { return xxhash.Sum64String(s) }

func itoa(n int) string { return strconv.Itoa(n) }
