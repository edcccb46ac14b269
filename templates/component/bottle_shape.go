package component

// A seg is one piece of a bottle's right-hand outline, from the lip down, in millimetres of a 75 cl bottle:
// x from the axis, y from the top. A line has two numbers {x, y}, a cubic curve six.
type seg []float64

// A shape is a silhouette. Measures are those of usual bottles, from makers' technical sheets, rounded.
type shape struct {
	height  float64
	radius  float64 // of the body
	top     float64 // x of the first point, at y 0
	outline []seg
	capsule float64 // y of its lower edge
	collar  float64 // y of a strip on the shoulder, as Burgundy and Champagne have; 0 for none
	label   span    // where the front label stands
}

type span struct{ from, to float64 }

var shapes = map[string]*shape{
	"bordeaux": {
		height: 300, radius: 37.5, top: 14.2, capsule: 66, label: span{158, 252},
		outline: []seg{
			{15, 1, 15, 6.5, 14.2, 8}, {13.6, 10}, {13.9, 76}, {14.2, 99, 37.5, 93, 37.5, 122},
			{37.3, 289}, {37.3, 296, 34, 300, 29, 300},
		},
	},
	"burgundy": {
		height: 298, radius: 41, top: 14.4, capsule: 62, collar: 118, label: span{186, 266},
		outline: []seg{
			{15.2, 1, 15.2, 6.5, 14.4, 8}, {13.8, 10}, {14.2, 66}, {16, 126, 41, 124, 41, 177},
			{40.8, 287}, {40.8, 294, 37, 298, 32, 298},
		},
	},
	"rhone": {
		height: 300, radius: 39.5, top: 14.4, capsule: 64, label: span{176, 262},
		outline: []seg{
			{15.2, 1, 15.2, 6.5, 14.4, 8}, {13.8, 10}, {14.1, 70}, {15, 118, 39.5, 110, 39.5, 158},
			{39.3, 289}, {39.3, 296, 36, 300, 31, 300},
		},
	},
	"champagne": {
		height: 312, radius: 44, top: 9, capsule: 104, collar: 0, label: span{196, 276},
		outline: []seg{
			{14, 0, 16.8, 3, 16.8, 9}, {16.8, 14, 14.6, 15, 14.6, 19}, {16.4, 21}, {16.4, 26}, {14.8, 28}, {15.2, 78},
			{17.5, 142, 44, 132, 44, 190}, {43.8, 300}, {43.8, 308, 39, 312, 33, 312},
		},
	},
	"flute": {
		height: 332, radius: 38, top: 14, capsule: 62, label: span{216, 296},
		outline: []seg{
			{14.8, 1, 14.8, 6.5, 14, 8}, {13.4, 10}, {13.6, 58}, {15, 118, 38, 146, 38, 216},
			{37.8, 321}, {37.8, 328, 34.5, 332, 29, 332},
		},
	},
	"port": {
		height: 290, radius: 38, top: 15, capsule: 40, label: span{150, 246},
		outline: []seg{
			{16, 1, 16, 8, 15, 10}, {14.2, 12}, {19.4, 28, 14.4, 56, 14.6, 78}, {14.6, 98, 38, 90, 38, 117},
			{37.8, 279}, {37.8, 286, 34, 290, 29, 290},
		},
	},
	"bocksbeutel": {
		height: 216, radius: 68, top: 14, capsule: 44, label: span{104, 182},
		outline: []seg{
			{14.8, 1, 14.8, 6.5, 14, 8}, {13.4, 10}, {13.6, 46}, {14, 66, 28, 66, 44, 77},
			{60, 88, 68, 110, 68, 134}, {68, 168, 58, 196, 43, 212}, {40, 215, 38, 216, 34, 216},
		},
	},
}

func shapeOf(name string) *shape {
	if s, ok := shapes[name]; ok {
		return s
	}
	return shapes["bordeaux"]
}

// heights of bottles in millimetres by millilitres, in rising order; what lies between is interpolated.
var heights = []struct{ volume, height float64 }{
	{187, 200}, {375, 250}, {500, 270}, {750, 300}, {1000, 318}, {1500, 360}, {3000, 450}, {5000, 525}, {6000, 560},
	{9000, 635}, {12000, 700}, {15000, 750}, {18000, 790},
}

// scale is how much taller and wider than 75 cl a bottle of a volume is: the body is a cylinder, so its
// width follows from volume and height.
func scale(volume int) (x, y float64) {
	v := float64(volume)
	if v <= 0 {
		v = 750
	}
	y = heightOf(v) / 300
	return sqrt(v / 750 / y), y
}

func heightOf(v float64) float64 {
	last := heights[0]
	for _, h := range heights {
		if v <= h.volume {
			if h.volume == last.volume {
				return h.height
			}
			return last.height + (h.height-last.height)*(v-last.volume)/(h.volume-last.volume)
		}
		last = h
	}
	return last.height
}
