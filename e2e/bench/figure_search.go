package main

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"caveau/store/route"
)

// searchShare is what is wanted of search pages against as many bytes from memory.
const searchShare = 0.2

// asked is how many queries of each edition are asked, by the Zipf law: as people search, mostly for the same wines.
const asked = 60

// searchPages measures search pages with live stock against as many bytes from memory.
func (b *bench) searchPages(ctx context.Context) ([]line, error) {
	spread, err := b.searches(ctx)
	if err != nil {
		return nil, err
	}
	const connections = 64
	load := func(port, round int) (result, error) {
		return closedLoop(ctx, port, connections, pick(b, 8*time.Second, 3*time.Second), spread.source(round))
	}
	if _, err := load(b.shop.port, 799); err != nil { // what people ask again and again is there by then
		return nil, err
	}
	first, err := load(b.shop.port, 800)
	if err != nil {
		return nil, err
	}
	if first.requests == 0 {
		return nil, fmt.Errorf("ask for search pages: %w", first.first)
	}
	sample, err := once(b.shop.port, spread.request(0))
	if err != nil {
		return nil, err
	}
	floor, err := startFloor(ctx, floorConfig{Kind: staticFloor, Size: first.meanBytes(), Headers: headersOf(sample)})
	if err != nil {
		return nil, err
	}
	var shares, rates, floors []float64
	var failed result
	for round := range 3 {
		memory, err := load(floor.port, 810+round)
		if err != nil {
			return nil, err
		}
		shop, err := load(b.shop.port, 810+round)
		if err != nil {
			return nil, err
		}
		failed.add(shop)
		rates, floors = append(rates, shop.rate()), append(floors, memory.rate())
		shares = append(shares, shop.rate()/max(memory.rate(), 1))
	}
	share := median(shares)
	return []line{{
		fmt.Sprintf("search pages with live stock, %d connections, against bytes from memory", connections),
		fmt.Sprintf("**%.2f** (%.2f to %.2f): %s/s of %s/s; %d bytes%s", share, slices.Min(shares), slices.Max(shares), thousands(median(rates)), thousands(median(floors)), first.meanBytes(), failures(failed)),
		fmt.Sprintf("%.2f", searchShare), judge(failed.failures == 0 && share >= searchShare),
	}}, floor.stop()
}

// searches are search pages for wines by name, in all editions.
func (b *bench) searches(ctx context.Context) (*pages, error) {
	wines, err := b.shop.paths(ctx, route.Wine)
	if err != nil {
		return nil, err
	}
	pagesOf, err := b.shop.paths(ctx, route.Search)
	if err != nil {
		return nil, err
	}
	p := &pages{}
	for i := range asked {
		for _, e := range b.markets.Editions {
			language := e.Locale.Language()
			if len(pagesOf[language]) == 0 || len(wines[language]) <= i {
				return nil, fmt.Errorf("the catalogue has no search page, or too few wines, in %s", language)
			}
			name := strings.ReplaceAll(path.Base(wines[language][i]), "-", " ")
			at := b.shop.place(e, pagesOf[language][0])
			at.path += "?q=" + url.QueryEscape(name)
			p.add(at)
		}
	}
	p.zipf = newZipf(len(p.places), seed)
	return p, nil
}
