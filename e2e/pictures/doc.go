// Command pictures makes a picture of every page type, to look at it:
//
//	make pictures                       all: pictures/<type>-<locale>-<width>-<light|dark>.png
//	make pictures ONLY=vintage          those whose name contains it
//	make pictures ONLY=wine-de-360
//
// Widths are a phone's, a tablet's and a desktop's (360, 768, 1280 px), each light and dark; locales are French, German (long words) and
// Chinese of Hong Kong. The real binary serves the demonstration catalogue from databases of its own, so what is seen is
// what shoppers see. Animations are off and the whole page is taken, not only the first screen.
package main
