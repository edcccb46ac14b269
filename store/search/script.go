package search

import "strings"

// romanised writes a word of another script in Latin letters, by sound: the last resort for names that no list has. Scripts that it does
// not know stay as they are.
func romanised(word string) string {
	var b strings.Builder
	runes := []rune(word)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if r >= 'ァ' && r <= 'ヶ' {
			i += kana(&b, runes[i:]) - 1
			continue
		}
		if to, ok := roman[r]; ok {
			b.WriteString(to)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// kana writes one syllable and says how many signs it took.
func kana(b *strings.Builder, s []rune) int {
	if len(s) > 1 {
		if to, ok := pairs[string(s[:2])]; ok {
			b.WriteString(to)
			return 2
		}
	}
	b.WriteString(syllables[s[0]])
	return 1
}

var roman = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "j", 'з': "z", 'и': "i", 'й': "i", 'к': "k", 'л': "l", 'м': "m", 'н': "n",
	'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "h", 'ц': "ts", 'ч': "ch", 'ш': "ch", 'щ': "ch", 'ъ': "", 'ы': "i", 'ь': "",
	'э': "e", 'ю': "u", 'я': "ia", 'і': "i", 'ї': "i", 'є': "e", 'ґ': "g",
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l", 'μ': "m", 'ν': "n", 'ξ': "x", 'ο': "o",
	'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t", 'υ': "i", 'φ': "f", 'χ': "h", 'ψ': "ps", 'ω': "o", 'ー': "",
}

var syllables = tableOf("アa イi ウu エe オo カka キki クku ケke コko ガga ギgi グgu ゲge ゴgo サsa シshi スsu セse ソso ザza ジji ズzu ゼze ゾzo " +
	"タta チchi ツtsu テte トto ダda ヂji ヅzu デde ドdo ナna ニni ヌnu ネne ノno ハha ヒhi フfu ヘhe ホho バba ビbi ブbu ベbe ボbo パpa ピpi プpu ペpe ポpo " +
	"マma ミmi ムmu メme モmo ヤya ユyu ヨyo ラra リri ルru レre ロro ワwa ヲo ンn ヴv ッ ァa ィi ゥu ェe ォo ャya ュyu ョyo")

var pairs = map[string]string{
	"シャ": "cha", "シュ": "chu", "ショ": "cho", "シェ": "che", "チャ": "cha", "チュ": "chu", "チェ": "che", "チョ": "cho", "ジャ": "ja", "ジュ": "ju", "ジョ": "jo", "ジェ": "je",
	"ティ": "ti", "ディ": "di", "デュ": "du", "テュ": "tu", "トゥ": "tou", "ドゥ": "dou", "ファ": "fa", "フィ": "fi", "フェ": "fe", "フォ": "fo", "フュ": "fu",
	"ヴァ": "va", "ヴィ": "vi", "ヴェ": "ve", "ヴォ": "vo", "ヴュ": "vu", "リュ": "ru", "リョ": "ryo", "ニュ": "nu", "ニョ": "nio", "ミュ": "mu", "ピュ": "pu", "ビュ": "bu", "キュ": "ku", "ギュ": "gu",
	"クァ": "kwa", "クリ": "kri", "グラ": "gra", "ブラ": "bra", "クロ": "klo", "トロ": "tro", "フラ": "fra", "プル": "pru", "ドル": "dor",
}

func tableOf(list string) map[rune]string {
	out := map[rune]string{}
	for entry := range strings.FieldsSeq(list) {
		runes := []rune(entry)
		out[runes[0]] = string(runes[1:])
	}
	return out
}
