package sink

import (
	"embed"
	"html/template"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

//go:embed page.html page.css
var files embed.FS

var pages = template.Must(template.ParseFS(files, "page.html"))

// handler answers with the list, a mail, its HTML for the frame, and its files.
func (s *Sink) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { show(w, "list", s.Mails()) })
	mux.HandleFunc("GET /page.css", func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, files, "page.css") })
	mux.HandleFunc("GET /mail/{id}", s.with(func(w http.ResponseWriter, _ *http.Request, m Mail) { show(w, "mail", m) }))
	mux.HandleFunc("GET /mail/{id}/html", s.with(frame))
	mux.HandleFunc("GET /mail/{id}/file/{n}", s.with(attached))
	return mux
}

// with finds the mail that a path is about.
func (s *Sink) with(answer func(http.ResponseWriter, *http.Request, Mail)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.Atoi(r.PathValue("id"))
		m, ok := s.mail(id)
		if err != nil || !ok {
			http.NotFound(w, r)
			return
		}
		answer(w, r, m)
	}
}

func show(w http.ResponseWriter, name string, data any) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-src 'self'")
	if err := pages.ExecuteTemplate(w, name, data); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// frame is the HTML of a mail as it came: it may style itself, and nothing else. Its links open beside the frame, in which no shop
// would let itself be shown.
func frame(w http.ResponseWriter, _ *http.Request, m Mail) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox")
	_, _ = w.Write([]byte(strings.Replace(m.HTML, "<head>", `<head><base target="_blank">`, 1)))
}

func attached(w http.ResponseWriter, r *http.Request, m Mail) {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil || n < 0 || n >= len(m.Files) {
		http.NotFound(w, r)
		return
	}
	f := m.Files[n]
	w.Header().Set("Content-Type", f.Type)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "sandbox")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": f.Name}))
	_, _ = w.Write(f.Body)
}
