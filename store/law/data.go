package law

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed data/*.csv
var files embed.FS

const columns = "subject,condition,value,unit,from,to,status,source,note"

// Embedded are the rows that come with the program: one file per kind, in the order of their names.
func Embedded() ([]Row, error) {
	names, err := fs.Glob(files, "data/*.csv")
	if err != nil {
		return nil, fmt.Errorf("list the rules: %w", err)
	}
	var rows []Row
	for _, name := range names {
		kind := Kind(strings.TrimSuffix(path.Base(name), ".csv"))
		some, err := readFile(name, kind)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		rows = append(rows, some...)
	}
	return rows, nil
}

func readFile(name string, kind Kind) ([]Row, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 || strings.Join(lines[0], ",") != columns {
		return nil, fmt.Errorf("the first line is not %q", columns)
	}
	var rows []Row
	for _, c := range lines[1:] {
		rows = append(rows, Row{Kind: kind, Subject: c[0], Condition: c[1], Value: c[2], Unit: c[3], From: Day(c[4]), To: Day(c[5]),
			Status: Status(c[6]), Source: c[7], Note: c[8]})
	}
	return rows, nil
}
