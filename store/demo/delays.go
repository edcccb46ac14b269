package demo

// delays are years from harvest to sale where neither kind nor label tells: by appellation (the law's
// ageing) or by wine (the house's own).
var delays = map[string]int{
	"barolo":                     4,
	"barbaresco":                 3,
	"brunello-di-montalcino":     5,
	"taurasi":                    5,
	"amarone-della-valpolicella": 5,
	"bolgheri-sassicaia":         3,
	"chateau-chalon":             7,
	"vin-santo-di-montepulciano": 12,

	// Latour has sold what is ready since its 2012 left the campaigns; Gilette rests twenty years in the vat.
	"chateau-latour":      9,
	"les-forts-de-latour": 7,
	"chateau-gilette":     22,
	"chateau-d-yquem":     3,
	"chateau-climens":     3,

	"dom-perignon":                                   10,
	"dom-perignon-p2":                                16,
	"dom-perignon-rose":                              12,
	"krug-vintage":                                   13,
	"krug-clos-du-mesnil":                            15,
	"krug-clos-d-ambonnay":                           15,
	"salon-cuvee-s-le-mesnil-blanc-de-blancs":        12,
	"louis-roederer-cristal-rose":                    11,
	"bollinger-la-grande-annee":                      10,
	"bollinger-r-d":                                  15,
	"bollinger-vieilles-vignes-francaises":           11,
	"taittinger-comtes-de-champagne-blanc-de-blancs": 11,
	"ruinart-dom-ruinart-blanc-de-blancs":            12,
	"ruinart-dom-ruinart-rose":                       15,
	"charles-heidsieck-blanc-des-millenaires":        11,
	"rare-brut":                                      12,

	"monfortino": 7,
	"biondi-santi-brunello-di-montalcino-riserva":          7,
	"giacomo-conterno-barolo-francia":                      4,
	"quintarelli-amarone-della-valpolicella-classico":      8,
	"quintarelli-alzero":                                   8,
	"dal-forno-amarone-della-valpolicella-monte-lodoletta": 6,
	"bertani-amarone-della-valpolicella-classico":          10,

	"vega-sicilia-unico":                10,
	"vega-sicilia-valbuena-5o":          5,
	"vina-tondonia-reserva":             12,
	"vina-tondonia-gran-reserva":        20,
	"vina-tondonia-blanco-gran-reserva": 20,
	"vina-bosconia-gran-reserva":        20,
	"castillo-ygay":                     13,
	"la-rioja-alta-gran-reserva-890":    14,
	"la-rioja-alta-gran-reserva-904":    9,
	"vina-ardanza":                      7,
	"prado-enea":                        9,
	"barca-velha":                       9,
	"casa-ferreirinha-reserva-especial": 8,

	// A tawny of a hundred years: none of the years that the catalogue knows is old enough.
	"seppeltsfield-100-year-old-para-vintage-tawny": 100,

	"nikolaihof-vinothek-riesling": 16,
	"penfolds-grange":              4,
	"chateau-musar":                7,
}
