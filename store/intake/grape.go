package intake

import (
	_ "embed"
	"strings"

	"caveau/store/catalog"
)

// grape is a variety that a label may name.
type grape struct {
	name   string
	colour catalog.Colour
}

// vines finds grapes by the words of a name.
type vines struct {
	byName map[string]grape
	names  []string // well written, in the order of the file
	most   int
}

//go:embed data/grapes.csv
var grapesCSV []byte

// newVines reads data/grapes.csv: name, colour of its wine, aliases.
func newVines() (*vines, error) {
	rows, err := embedded("grapes.csv", grapesCSV, 3)
	if err != nil {
		return nil, err
	}
	v := &vines{byName: map[string]grape{}}
	for _, f := range rows {
		v.names = append(v.names, f[0])
		for _, name := range append([]string{f[0]}, strings.Split(f[2], "|")...) {
			if key := phrase(wordsOf(name)); key != "" {
				v.byName[key] = grape{f[0], catalog.Colour(f[1])}
				v.most = max(v.most, strings.Count(key, " ")+1)
			}
		}
	}
	return v, nil
}

// find looks for the longest grape that begins at a word.
func (v *vines) find(words []word, at int) (grape, int) {
	var best grape
	length, key := 0, ""
	for i := at; i < len(words) && i < at+v.most; i++ {
		if key != "" {
			key += " "
		}
		key += words[i].key
		if g, ok := v.byName[key]; ok {
			best, length = g, i-at+1
		}
	}
	return best, length
}

// all are the grapes in a run of words, in their order.
func (v *vines) all(words []word) []grape {
	var out []grape
	for i := 0; i < len(words); {
		g, n := v.find(words, i)
		if n == 0 {
			i++
			continue
		}
		out, i = append(out, g), i+n
	}
	return out
}

// without are the words that name no grape.
func (v *vines) without(words []word) []word {
	var out []word
	for i := 0; i < len(words); {
		_, n := v.find(words, i)
		if n == 0 {
			out = append(out, words[i])
		}
		i += max(n, 1)
	}
	return out
}
