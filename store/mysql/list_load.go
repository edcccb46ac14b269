package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"caveau/store/catalog"
	"caveau/store/route"
)

// loaded is a catalogue as the tables have it.
type loaded struct {
	list    *catalog.List
	wineIDs map[string]uint32
	nodes   []*route.Node
	urls    []route.Row
}

// loader reads the tables of one moment; wines, when set, are the only ones to read with all below
// them, and the places are left out.
type loader struct {
	tx    *sql.Tx
	wines []uint32
	out   loaded

	wineCode    map[uint32]string
	vintageOf   map[uint32]vintageRef
	skuCode     map[uint32]string
	vintageSpot map[uint32]int // index in List.Vintages
	codes       map[string]string
}

type vintageRef struct {
	wine string
	year int
}

func load(ctx context.Context, tx *sql.Tx, wines []uint32) (*loaded, error) {
	l := &loader{
		tx: tx, wines: wines, out: loaded{list: &catalog.List{}, wineIDs: map[string]uint32{}},
		wineCode: map[uint32]string{}, vintageOf: map[uint32]vintageRef{}, skuCode: map[uint32]string{}, vintageSpot: map[uint32]int{}, codes: map[string]string{},
	}
	steps := []func(context.Context) error{l.wineRows, l.vintageRows, l.scoreRows, l.windowRows, l.skuRows, l.priceRows, l.allocationRows}
	if wines == nil {
		steps = append([]func(context.Context) error{l.about, l.regions, l.appellations, l.producers, l.harvests, l.campaigns, l.banners, l.pages, l.urls}, steps...)
	}
	steps = append(steps, l.texts)
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return nil, fmt.Errorf("load the catalogue: %w", err)
		}
	}
	return &l.out, nil
}

// each runs a query and calls scan for every row.
func (l *loader) each(ctx context.Context, query string, scan func(*sql.Rows) error) error {
	return each(ctx, l.tx, query, scan)
}

// each runs a query in a transaction and calls scan for every row.
func each(ctx context.Context, tx *sql.Tx, query string, scan func(*sql.Rows) error, args ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// of is the condition that keeps a query to the wanted wines; column holds the wine's id.
func (l *loader) of(column string) string {
	if l.wines == nil {
		return ""
	}
	return " WHERE " + column + " IN (" + joinIDs(l.wines) + ")"
}

func joinIDs[ID uint32 | uint64](ids []ID) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = strconv.FormatUint(uint64(id), 10)
	}
	return strings.Join(parts, ",")
}

func (l *loader) about(ctx context.Context) error {
	a := &l.out.list.About
	return l.each(ctx, `SELECT code, source, demo_prices, demo_scores, demo_stock FROM about`, func(r *sql.Rows) error {
		return r.Scan(&a.Code, &a.Source, &a.DemoPrices, &a.DemoScores, &a.DemoStock)
	})
}

func (l *loader) regions(ctx context.Context) error {
	return l.each(ctx, `SELECT code, parent, country, name, shape FROM region ORDER BY id`, func(r *sql.Rows) error {
		var row catalog.RegionRow
		err := r.Scan(&row.Code, &row.Parent, &row.Country, &row.Name, &row.Shape)
		l.out.list.Regions = append(l.out.list.Regions, row)
		return err
	})
}

func (l *loader) appellations(ctx context.Context) error {
	return l.each(ctx, `SELECT code, region, name, level FROM appellation ORDER BY name, id`, func(r *sql.Rows) error {
		var row catalog.AppellationRow
		err := r.Scan(&row.Code, &row.Region, &row.Name, &row.Level)
		l.out.list.Appellations = append(l.out.list.Appellations, row)
		return err
	})
}

func (l *loader) producers(ctx context.Context) error {
	return l.each(ctx, `SELECT code, name, region, commune FROM producer ORDER BY name, id`, func(r *sql.Rows) error {
		var row catalog.ProducerRow
		err := r.Scan(&row.Code, &row.Name, &row.Region, &row.Commune)
		l.out.list.Producers = append(l.out.list.Producers, row)
		return err
	})
}

func (l *loader) harvests(ctx context.Context) error {
	return l.each(ctx, `SELECT region, year, rating FROM harvest`, func(r *sql.Rows) error {
		var row catalog.HarvestRow
		err := r.Scan(&row.Region, &row.Year, &row.Rating)
		l.out.list.Harvests = append(l.out.list.Harvests, row)
		return err
	})
}

