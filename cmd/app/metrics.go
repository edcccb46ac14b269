package app

import (
	"net/http"
	"net/http/pprof"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics answers /metrics and the profiles of net/http/pprof on the admin address.
func (s *Shop) metrics() http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	gauge := func(name, help string, read func() float64) {
		registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "caveau_" + name, Help: help}, read))
	}
	counter := func(name, help string, read func() uint64) {
		registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "caveau_" + name, Help: help}, func() float64 { return float64(read()) }))
	}
	gauge("replicas_fit", "Replicas that can be asked.", func() float64 { return float64(s.replicas.Fit()) })
	counter("stock_queries_total", "Queries for live stock sent to replicas.", s.live.Queries)
	counter("stock_corrections_total", "Levels that the whole table had to set right; zero is expected.", s.live.Corrections)
	counter("page_cache_hits_total", "Pages found pressed.", func() uint64 { return s.cache.Stats().Hits })
	counter("page_cache_misses_total", "Pages pressed for a request or by the warmer.", func() uint64 { return s.cache.Stats().Misses })
	gauge("page_cache_bytes", "Memory of pressed pages.", func() float64 { return float64(s.cache.Stats().Bytes) })
	gauge("page_cache_pages", "Pressed pages.", func() float64 { return float64(s.cache.Stats().Pages) })
	counter("error_pages_total", "Answers with the page of an error, pages not found among them.", s.server.ErrorPages)
	counter("cart_edits_total", "Edits of carts that were made.", s.server.CartEdits)
	counter("letters_sent_total", "Letters that the mail server took.", s.posted.sent.Load)
	counter("letters_failed_total", "Tries of letters that came to nothing.", s.posted.failed.Load)
	counter("letters_parked_total", "Letters that this instance gave up.", s.posted.parked.Load)
	gauge("letters_waiting", "Letters to be sent.", func() float64 { return float64(s.posted.waiting.Load()) })
	gauge("letters_parked", "Letters that were given up: a person has to look.", func() float64 { return float64(s.posted.givenUp.Load()) })
	gauge("snapshot_skus", "SKUs of the catalogue.", func() float64 {
		if snap := s.catalogue.Snapshot(); snap != nil {
			return float64(snap.SKUs)
		}
		return 0
	})
	for _, state := range s.replicas.States() {
		lag := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "caveau_replica_lag_seconds", Help: "How far a replica is behind the freshest one.", ConstLabels: prometheus.Labels{"replica": state.Name},
		}, func() float64 { return s.lag(state.Name) })
		registry.MustRegister(lag)
	}
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	return mux
}

func (s *Shop) lag(replica string) float64 {
	for _, state := range s.replicas.States() {
		if state.Name == replica {
			return state.Lag.Seconds()
		}
	}
	return 0
}
