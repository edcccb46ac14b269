package component

// Glass and capsule are told by place and wine; a drawing stands on light and on dark paper alike, so its
// colours are not those of the page.

// glass is the colour of bottle and wine together.
func glass(shape, colour string) string {
	if c, ok := glassOf[shape+" "+colour]; ok {
		return c
	}
	if c, ok := glassOf["* "+colour]; ok {
		return c
	}
	if c, ok := glassOf[shape]; ok {
		return c
	}
	return glassOf["bordeaux"]
}

var glassOf = map[string]string{
	"bordeaux": "#22332a", "burgundy": "#414827", "rhone": "#383f28", "champagne": "#1f3d2e", "flute": "#4b6d48",
	"port": "#1d1a18", "bocksbeutel": "#46613a",
	"bordeaux white": "#8d9457", "burgundy white": "#8b8640", "rhone white": "#8a8a4a", "flute red": "#3c3a24",
	"flute sweet": "#8a6a2b", "champagne sweet": "#1f3d2e", "bocksbeutel sweet": "#46613a",
	"* sweet": "#c98f2e", "* rose": "#dc9a86", "* orange": "#c47a35", "port white": "#b58a3c", "port fortified": "#1d1a18",
}

// capsules by shape: the first paint is the foil, the second its edge.
var capsules = map[string][][2]string{
	"champagne": {{"#b8964a", "#8a6c2c"}, {"#20201f", "#b8964a"}, {"#7a1730", "#b8964a"}, {"#e2d5b4", "#a98f57"}, {"#1f3a55", "#b8964a"}},
	"port":      {{"#5c1322", "#40101a"}, {"#191716", "#2b2826"}, {"#22314c", "#162136"}},
	"":          {{"#6b1429", "#4c0d1c"}, {"#1e1c1c", "#3a3633"}, {"#20304f", "#b8964a"}, {"#b8964a", "#8a6c2c"}, {"#3a1320", "#b8964a"}, {"#1e3d30", "#122a20"}, {"#8e2a24", "#6a1c18"}},
}

func capsule(shape string, hash uint32) (foil, edge string) {
	choice, ok := capsules[shape]
	if !ok {
		choice = capsules[""]
	}
	pair := choice[(hash>>8)%uint32(len(choice))]
	return pair[0], pair[1]
}

// hash is FNV-1a: stable over versions and processes, for a bottle must not change its dress overnight.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
