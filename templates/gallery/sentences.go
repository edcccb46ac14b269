package gallery

// sentences are the words that the server composes from facts; here they are fixed.
var sentences = map[string]map[string]string{
	"fr": {
		"health": "L’abus d’alcool est dangereux pour la santé. À consommer avec modération.",
		"demo":   "Prix, notes et stocks de démonstration.",
		"minors": "La vente d’alcool à des mineurs de moins de 18 ans est interdite.",
		"lead":   "Rouge de Margaux, premier grand cru classé en 1855. Cabernet sauvignon, merlot, petit verdot et cabernet franc.",
		"window": "de 2000 à 2045, à son apogée de 2010 à 2030", "intro": "Les plus beaux vins du monde, millésime par millésime.",
		"tax": "Prix TTC. Contient des sulfites.", "from": "dès ", "wines": " vins", "shelf": "À point cette année", "all": "Tous les millésimes",
		"gone": "Ce millésime a quitté nos chais. Voici ceux qui l’entourent.", "last": "Dernier prix : ",
	},
	"de": {
		"demo": "Preise, Punkte und Bestände sind Demonstrationsdaten.",
		"lead": "Edelsüßer Riesling von der Wehlener Sonnenuhr an der Mittelmosel, aus der Großen Lage des Weinguts. Goldkapsel nennt das Haus seine feinsten Auslesen.", "window": "von 2000 bis 2045, auf dem Höhepunkt von 2010 bis 2030",
		"intro": "Große Weine der Welt, Jahrgang für Jahrgang.", "tax": "Preise inkl. MwSt. Enthält Sulfite.", "from": "ab ", "wines": " Weine",
		"shelf": "In diesem Jahr trinkreif", "all": "Alle Jahrgänge", "gone": "Dieser Jahrgang hat unsere Keller verlassen.", "last": "Letzter Preis: ",
	},
	"en": {
		"demo": "Prices, scores and stock are demonstration data.", "lead": "Red Margaux, first growth of 1855. Cabernet Sauvignon, Merlot, Petit Verdot and Cabernet Franc.",
		"window": "from 2000 to 2045, at its best from 2010 to 2030", "intro": "The great wines of the world, year by year.", "tax": "Prices incl. VAT. Contains sulphites.",
		"from": "from ", "wines": " wines", "shelf": "Ready to drink this year", "all": "All vintages", "gone": "This vintage has left our cellars.", "last": "Last price: ",
	},
	"zh": {
		"demo": "價格、評分及庫存均為示範數據。", "lead": "波雅克紅酒，1855年一級名莊。赤霞珠、梅洛、品麗珠及小維多混釀。",
		"window": "2000年至2045年飲用，2010年至2030年為巔峰", "intro": "逐個年份，盡覽世界名釀。", "tax": "價格已含稅。含亞硫酸鹽。", "from": "由 ", "wines": " 款",
		"shelf": "今年適飲", "all": "全部年份", "gone": "此年份已售罄。", "last": "上次售價：",
	},
}
