package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// assetPath is the address of a hashed file in a page or a style sheet.
var assetPath = regexp.MustCompile(`/assets/[a-z0-9.-]+\.(css|js|woff2)`)

// size weighs vintage pages, and what they load.
func (b *bench) size(ctx context.Context) ([]line, error) {
	sizes, one, err := b.weighPages(ctx, b.spread.some(500))
	if err != nil {
		return nil, err
	}
	assets, err := b.weighAssets(one)
	if err != nil {
		return nil, err
	}
	lines := []line{{
		fmt.Sprintf("vintage page, HTML gzip, %d pages", len(sizes)),
		fmt.Sprintf("%s at most, %s median", kilobytes(slices.Max(sizes)), kilobytes(sizes[len(sizes)/2])), "10 kB", judge(slices.Max(sizes) <= 10_000),
	}}
	for _, kind := range []struct {
		name, suffix string
		most         int
	}{{"all CSS, gzip", "css", 15_000}, {"all JS, gzip", "js", 8_000}, {"fonts", "woff2", 60_000}} {
		got := assets[kind.suffix]
		lines = append(lines, line{kind.name, kilobytes(got), strconv.Itoa(kind.most/1000) + " kB", judge(got > 0 && got <= kind.most)})
	}
	return lines, nil
}

// weighPages are the sizes of pages as gzip, ascending, and one of them unpacked.
func (b *bench) weighPages(ctx context.Context, places []place) (sizes []int, one string, err error) {
	c, err := dial(b.shop.port, time.Now().Add(time.Minute))
	if err != nil {
		return nil, "", err
	}
	defer c.Close() //nolint:errcheck // it only read
	for _, at := range places {
		got, err := c.do(at.request())
		if err != nil {
			return nil, "", err
		}
		if got.status != 200 {
			return nil, "", fmt.Errorf("%s: status %d", at.url(), got.status)
		}
		if one == "" {
			body, err := unzip(got.body)
			if err != nil {
				return nil, "", err
			}
			one = string(body)
		}
		sizes = append(sizes, len(got.body))
	}
	slices.Sort(sizes)
	return sizes, one, ctx.Err()
}

// weighAssets adds up what a page loads, and what that loads, as it is sent to a browser that takes gzip.
func (b *bench) weighAssets(page string) (map[string]int, error) {
	out := map[string]int{}
	seen := map[string]bool{}
	for todo := assetPath.FindAllString(page, -1); len(todo) > 0; todo = todo[1:] {
		path := todo[0]
		if seen[path] {
			continue
		}
		seen[path] = true
		got, err := once(b.shop.port, place{host: "fr.localhost:" + strconv.Itoa(b.shop.port), path: path}.request())
		if err != nil {
			return nil, err
		}
		if got.status != 200 {
			return nil, fmt.Errorf("%s: status %d", path, got.status)
		}
		kind := assetPath.FindStringSubmatch(path)[1]
		out[kind] += len(got.body)
		if kind == "woff2" {
			continue
		}
		body, err := unzip(got.body)
		if err != nil {
			return nil, err
		}
		todo = append(todo, assetPath.FindAllString(string(body), -1)...)
	}
	return out, nil
}
