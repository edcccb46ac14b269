#!/usr/bin/env python3
"""Makes the fonts of the documents: TrueType, for that is what the PDF library embeds, and static.

usage: make.py GARAMOND NOTO FOLDER

GARAMOND is the unpacked npm package @expo-google-fonts/eb-garamond 0.4.3, NOTO is
@expo-google-fonts/noto-serif-hk 0.4.3; both are under the SIL Open Font License (OFL.txt). Needs
fonttools (Debian: python3-fonttools).

  garamond-regular.ttf, garamond-semibold.ttf  the Latin letters that names and addresses need
  noto-serif-hk.ttf.gz                         Big5 with the characters of Hong Kong (HKSCS), as far as they are in
                                               Unicode's first plane: the library knows no other
  latin.txt, chinese.txt                       the characters that they have, in order

A PDF is set without OpenType features. The figures that Garamond shows then are lining ones of one width, so
that amounts stand below each other.
"""
import gzip
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

LATIN = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x18F, 0x192, 0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1CD, 0x1DD),
    *range(0x218, 0x21C), *range(0x1E80, 0x1E86), *range(0x1EA0, 0x1EFA),
    0x2009, 0x200A, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026,
    0x202F, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2116, 0x2122, 0x2153, 0x2154, 0x215B, 0x2212, 0x2248, 0x25A1,
    *range(0x391, 0x3A2), *range(0x3A3, 0x3CA), *range(0x400, 0x460),  # Greek and Cyrillic names
]

def chinese():
    """What Big5-HKSCS can write, and the forms of full width."""
    found = set(range(0x3000, 0x3020)) | set(range(0xFF01, 0xFF5F)) | {0x3013}
    for lead in range(0x81, 0xFF):
        for trail in [*range(0x40, 0x7F), *range(0xA1, 0xFF)]:
            try:
                found.update(ord(c) for c in bytes([lead, trail]).decode("big5hkscs"))
            except UnicodeDecodeError:
                pass
    return {c for c in found if 0x2E80 <= c <= 0xFFFF}


def cut(path, characters, out):
    font = TTFont(path)
    has = font.getBestCmap()
    kept = sorted(c for c in characters if c in has)
    options = subset.Options(layout_features=[], hinting=False, glyph_names=False, notdef_outline=True,
                             name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], drop_tables=["GSUB", "GPOS", "GDEF", "STAT", "VORG", "vhea", "vmtx", "BASE", "DSIG"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    for table in font["cmap"].tables[:]:
        if table.format != 4:
            font["cmap"].tables.remove(table)
    font.recalcTimestamp = False
    font.save(out)
    return kept


def write(path, characters):
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(map(chr, characters)))


def main(garamond, noto, folder):
    for weight, name in (("400Regular", "regular"), ("600SemiBold", "semibold")):
        kept = cut(f"{garamond}/{weight}/EBGaramond_{weight}.ttf", LATIN, f"{folder}/garamond-{name}.ttf")
        write(f"{folder}/latin.txt", kept)
    plain = f"{folder}/noto-serif-hk.ttf"
    kept = cut(f"{noto}/400Regular/NotoSerifHK_400Regular.ttf", chinese(), plain)
    write(f"{folder}/chinese.txt", kept)
    with open(plain, "rb") as file, open(plain + ".gz", "wb") as packed:
        with gzip.GzipFile("", "wb", 9, packed, mtime=0) as out:
            out.write(file.read())


main(*sys.argv[1:])
