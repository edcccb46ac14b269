package mysql

import (
	"context"
	"slices"
	"strconv"

	"caveau/store/catalog"
	"caveau/store/route"
)

// pages gives every page of the list its row and its paths. A page that has them keeps them.
func (i *importer) pages(ctx context.Context) error {
	ids, err := i.pageIDs(ctx)
	if err != nil {
		return err
	}
	var fresh []route.Page
	var rows []row
	for _, p := range catalog.Pages(i.list) {
		if _, found := ids[p]; !found {
			fresh = append(fresh, p)
			rows = append(rows, row{string(p.Kind), p.Code, number(p.Year)})
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	i.done.Inserted += len(fresh)
	if err := i.insert(ctx, table{name: "page", columns: []string{"kind", "code", "year"}}, rows); err != nil {
		return err
	}
	if ids, err = i.pageIDs(ctx); err != nil {
		return err
	}
	return i.paths(ctx, fresh, ids)
}

func (i *importer) pageIDs(ctx context.Context) (map[route.Page]string, error) {
	ids := map[route.Page]string{}
	err := i.each(ctx, `SELECT kind, code, year, id FROM page`, func(r []string) {
		ids[route.Page{Kind: route.Kind(r[0]), Code: r[1], Year: atoi(r[2])}] = r[3]
	})
	return ids, err
}

func (i *importer) paths(ctx context.Context, fresh []route.Page, ids map[route.Page]string) error {
	taken := map[[2]string]bool{}
	if err := i.each(ctx, `SELECT language, path FROM url`, func(r []string) { taken[[2]string{r[0], r[1]}] = true }); err != nil {
		return err
	}
	rows := make([]row, 0, len(fresh)*len(route.Languages))
	for _, p := range fresh {
		for _, language := range route.Languages {
			path := route.NewPath(p, language)
			for n := 2; taken[[2]string{language, path}]; n++ {
				path = route.NewPath(p, language) + "-" + strconv.Itoa(n)
			}
			taken[[2]string{language, path}] = true
			rows = append(rows, row{ids[p], language, path})
		}
	}
	return i.insert(ctx, table{name: "url", columns: []string{"page_id", "language", "path"}}, rows)
}

// rules puts the markets' table into the database, where a person can correct it by dated rows.
func (i *importer) rules(ctx context.Context) error {
	var rows []row
	for _, m := range i.markets.Markets {
		add := func(rule, value string) {
			rows = append(rows, row{m.Code, rule, value, "2026-01-01", "markets.json, to be verified before trade"})
		}
		add("vat", strconv.FormatFloat(m.VAT, 'f', -1, 64))
		add("min_age", number(m.MinAge))
		add("rounding", strconv.FormatInt(m.Rounding, 10))
		for _, notice := range m.Notices {
			add("notice", notice)
		}
	}
	have := map[string]bool{}
	if err := i.each(ctx, `SELECT market, rule, value FROM market_rule`, func(r []string) { have[keyOf(r)] = true }); err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(r row) bool { return have[keyOf(r[:3])] })
	i.done.Inserted += len(rows)
	return i.insert(ctx, table{name: "market_rule", columns: []string{"market", "rule", "value", "valid_from", "source"}}, rows)
}
