package i18n

import "slices"

// Locale is a language together with the habits of a place, as a BCP 47 tag: "fr-BE", "zh-Hant-HK".
// It decides words and formats and nothing else; prices, taxes and stock belong to the market.
type Locale string

// Locales returns the 17 locales of the 14 markets, in the markets' order. The slice is the caller's own.
func Locales() []Locale {
	return []Locale{
		"fr-FR", "fr-BE", "nl-BE", "fr-LU", "de-CH", "fr-CH", "de-DE", "de-AT", "en-GB", "en-IE",
		"it-IT", "es-ES", "pt-PT", "nl-NL", "en-US", "zh-Hant-HK", "en-HK",
	}
}

// Known reports whether l is one of Locales.
func (l Locale) Known() bool { return slices.Contains(Locales(), l) }

// Language returns the language without script and place: "fr", "en", "de", "it", "es", "pt", "nl" or "zh".
func (l Locale) Language() string {
	for i := range len(l) {
		if l[i] == '-' {
			return string(l[:i])
		}
	}
	return string(l)
}

// Tag returns the value of the HTML lang attribute and of hreflang.
func (l Locale) Tag() string { return string(l) }

// file returns the name, without ".json", of the message file that holds the words of l's language. It is also the tag
// whose plural rules apply: CLDR's "pt" is Brazilian and says "0 garrafa", pt-PT says "0 garrafas".
func (l Locale) file() string {
	switch l.Language() {
	case "pt":
		return "pt-PT"
	case "zh":
		return "zh-Hant"
	}
	return l.Language()
}

// nearest returns l when it is known, else the first known locale of its language, else en-GB.
func nearest(l Locale) Locale {
	if l.Known() {
		return l
	}
	for _, known := range Locales() {
		if known.Language() == l.Language() {
			return known
		}
	}
	return "en-GB"
}