func (l *loader) campaigns(ctx context.Context) error {
	return l.each(ctx, `SELECT code, region, year, opens FROM campaign ORDER BY opens DESC, code`, func(r *sql.Rows) error {
		var row catalog.CampaignRow
		err := r.Scan(&row.Code, &row.Region, &row.Year, &row.Opens)
		l.out.list.Campaigns = append(l.out.list.Campaigns, row)
		return err
	})
}

func (l *loader) banners(ctx context.Context) error {
	return l.each(ctx, readBanners, func(r *sql.Rows) error {
		row, err := scanBanner(r)
		l.out.list.Banners = append(l.out.list.Banners, row)
		return err
	})
}

func (l *loader) pages(ctx context.Context) error {
	return l.each(ctx, `SELECT id, kind, code, year, gone FROM page ORDER BY id`, func(r *sql.Rows) error {
		n := &route.Node{}
		err := r.Scan(&n.ID, &n.Page.Kind, &n.Page.Code, &n.Page.Year, &n.Gone)
		l.out.nodes = append(l.out.nodes, n)
		return err
	})
}

func (l *loader) urls(ctx context.Context) error {
	return l.each(ctx, `SELECT page_id, language, path, status = 'moved' FROM url`, func(r *sql.Rows) error {
		var row route.Row
		err := r.Scan(&row.PageID, &row.Language, &row.Path, &row.Moved)
		l.out.urls = append(l.out.urls, row)
		return err
	})
}

func (l *loader) wineRows(ctx context.Context) error {
	query := `SELECT id, code, producer, appellation, region, name, colour, style, grapes, classification, shape, lwin, popularity FROM wine` + l.of("id")
	return l.each(ctx, query, func(r *sql.Rows) error {
		var id uint32
		var row catalog.WineRow
		var grapes string
		err := r.Scan(&id, &row.Code, &row.Producer, &row.Appellation, &row.Region, &row.Name, &row.Colour, &row.Style, &grapes,
			&row.Classification, &row.Shape, &row.LWIN, &row.Rank)
		if grapes != "" {
			row.Grapes = strings.Split(grapes, "|")
		}
		l.wineCode[id] = row.Code
		l.out.wineIDs[row.Code] = id
		l.out.list.Wines = append(l.out.list.Wines, row)
		return err
	})
}

func (l *loader) vintageRows(ctx context.Context) error {
	return l.each(ctx, `SELECT id, wine_id, year, strength FROM vintage`+l.of("wine_id"), func(r *sql.Rows) error {
		var id, wine uint32
		var row catalog.VintageRow
		err := r.Scan(&id, &wine, &row.Year, &row.Strength)
		row.Wine = l.wineCode[wine]
		l.vintageOf[id] = vintageRef{row.Wine, row.Year}
		l.vintageSpot[id] = len(l.out.list.Vintages)
		l.out.list.Vintages = append(l.out.list.Vintages, row)
		return err
	})
}

// ofVintages is of for tables that know the vintage only.
func (l *loader) ofVintages() string {
	if l.wines == nil {
		return ""
	}
	return " WHERE vintage_id IN (SELECT id FROM vintage WHERE wine_id IN (" + joinIDs(l.wines) + "))"
}

func (l *loader) scoreRows(ctx context.Context) error {
	query := `SELECT vintage_id, critic, low, high, scale, tasted, barrel FROM score` + l.ofVintages() + ` ORDER BY id`
	return l.each(ctx, query, func(r *sql.Rows) error {
		var id uint32
		var s catalog.Score
		var tasted sql.NullTime
		err := r.Scan(&id, &s.Critic, &s.Low, &s.High, &s.Scale, &tasted, &s.Barrel)
		s.Tasted = tasted.Time
		if spot, ok := l.vintageSpot[id]; ok {
			v := &l.out.list.Vintages[spot]
			v.Scores = append(v.Scores, s)
		}
		return err
	})
}

func (l *loader) windowRows(ctx context.Context) error {
	query := `SELECT vintage_id, from_year, peak_from, peak_to, to_year, source FROM drinking_window` + l.ofVintages()
	return l.each(ctx, query, func(r *sql.Rows) error {
		var id uint32
		var w catalog.Window
		err := r.Scan(&id, &w.From, &w.PeakFrom, &w.PeakTo, &w.To, &w.Source)
		if spot, ok := l.vintageSpot[id]; ok {
			l.out.list.Vintages[spot].Window = w
		}
		return err
	})
}

