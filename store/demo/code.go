package demo

import (
	"fmt"
	"hash/crc32"
	"strconv"
	"strings"

	"caveau/store/catalog"
	"caveau/store/gazetteer"
)

// code is a SKU's code: MARGAUX-1990-075-6W is a wooden case of six bottles of 75 cl, MARGAUX-2025-150-1W-EP
// a magnum en primeur. Parts: wine, year or NV, centilitres, pack with C for carton and W for wood.
func (m *maker) code(v vintage, f form) string {
	year := "NV"
	if v.year > 0 {
		year = strconv.Itoa(v.year)
	}
	mark := map[catalog.Packaging]string{catalog.Carton: "C", catalog.OWC: "W"}[f.packaging]
	code := fmt.Sprintf("%s-%s-%03d-%d%s", m.stems[v.wine.Code], year, f.volume/10, f.pack, mark)
	if v.primeur {
		code += "-EP"
	}
	return code
}

// stems gives every wine a short name of its own: the wine's code without the word for house and
// without articles, its words shortened where it is long, with three letters more where two wines would
// share the name.
func stems(wines []gazetteer.Wine) map[string]string {
	owners := map[string]int{}
	for _, w := range wines {
		owners[stem(w.Code)]++
	}
	out := map[string]string{}
	for _, w := range wines {
		s := stem(w.Code)
		if owners[s] > 1 {
			s = apart(s, w.Code)
		}
		out[w.Code] = s
	}
	return out
}

// apart tells two wines of the same stem apart by three letters that hang on the wine's own code.
func apart(stem, code string) string {
	sum := crc32.ChecksumIEEE([]byte(code))
	letters := []byte{'A' + byte(sum%26), 'A' + byte(sum/26%26), 'A' + byte(sum/676%26)}
	return strings.TrimRight(stem[:min(len(stem), stemLength-4)], "-") + "-" + string(letters)
}

func stem(code string) string {
	var kept []string
	words := strings.Split(code, "-")
	for i, word := range words {
		if !small[word] || i == len(words)-1 && len(word) == 1 { // the last letter of "R.D." is no article
			kept = append(kept, word)
		}
	}
	if len(kept) == 0 {
		kept = []string{code}
	}
	return strings.ToUpper(strings.Join(shorten(kept), "-"))
}

// stemLength is how long a stem may be, hyphens included: the whole code fits into a line of a cart
// (cart.MaxSKU, 40).
const stemLength = 24

// shorten takes the last letter off the longest word until all are short enough, so that every word
// can still be guessed.
func shorten(words []string) []string {
	for len(strings.Join(words, "-")) > stemLength {
		longest := 0
		for i, w := range words {
			if len(w) >= len(words[longest]) {
				longest = i
			}
		}
		if len(words[longest]) <= 2 {
			break
		}
		words[longest] = words[longest][:len(words[longest])-1]
	}
	return words
}

var small = map[string]bool{
	"chateau": true, "domaine": true, "weingut": true, "bodegas": true, "bodega": true, "tenuta": true, "quinta": true,
	"de": true, "du": true, "des": true, "d": true, "la": true, "le": true, "les": true, "l": true,
	"di": true, "del": true, "della": true, "do": true, "da": true, "the": true,
}
