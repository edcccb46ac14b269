package i18n

import (
	"bytes"
	"embed"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

//go:embed cldr/locales.json cldr/countries.csv
var cldrFiles embed.FS

// cldrData is cldr/locales.json: what CLDR says about our locales.
type cldrData struct {
	Digits  map[string]int         `json:"currency_digits"` // fraction digits by ISO 4217 code
	Locales map[Locale]*cldrLocale `json:"locales"`
}

type cldrLocale struct {
	Number      cldrNumber        `json:"number"`
	Symbols     map[string]string `json:"symbols"` // by ISO 4217 code
	Months      [12]string        `json:"months"`  // as written inside a date: "de noviembre" has its own preposition in the pattern
	MonthsAbbr  [12]string        `json:"months_abbr"`
	DateLong    string            `json:"date_long"` // date patterns of UTS 35
	DateMedium  string            `json:"date_medium"`
	DateShort   string            `json:"date_short"`
	YearMonth   string            `json:"year_month"`
	List        cldrList          `json:"list"`
	PluralRules map[string]string `json:"plural_rules"` // category to rule; only the categories are read, see plural.go
}

type cldrNumber struct {
	Decimal         string `json:"decimal"`
	Group           string `json:"group"`
	CurrencyDecimal string `json:"currency_decimal"`
	CurrencyGroup   string `json:"currency_group"`
	Minus           string `json:"minus"`
	PercentSign     string `json:"percent_sign"`
	MinGrouping     int    `json:"min_grouping"` // 2: 1234 stays together, 12.345 does not
	PercentPattern  string `json:"percent_pattern"`
	CurrencyPattern string `json:"currency_pattern"` // "positive" or "positive;negative"
}

// cldrList holds what stands between the items of a list: between two, before the last, and elsewhere.
type cldrList struct {
	Two    string `json:"two"`
	Middle string `json:"middle"`
	Last   string `json:"last"`
}

// readCLDR reads the embedded extract. Every locale of ours must be there and complete.
func readCLDR() (*cldrData, error) {
	raw, err := cldrFiles.ReadFile("cldr/locales.json")
	if err != nil {
		return nil, fmt.Errorf("read CLDR extract: %w", err)
	}
	data := new(cldrData)
	if err := json.Unmarshal(raw, data); err != nil {
		return nil, fmt.Errorf("parse cldr/locales.json: %w", err)
	}
	var problems []error
	for _, l := range Locales() {
		if err := data.Locales[l].check(); err != nil {
			problems = append(problems, fmt.Errorf("cldr/locales.json: %s: %w", l, err))
		}
	}
	return data, errors.Join(problems...)
}

func (c *cldrLocale) check() error {
	switch {
	case c == nil:
		return errors.New("locale is absent")
	case c.Number.Decimal == "" || c.Number.CurrencyDecimal == "" || c.Number.Minus == "" || c.Number.MinGrouping < 1:
		return errors.New("number symbols are incomplete")
	case !strings.Contains(c.Number.CurrencyPattern, "¤") || !strings.Contains(c.Number.PercentPattern, "%"):
		return errors.New("number patterns are incomplete")
	case slices.Contains(c.Months[:], "") || slices.Contains(c.MonthsAbbr[:], ""):
		return errors.New("month names are incomplete")
	case c.List.Two == "" || c.List.Middle == "" || c.List.Last == "":
		return errors.New("list patterns are incomplete")
	case c.PluralRules == nil:
		return errors.New("plural rules are absent")
	}
	for _, pattern := range []string{c.DateLong, c.DateMedium, c.DateShort, c.YearMonth} {
		if _, err := parseDatePattern(pattern); err != nil {
			return err
		}
	}
	return nil
}

// readCountries returns country names by column of cldr/countries.csv ("fr", "pt-PT", "zh-Hant-HK") and ISO 3166 code.
func readCountries() (map[string]map[string]string, error) {
	raw, err := cldrFiles.ReadFile("cldr/countries.csv")
	if err != nil {
		return nil, fmt.Errorf("read country names: %w", err)
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll() // refuses rows of another length
	if err != nil {
		return nil, fmt.Errorf("parse cldr/countries.csv: %w", err)
	}
	if len(rows) < 2 || len(rows[0]) < 3 || rows[0][0] != "code" {
		return nil, errors.New("cldr/countries.csv: no header or no rows")
	}
	names := make(map[string]map[string]string)
	for column, head := range rows[0][2:] { // the first two are code and currency
		names[head] = make(map[string]string, len(rows))
		for _, row := range rows[1:] {
			names[head][row[0]] = row[column+2]
		}
	}
	return names, nil
}
