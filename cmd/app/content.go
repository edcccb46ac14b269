package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"caveau/store/banner"
	"caveau/store/market"
	"caveau/store/mysql"
)

// CheckContent reads a folder of banners, writes down what is missing, and fails with every problem at once. It needs no database.
func CheckContent(dir string, out io.Writer) (banner.Folder, error) {
	markets, err := market.Load()
	if err != nil {
		return banner.Folder{}, err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return banner.Folder{}, err
	}
	if !info.IsDir() {
		return banner.Folder{}, fmt.Errorf("%s is no folder", dir)
	}
	folder, err := banner.Read(os.DirFS(dir), markets)
	if err != nil {
		return folder, err
	}
	for _, missing := range folder.Missing {
		fmt.Fprintln(out, missing)
	}
	return folder, nil
}

// ImportContent makes the shops' banners those of a folder. dry only says what would change.
func ImportContent(ctx context.Context, primaryDSN, dir string, dry bool, out io.Writer) (err error) {
	folder, err := CheckContent(dir, out)
	if err != nil {
		return err
	}
	primary, err := mysql.OpenPrimary(primaryDSN, importLimits)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, primary.Close()) }()
	done, err := primary.ImportBanners(ctx, folder.Banners, dry)
	if err != nil {
		return err
	}
	words := "Banners"
	if dry {
		words = "Nothing was written. Banners"
	}
	_, err = fmt.Fprintf(out, "%s, one for each edition: %d added, %d changed, %d dropped.\n", words, done.Inserted, done.Updated, done.Deleted)
	return err
}
