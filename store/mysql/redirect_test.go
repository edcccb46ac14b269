package mysql_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"caveau/store/mysql"
	"caveau/store/redirect"
)

func TestRedirects(t *testing.T) {
	s := newShop(t)
	r := mysql.NewRedirects(s.primary)
	var rules []redirect.Rule
	for i := range 1200 { // more than one statement takes
		rules = append(rules, redirect.Rule{Market: "fr", Old: fmt.Sprintf("/old/%d", i), New: "/vin/petrus", Status: 301})
	}
	if err := r.Import(t.Context(), rules, "test"); err != nil {
		t.Fatal(err)
	}
	if err := r.Import(t.Context(), []redirect.Rule{{Market: "fr", Old: "/old/7", Status: 410}, {Market: "fr", Old: "/OLD/7", New: "/x", Status: 308}}, "test"); err != nil {
		t.Fatal(err)
	}
	var book redirect.Book
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.replicas.FollowRedirects(ctx, 20*time.Millisecond, &book, func(err error) { t.Log(err) })
	}()
	defer func() { stop(); <-done }()
	found := func(path string) int {
		rule, _ := book.Find("fr", path, "", time.Now())
		return rule.Status
	}
	within(t, 30*time.Second, "the book has the rules", func() bool { return found("/old/7") == 410 && found("/OLD/7") == 308 && found("/old/1199") == 301 })
	s.exec(t, `UPDATE redirect SET new = '/y', status = 301 WHERE old = '/old/7'`) // by hand is seen too
	within(t, 30*time.Second, "the book has the change", func() bool { return found("/old/7") == 301 })
	s.exec(t, `DELETE FROM redirect WHERE old = '/old/8'`)
	within(t, 30*time.Second, "the book lost the rule", func() bool { return found("/old/8") == 0 })
}

func TestRedirectsAreCounted(t *testing.T) {
	s := newShop(t)
	r, at := mysql.NewRedirects(s.primary), time.Now().UTC().Truncate(time.Second)
	if err := r.Import(t.Context(), []redirect.Rule{{Market: "fr", Old: "/a", New: "/b", Status: 301}, {Market: "fr", Old: "/c", New: "/b", Status: 301}}, "test"); err != nil {
		t.Fatal(err)
	}
	count := func(path string, n int) redirect.Count {
		return redirect.Count{Key: redirect.Key{Market: "fr", Old: path}, Hits: n, Last: at}
	}
	for range 2 {
		if err := r.Count(t.Context(), []redirect.Count{count("/c", 3)}, []redirect.Count{count("/missing", 2)}); err != nil {
			t.Fatal(err)
		}
	}
	all, err := r.List(t.Context())
	if err != nil || len(all) != 2 || all[0].Old != "/c" || all[0].Hits != 6 || !all[0].Last.Equal(at) || all[1].Hits != 0 || !all[1].Last.IsZero() {
		t.Errorf("%+v, %v", all, err)
	}
	missing, err := r.Missing(t.Context(), 10)
	if err != nil || len(missing) != 1 || missing[0].Hits != 4 || missing[0].Old != "/missing" {
		t.Errorf("%+v, %v", missing, err)
	}
	var flood []redirect.Count
	for i := range 5100 {
		flood = append(flood, count(fmt.Sprintf("/flood/%d", i), 2))
	}
	if err := r.Count(t.Context(), nil, flood); err != nil {
		t.Fatal(err)
	}
	if kept, err := r.Missing(t.Context(), 10_000); err != nil || len(kept) != 5000 {
		t.Errorf("%d paths are kept, %v", len(kept), err)
	}
}
