package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"caveau/store/mysql"
)

// FailedSearches prints what was searched in a language and not found.
type FailedSearches struct {
	Language    string
	Days, Least int
	Most        int
}

// Print the list, the most often first.
func (f FailedSearches) Print(ctx context.Context, primaryDSN string, now time.Time, out io.Writer) (err error) {
	primary, err := mysql.OpenPrimary(primaryDSN, mysql.DefaultLimits)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, primary.Close()) }()
	all, err := mysql.NewFailedSearches(primary).List(ctx, f.Language, now.AddDate(0, 0, -f.Days), f.Least, f.Most)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "times\tlast\tquery")
	for _, one := range all {
		fmt.Fprintf(w, "%d\t%s\t%s\n", one.Times, one.Last.Format(time.DateOnly), one.Query)
	}
	return w.Flush()
}

// batchName is that of one writing of failed searches.
func batchName() string {
	var b [8]byte
	rand.Read(b[:]) //nolint:errcheck // never fails
	return hex.EncodeToString(b[:])
}
