package intake

import "strings"

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// noise are words that one list writes and the next leaves out, for the same wine. They say nothing
// about which wine it is, so that they are not compared.
var noise = set(`le la les l un une de du des d of the di del della dell delle dei degli do da dos das el los las lo il gli
	a au aux en sur et and und e o by with
	chateau domaine winery wineries vineyard vineyards cellar cellars wine wines estate estates estancia family famille
	maison weingut bodega bodegas tenuta tenute azienda cantina fattoria vina vinedo
	organic bio vegan natural sustainable monopole cru aoc igt doc docg ac nv n co grosses gewachs gg lieu dit
	pere fils peres filles freres frere selection`)

// particles are written small inside a name, by language of the country.
var particles = map[string]map[string]bool{
	"FR": set("de du des d et à a au aux en sur le la les l sous un une ou"),
	"IT": set("di del della dell delle dei degli da dal e il la le lo al alla de in"),
	"ES": set("de del la las los el y en"),
	"PT": set("de do da dos das e o a"),
	"DE": set("von und zu zum der die das am im vom"),
	"AT": set("von und zu zum der die das am im vom"),
	"":   set("of the and by de du des d et la le del di y in with for"),
}

// colourWords name a colour; the value is the colour they name.
var colourWords = map[string]string{
	"rouge": "red", "red": "red", "rosso": "red", "tinto": "red", "rg": "red", "tinta": "red", "negre": "red", "rotwein": "red",
	"blanc": "white", "white": "white", "bianco": "white", "blanco": "white", "branco": "white", "weiss": "white", "blanche": "white",
	"rose": "rose", "rosado": "rose", "rosato": "rose", "pink": "rose", "rosada": "rose",
	"orange": "orange", "amber": "orange",
}

// manner are words about how a wine is made or graded. A head made of these, of grapes and of places
// names no producer.
var manner = set(`classico classic clasico class superiore superior sup riserva reserva reserve gran grand selezione seleccion
	crianza roble joven spatlese kabinett auslese beerenauslese trockenbeerenauslese eiswein icewine trocken dry sec brut extra
	demi moelleux doux late harvest vendange tardive passimento appassimento ripasso frizzante spumante sparkling cava metodo
	premier cru vieilles vignes old vine vines blend cuvee vin vino vinho wine table mesa leve tradition gold goldkap cap single
	vineyard qvevri szamorodni aszu puttonyos furmint nouveau sur lie vendemmia oak oaked unoaked barrel
	cabernet sauv cab vintage port sauvignon pays tierra bordeaux lightly light lighter nature sweet semi
	collection series traditional ruby tawny sherry fino`)

// generic heads name neither producer nor place.
var generic = set(`red white rose blend wine cuvee blanco bianco tinto table rouge blanc`)
