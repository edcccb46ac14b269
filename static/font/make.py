#!/usr/bin/env python3
"""Makes eb-garamond.woff2: EB Garamond, weights 400-600, cut down to what a European wine catalogue writes.

usage: make.py PACKAGE eb-garamond.woff2

PACKAGE is the unpacked npm package @expo-google-fonts/eb-garamond 0.4.3, which holds the whole static
fonts: the web subsets of other packages lack the old-style figures that the years of this shop are set
in. The cuts 400 and 600 become the ends of one weight axis. Needs fonttools and brotli (Debian:
python3-fonttools python3-brotli).

One glyph is changed. Garamond's old-style one is a Roman I, and 1990 must not read as I990: it is
replaced by the lining one of a heavier cut, brought down to the height of its neighbours. The licence
allows that, and no name is reserved.
"""
import sys
from io import BytesIO

from fontTools import subset, varLib
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

CHARACTERS = [
    *range(0x20, 0x7F), *range(0xA0, 0x180),  # Latin-1, Latin Extended-A
    0x218, 0x219, 0x21A, 0x21B,  # Romanian
    0x2009, 0x200A, 0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026,
    0x202F, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2116, 0x2122, 0x2153, 0x215B, 0x2212, 0x2248,
]
FEATURES = ["kern", "liga", "locl", "onum", "lnum", "pnum", "tnum", "mark", "ccmp", "smcp"]
SMALL_CAPITALS = "abcdefghijklmnopqrstuvwxyzàâäçèéêëîïñóôöùûüß"  # those of all letters would take 25 kB


def lower_one(font, heavier):
    """Draws the old-style one as the lining one of a heavier cut, whose stems shrink to this cut's."""
    across, up = 0.76, 0.645
    tall = heavier["glyf"]["one.lf"]
    for name in ("one.osf", "one.tosf"):
        width = font["hmtx"][name][0] if name == "one.tosf" else round(heavier["hmtx"]["one.lf"][0] * across)
        pen = TTGlyphPen(None)
        shift = (width - (tall.xMin + tall.xMax) * across) / 2
        tall.draw(TransformPen(pen, (across, 0, 0, up, shift, 0)), heavier["glyf"])
        font["glyf"][name] = glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, round(glyph.xMin))


def cut(path, heavier):
    options = subset.Options(layout_features=FEATURES, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], hinting=False,
                             glyph_names=True, notdef_outline=True)
    font = TTFont(path)
    lower_one(font, TTFont(heavier))
    keep_small_capitals(font)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    for table in ("STAT", "gasp", "prep"):
        if table in font:
            del font[table]
    buffer = BytesIO()
    font.save(buffer)
    return TTFont(BytesIO(buffer.getvalue()))


def keep_small_capitals(font):
    """Drops all other glyphs from the feature smcp, so that the subset need not hold them."""
    kept = {font.getBestCmap()[ord(c)] for c in SMALL_CAPITALS}
    gsub = font["GSUB"].table
    lookups = {i for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == "smcp" for i in r.Feature.LookupListIndex}
    for i in lookups:
        for table in gsub.LookupList.Lookup[i].SubTable:
            table = getattr(table, "ExtSubTable", table)
            if hasattr(table, "mapping"):
                table.mapping = {g: s for g, s in table.mapping.items() if g in kept}


def file_of(package, name):
    return f"{package}/{name}/EBGaramond_{name}.ttf"


def main(package, out):
    space = DesignSpaceDocument()
    space.addAxis(AxisDescriptor(tag="wght", name="Weight", minimum=400, default=400, maximum=600))
    for weight, name, heavier in ((400, "400Regular", "500Medium"), (600, "600SemiBold", "700Bold")):
        master = cut(file_of(package, name), file_of(package, heavier))
        space.addSource(SourceDescriptor(font=master, location={"Weight": weight}, familyName="EB Garamond"))
    font, _, _ = varLib.build(space)
    font["post"].formatType = 3.0
    font.flavor = "woff2"
    font.save(out)


main(*sys.argv[1:])
