package web

import (
	"strings"

	"caveau/store/market"
)

// edition finds the shop and the language of a request: the host says the market, the first part of the
// path may be the prefix of a second locale. rest is the path within the edition.
func (s *Server) edition(host, path string) (e *market.Edition, rest string, ok bool) {
	editions := s.editions[hostname(host)]
	if len(editions) == 0 {
		return nil, "", false
	}
	for _, other := range editions[1:] {
		if after, found := strings.CutPrefix(path, other.Prefix); found && (after == "" || after[0] == '/') {
			return other, after, true
		}
	}
	return editions[0], path, true
}

// hostname is a Host header without its port, in lower case.
func hostname(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 && strings.IndexByte(host[i:], ']') < 0 {
		host = host[:i]
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}
