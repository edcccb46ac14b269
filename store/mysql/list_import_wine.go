package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"caveau/store/catalog"
)

func (i *importer) wineRows(ctx context.Context) error {
	var rows []row
	for _, w := range i.list.Wines {
		rows = append(rows, row{w.Code, w.Producer, w.Appellation, w.Region, w.Name, string(w.Colour), string(w.Style),
			strings.Join(w.Grapes, "|"), w.Classification, string(w.Shape), w.LWIN, number(w.Rank)})
	}
	err := i.sync(ctx, table{name: "wine", columns: []string{"code", "producer", "appellation", "region", "name", "colour", "style",
		"grapes", "classification", "shape", "lwin", "popularity"}, key: 1}, rows)
	if err != nil {
		return err
	}
	i.wines = map[string]string{}
	return i.each(ctx, `SELECT code, id FROM wine`, func(r []string) { i.wines[r[0]] = r[1] })
}

func (i *importer) vintageRows(ctx context.Context) error {
	var rows []row
	for _, v := range i.list.Vintages {
		wine, ok := i.wines[v.Wine]
		if !ok {
			return fmt.Errorf("vintage %d of wine %q, which the list does not hold", v.Year, v.Wine)
		}
		rows = append(rows, row{wine, number(v.Year), number(v.Strength)})
	}
	if err := i.sync(ctx, table{name: "vintage", columns: []string{"wine_id", "year", "strength"}, key: 2}, rows); err != nil {
		return err
	}
	i.vintages = map[vintageRef]string{}
	return i.each(ctx, `SELECT w.code, v.year, v.id FROM vintage v JOIN wine w ON w.id = v.wine_id`, func(r []string) {
		i.vintages[vintageRef{r[0], atoi(r[1])}] = r[2]
	})
}

func (i *importer) scores(ctx context.Context) error {
	var rows []row
	for _, v := range i.list.Vintages {
		id := i.vintages[vintageRef{v.Wine, v.Year}]
		for _, s := range v.Scores {
			rows = append(rows, row{id, s.Critic, flag(s.Barrel), number(s.Scale), moment(s.Tasted, time.DateOnly), decimal(s.Low), decimal(s.High)})
		}
	}
	return i.sync(ctx, table{name: "score", columns: []string{"vintage_id", "critic", "barrel", "scale", "tasted", "low", "high"}, key: 5}, rows)
}

func (i *importer) windows(ctx context.Context) error {
	var rows []row
	for _, v := range i.list.Vintages {
		if w := v.Window; w.Known() {
			rows = append(rows, row{i.vintages[vintageRef{v.Wine, v.Year}], number(w.From), number(w.PeakFrom), number(w.PeakTo), number(w.To), w.Source})
		}
	}
	return i.sync(ctx, table{name: "drinking_window", columns: []string{"vintage_id", "from_year", "peak_from", "peak_to", "to_year", "source"}, key: 1}, rows)
}

func (i *importer) skuRows(ctx context.Context) error {
	var rows []row
	for _, s := range i.list.SKUs {
		vintage, ok := i.vintages[vintageRef{s.Wine, s.Year}]
		if !ok {
			return fmt.Errorf("SKU %s of %q %d, which the list does not hold", s.Code, s.Wine, s.Year)
		}
		rows = append(rows, row{s.Code, vintage, number(s.Volume), number(s.Pack), string(s.Packaging), string(s.SaleType), s.GTIN, s.LWIN,
			s.Campaign, moment(s.Delivery, time.DateOnly), "0"})
	}
	err := i.sync(ctx, table{name: "sku", columns: []string{"code", "vintage_id", "volume", "pack", "packaging", "sale_type", "gtin", "lwin",
		"campaign", "delivery", "withdrawn"}, key: 1}, rows)
	if err != nil {
		return err
	}
	i.skus = map[string]string{}
	return i.each(ctx, `SELECT code, id FROM sku`, func(r []string) { i.skus[r[0]] = r[1] })
}