func (l *loader) skuRows(ctx context.Context) error {
	condition := " WHERE withdrawn = FALSE"
	if l.wines != nil {
		condition += " AND vintage_id IN (SELECT id FROM vintage WHERE wine_id IN (" + joinIDs(l.wines) + "))"
	}
	query := `SELECT id, code, vintage_id, volume, pack, packaging, sale_type, gtin, lwin, campaign, delivery FROM sku` + condition
	return l.each(ctx, query, func(r *sql.Rows) error {
		var id, vintage uint32
		var row catalog.SKURow
		var delivery sql.NullTime
		err := r.Scan(&id, &row.Code, &vintage, &row.Volume, &row.Pack, &row.Packaging, &row.SaleType, &row.GTIN, &row.LWIN, &row.Campaign, &delivery)
		row.Delivery = delivery.Time
		of := l.vintageOf[vintage]
		row.Wine, row.Year = of.wine, of.year
		l.skuCode[id] = row.Code
		l.out.list.SKUs = append(l.out.list.SKUs, row)
		return err
	})
}

// priceRows reads the log in the order of its ids, in which a later row wins. Times are read as
// microseconds: a date and time as text would cost half of the whole load.
func (l *loader) priceRows(ctx context.Context) error {
	condition := ""
	if l.wines != nil {
		condition = " WHERE sku_id IN (SELECT s.id FROM sku s JOIN vintage v ON v.id = s.vintage_id WHERE v.wine_id IN (" + joinIDs(l.wines) + "))"
	}
	query := `SELECT sku_id, market, minor, CAST(UNIX_TIMESTAMP(valid_from) * 1000000 AS SIGNED) FROM price` + condition + ` ORDER BY id`
	return l.each(ctx, query, func(r *sql.Rows) error {
		var id uint32
		var market sql.RawBytes
		var row catalog.PriceRow
		var micros int64
		if err := r.Scan(&id, &market, &row.Minor, &micros); err != nil {
			return err
		}
		row.SKU, row.Market, row.ValidFrom = l.skuCode[id], l.shared(market), time.UnixMicro(micros).UTC()
		if row.SKU != "" {
			l.out.list.Prices = append(l.out.list.Prices, row)
		}
		return nil
	})
}

func (l *loader) allocationRows(ctx context.Context) error {
	condition := ""
	if l.wines != nil {
		condition = " WHERE sku IN (SELECT s.code FROM sku s JOIN vintage v ON v.id = s.vintage_id WHERE v.wine_id IN (" + joinIDs(l.wines) + "))"
	}
	return l.each(ctx, `SELECT sku, market, per_customer FROM allocation`+condition, func(r *sql.Rows) error {
		var row catalog.AllocationRow
		err := r.Scan(&row.SKU, &row.Market, &row.PerCustomer)
		l.out.list.Allocations = append(l.out.list.Allocations, row)
		return err
	})
}

// shared makes one string of each market's code instead of a hundred thousand.
func (l *loader) shared(b []byte) string {
	if s, ok := l.codes[string(b)]; ok {
		return s
	}
	s := string(b)
	l.codes[s] = s
	return s
}

// texts are the localized names.
func (l *loader) texts(ctx context.Context) error {
	query := `SELECT kind, code, language, value FROM text WHERE field = 'name'`
	names := map[string]map[string]catalog.Names{}
	err := l.each(ctx, query, func(r *sql.Rows) error {
		var kind, code, language, value string
		if err := r.Scan(&kind, &code, &language, &value); err != nil {
			return err
		}
		if names[kind] == nil {
			names[kind] = map[string]catalog.Names{}
		}
		if names[kind][code] == nil {
			names[kind][code] = catalog.Names{}
		}
		names[kind][code][language] = value
		return nil
	})
	list := l.out.list
	for i := range list.Regions {
		list.Regions[i].Names = names["region"][list.Regions[i].Code]
	}
	for i := range list.Appellations {
		list.Appellations[i].Names = names["appellation"][list.Appellations[i].Code]
	}
	for i := range list.Producers {
		list.Producers[i].Names = names["producer"][list.Producers[i].Code]
	}
	for i := range list.Wines {
		list.Wines[i].Names = names["wine"][list.Wines[i].Code]
	}
	return err
}
