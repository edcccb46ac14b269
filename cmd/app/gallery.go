package app

import (
	"context"
	"fmt"
	"html"
	"io"
	"net/http"
	"strings"
	"time"

	"caveau/i18n"
	"caveau/static"
	"caveau/templates/gallery"
)

// Gallery serves every page in its named states, without a database, until ctx ends.
func Gallery(ctx context.Context, addr string, out io.Writer) error {
	messages, err := i18n.Load()
	if err != nil {
		return err
	}
	assets, err := static.Load()
	if err != nil {
		return err
	}
	listener, err := listen(ctx, addr)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: galleryHandler(messages, assets), ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		server.Close() //nolint:errcheck // it ends
	}()
	fmt.Fprintf(out, "The gallery: http://%s/\n", addr)
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return nil
}

func galleryHandler(messages *i18n.Catalogue, assets *static.Assets) http.Handler {
	states := gallery.With(messages, gallery.Assets{
		CSS: assets.URL(static.CSS), Script: assets.URL(static.Script), Font: assets.URL(static.Font), Icon: assets.URL(static.Icon),
	})
	mux := http.NewServeMux()
	var index strings.Builder
	index.WriteString("<!doctype html><title>Gallery</title><h1>Gallery</h1><ul>")
	for _, state := range states {
		path := "/state/" + state.Name
		fmt.Fprintf(&index, `<li><a href="%[1]s">%[1]s</a>`, html.EscapeString(path))
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			if err := state.Component.Render(r.Context(), w); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
			}
		})
	}
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, index.String()) //nolint:errcheck // the visitor is gone
	})
	mux.HandleFunc("GET "+static.Prefix, func(w http.ResponseWriter, r *http.Request) {
		asset, ok := assets.Get(r.URL.Path)
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", asset.ContentType)
		w.Write(asset.Body) //nolint:errcheck // the visitor is gone
	})
	return mux
}