// withdraw marks the SKUs that the list no longer has.
func (i *importer) withdraw(ctx context.Context) error {
	listed := make(map[string]bool, len(i.list.SKUs))
	for _, s := range i.list.SKUs {
		listed[s.Code] = true
	}
	var gone []string
	err := i.each(ctx, `SELECT code, id FROM sku WHERE withdrawn = FALSE`, func(r []string) {
		if !listed[r[0]] {
			gone = append(gone, r[1])
		}
	})
	if err != nil || len(gone) == 0 {
		return err
	}
	i.done.Withdrawn = len(gone)
	_, err = i.tx.ExecContext(ctx, `UPDATE sku SET withdrawn = TRUE WHERE id IN (`+strings.Join(gone, ",")+`)`)
	return err
}

type priceKey struct{ sku, market string }

type pricePoint struct {
	from  time.Time
	minor int64
}

// prices appends what is not in the log yet.
func (i *importer) prices(ctx context.Context) error {
	log, err := i.priceLog(ctx)
	if err != nil {
		return err
	}
	var rows []row
	for _, p := range i.list.Prices {
		id, ok := i.skus[p.SKU]
		if !ok {
			return fmt.Errorf("a price of SKU %q, which the list does not hold", p.SKU)
		}
		key := priceKey{id, p.Market}
		if same(log[key], p) {
			continue
		}
		log[key] = append(log[key], pricePoint{p.ValidFrom, p.Minor})
		rows = append(rows, row{id, p.Market, strconv.FormatInt(p.Minor, 10), moment(p.ValidFrom, "2006-01-02 15:04:05.000000")})
	}
	i.done.Inserted += len(rows)
	return i.insert(ctx, table{name: "price", columns: []string{"sku_id", "market", "minor", "valid_from"}}, rows)
}

func (i *importer) priceLog(ctx context.Context) (map[priceKey][]pricePoint, error) {
	log := make(map[priceKey][]pricePoint, len(i.list.Prices))
	rows, err := i.tx.QueryContext(ctx, `SELECT sku_id, market, valid_from, minor FROM price ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var key priceKey
		var point pricePoint
		if err := rows.Scan(&key.sku, &key.market, &point.from, &point.minor); err != nil {
			return nil, err
		}
		log[key] = append(log[key], point)
	}
	return log, rows.Err()
}

// same says that the log already gives this price at this time.
func same(log []pricePoint, p catalog.PriceRow) bool {
	var now pricePoint
	for _, point := range log {
		if !point.from.After(p.ValidFrom) && !point.from.Before(now.from) {
			now = point
		}
	}
	return now.minor == p.Minor
}

// stock is written for SKUs that have none.
func (i *importer) stock(ctx context.Context) error {
	have := map[[2]string]bool{}
	if err := i.each(ctx, `SELECT sku, warehouse FROM stock`, func(r []string) { have[[2]string{r[0], r[1]}] = true }); err != nil {
		return err
	}
	var rows []row
	for _, s := range i.list.Stock {
		if !have[[2]string{s.SKU, s.Warehouse}] {
			rows = append(rows, row{s.SKU, s.Warehouse, number(s.Available)})
		}
	}
	i.done.Inserted += len(rows)
	return i.insert(ctx, table{name: "stock", columns: []string{"sku", "warehouse", "available"}}, rows)
}

// allocations are written for SKUs that have none in the market.
func (i *importer) allocations(ctx context.Context) error {
	have := map[[2]string]bool{}
	if err := i.each(ctx, `SELECT sku, market FROM allocation`, func(r []string) { have[[2]string{r[0], r[1]}] = true }); err != nil {
		return err
	}
	var rows []row
	for _, a := range i.list.Allocations {
		if !have[[2]string{a.SKU, a.Market}] {
			rows = append(rows, row{a.SKU, a.Market, number(a.PerCustomer)})
		}
	}
	i.done.Inserted += len(rows)
	return i.insert(ctx, table{name: "allocation", columns: []string{"sku", "market", "per_customer"}}, rows)
}

// each reads a query as strings.
func (i *importer) each(ctx context.Context, query string, add func([]string)) error {
	rows, err := i.tx.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	return eachRow(rows, add)
}

func eachRow(rows *sql.Rows, add func([]string)) error {
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values := make([]sql.NullString, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		out := make([]string, len(values))
		for i, v := range values {
			out[i] = null
			if v.Valid {
				out[i] = v.String
			}
		}
		add(out)
	}
	return rows.Err()
}
