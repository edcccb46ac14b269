package search

import (
	"cmp"
	"hash/maphash"
	"slices"
	"sort"
	"strings"
)

// level says how well a word of a query fits a term. Lower is better.
type level uint8

const (
	exact   level = iota
	prefix        // the term begins with the word
	edit1         // one letter is wrong
	alike         // it sounds the same
	edit2         // two letters are wrong
	roughly       // it sounds nearly the same
	levels
)

// The lengths from which a word may be wrong: in one letter, in two. With other words around it, one letter less will do.
const (
	oneWrong = 5
	twoWrong = 9
)

// terms is the vocabulary of an index: all words of all names, sorted. A term is known by its place.
type terms struct {
	words   []string
	seed    maphash.Seed
	deletes []uint64 // hash<<32 | term: words without one letter, those of some length without two
	sounds  []uint64 // sounds
	blurs   []uint64 // sounds without one letter
}

// entry is a term under a hash.
func entry(hash, term uint32) uint64 { return uint64(hash)<<32 | uint64(term) }

func newTerms(words []string) *terms {
	t := &terms{words: words, seed: maphash.MakeSeed()}
	for i, w := range words {
		id := uint32(i)
		if hasDigit(w) || len(w) < oneWrong-1 || !isPlain(w) {
			if s := sound(w); s != "" {
				t.sounds = append(t.sounds, entry(t.hash(s), id))
			}
			continue
		}
		t.eachShorter(w, depth(len(w)), func(h uint32) { t.deletes = append(t.deletes, entry(h, id)) })
		s := sound(w)
		t.sounds = append(t.sounds, entry(t.hash(s), id))
		if len(s) >= oneWrong-1 {
			t.eachShorter(s, 1, func(h uint32) { t.blurs = append(t.blurs, entry(h, id)) })
		}
	}
	for _, list := range []*[]uint64{&t.deletes, &t.sounds, &t.blurs} {
		slices.Sort(*list)
		*list = slices.Clip(slices.Compact(*list))
	}
	return t
}

// depth is how many letters may be taken off a term of some length.
func depth(n int) int {
	if n >= twoWrong-1 {
		return 2
	}
	return 1
}

// eachShorter hashes a word and what is left of it without up to n letters.
func (t *terms) eachShorter(w string, n int, take func(uint32)) {
	take(t.hash(w))
	var room [64]byte
	if len(w) > len(room) {
		return
	}
	for i := range w {
		b := append(append(room[:0], w[:i]...), w[i+1:]...)
		take(t.hashBytes(b))
		if n < 2 {
			continue
		}
		for j := i; j < len(b); j++ {
			var inner [64]byte
			take(t.hashBytes(append(append(inner[:0], b[:j]...), b[j+1:]...)))
		}
	}
}

func (t *terms) hash(s string) uint32      { return uint32(maphash.String(t.seed, s)) }
func (t *terms) hashBytes(b []byte) uint32 { return uint32(maphash.Bytes(t.seed, b)) }

// find a word as it is.
func (t *terms) find(w string) (uint32, bool) {
	i, ok := slices.BinarySearch(t.words, w)
	return uint32(i), ok
}

// beginning are the terms that begin with a word and are longer.
func (t *terms) beginning(w string) (from, to uint32) {
	i := sort.SearchStrings(t.words, w)
	j := i + sort.Search(len(t.words)-i, func(k int) bool { return !strings.HasPrefix(t.words[i+k], w) })
	if i < j && t.words[i] == w {
		i++
	}
	return uint32(i), uint32(j)
}

// fit is a term that a word may stand for.
type fit struct {
	term uint32
	level
}

// maxFits bounds the terms that one word stands for; of a short beginning there are thousands.
const maxFits = 400

// fits are the terms that a word may stand for, the best levels first. A word with a digit must be met as it is. company says that
// there are other words around it.
func (t *terms) fits(w string, company bool) []fit {
	var out []fit
	seen := map[uint32]int{}
	add := func(id uint32, l level) {
		if at, ok := seen[id]; ok {
			out[at].level = min(out[at].level, l)
			return
		}
		seen[id] = len(out)
		out = append(out, fit{id, l})
	}
	if id, ok := t.find(w); ok {
		add(id, exact)
	}
	if hasDigit(w) {
		return out
	}
	if len(w) >= 2 {
		from, to := t.beginning(w)
		for id := from; id < min(to, from+maxFits); id++ {
			add(id, prefix)
		}
	}
	if !isPlain(w) {
		return out
	}
	one, two := oneWrong, twoWrong
	if company {
		one, two = one-1, two-1
	}
	t.wrong(w, one, two, add)
	t.sounding(w, add)
	if rest := w[1:]; len(rest) >= oneWrong-1 && (w[0] == 'd' || w[0] == 'l') && isVowel(rest[0]) {
		t.elided(rest, add)
	}
	slices.SortStableFunc(out, func(a, b fit) int { return cmp.Compare(a.level, b.level) })
	return out[:min(len(out), maxFits)]
}

// wrong are terms with a letter or two in another place. A term is as long as a word must be. Hardly anybody gets the first letter wrong.
func (t *terms) wrong(w string, one, two int, add func(uint32, level)) {
	most := 0
	switch {
	case len(w) >= two:
		most = 2
	case len(w) >= one:
		most = 1
	default:
		return
	}
	t.eachShorter(w, most, func(h uint32) {
		each(t.deletes, h, func(id uint32) {
			n, ok := within(w, t.words[id], most)
			begins := t.words[id][0] == w[0]
			switch {
			case !ok || n == 0:
			case n == 1 && begins:
				add(id, edit1)
			case n == 1 || begins && len(t.words[id]) >= twoWrong-1:
				add(id, edit2)
			}
		})
	})
}

// elided are the terms of a word without an article that was written with it: "destournelle". They count as misspelt.
func (t *terms) elided(rest string, add func(uint32, level)) {
	behind := func(id uint32, l level) { add(id, max(l, edit1)) }
	if id, ok := t.find(rest); ok {
		behind(id, exact)
	}
	t.wrong(rest, oneWrong, twoWrong, behind)
	t.sounding(rest, behind)
}

func (t *terms) sounding(w string, add func(uint32, level)) {
	key := sound(w)
	if len(key) < 1 || len(w) < 3 && len(key) < len(w) {
		return
	}
	each(t.sounds, t.hash(key), func(id uint32) {
		if sound(t.words[id]) == key {
			add(id, alike)
		}
	})
	if len(key) < oneWrong {
		return
	}
	t.eachShorter(key, 1, func(h uint32) {
		each(t.blurs, h, func(id uint32) {
			if _, ok := within(key, sound(t.words[id]), 1); ok {
				add(id, roughly)
			}
		})
	})
}

// each term under a hash.
func each(list []uint64, hash uint32, take func(uint32)) {
	i := sort.Search(len(list), func(i int) bool { return uint32(list[i]>>32) >= hash })
	for ; i < len(list) && uint32(list[i]>>32) == hash; i++ {
		take(uint32(list[i]))
	}
}
