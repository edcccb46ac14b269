package web

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"caveau/store/catalog"
	"caveau/web/view"
)

// What a comparison's address holds.
const (
	compareKey  = "v"
	maxCompared = 4
)

// compare answers for vintages side by side. Their names in an address are sorted and each there once; of more than four the first are
// taken.
func (s *Server) compare(v *visit, _ string) error {
	if !isRead(v.Ctx) {
		return notAllowed(v.Ctx, readOnly)
	}
	args := v.Request().URI().QueryArgs()
	var asked []string
	for key, value := range pairsOf(args) {
		if id := strings.ToLower(value); key == compareKey && id != "" && len(asked) < maxCompared && !slices.Contains(asked, id) {
			asked = append(asked, id)
		}
	}
	slices.Sort(asked)
	var vintages []*catalog.Vintage
	for _, id := range asked {
		found := view.CompareVintage(v.snap, id)
		if found == nil {
			return errNotFound
		}
		vintages = append(vintages, found)
	}
	if query := (url.Values{compareKey: asked}).Encode(); query != string(v.Request().URI().QueryString()) {
		if query != "" {
			query = "?" + query
		}
		return s.redirect(v, v.path+query)
	}
	return s.showCompared(v, vintages)
}

// showCompared sends the page with live stock. It is made for this answer: few ask for the same.
func (s *Server) showCompared(v *visit, vintages []*catalog.Vintage) error {
	start := time.Now()
	s.seen.pages.Add(1)
	a := s.answers.Get().(*answer)
	defer s.answers.Put(a)
	door := s.door(v)
	page, err := s.Press.Press(context.Background(), s.Site.Compare(v.snap, v.edition, vintages, door))
	if err != nil {
		return fmt.Errorf("make the comparison of %s: %w", v.edition.Locale, err)
	}
	a.page = *page
	made := time.Now()
	now := s.read(&a.page, made)
	timing(&v.Response().Header, made.Sub(start), time.Since(made))
	if badge := s.badge(v); badge >= 0 || door != nil {
		return s.private(v, a, now, max(badge, 0))
	}
	return s.public(v.Ctx, a, now.of(s.Board, v.edition.Market.Warehouse))
}
