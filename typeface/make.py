"""Makes `layouts/display.woff2`, the face of the theme's headlines, from its npm package.

    make face

takes the parts of Playfair Display Bold (Latin, more Latin, Cyrillic) that the package
`@fontsource/playfair-display` has, keeps the letters of `LETTERS`, with kerning, ligatures and
figures as high as capitals, and writes them as one file, with its licence beside it. The faces that
stand in for it until it arrives are scaled in `layouts/site.css`: `size-adjust` is its width over
theirs (a page of headlines set in both), `ascent-override` and `descent-override` are its own
heights, 1.082 and 0.251, over that. What Georgia and Times measure, Gelasio and Tinos measure too.
"""

import io
import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PARTS = ("latin", "latin-ext", "cyrillic")
LETTERS = frozenset(
    (
        *range(0x20, 0x7F),  # Basic Latin
        *range(0xA0, 0x180),  # Latin-1, Latin Extended-A: all of Europe's
        *(0x218, 0x219, 0x21A, 0x21B, 0x1E9E),  # Romanian, the German capital ß
        *range(0x401, 0x450),  # Cyrillic: Bulgarian, Russian, Serbian, Ukrainian and others
        *range(0x451, 0x460),
        *(0x490, 0x491),  # the Ukrainian Ґ
        *(0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E),  # dashes and quotes
        *(0x2026, 0x2039, 0x203A, 0x20AC, 0x2116, 0x2212),  # … < > € № and a true minus
    )
)
LINING = "lnum"
KEPT = ["kern", "liga", "locl", LINING]
NAME = "Broadsheet Display"
"""The licence reserves the name of the face for the whole of it."""
NAMES = {
    1: NAME,
    3: f"{NAME} Bold",
    4: f"{NAME} Bold",
    6: "BroadsheetDisplay-Bold",
    13: "SIL Open Font License, Version 1.1",
    14: "https://openfontlicense.org",
}


def part(file: Path) -> TTFont:
    """The letters to keep of one of the package's files."""
    font = TTFont(file)
    options = Options(layout_features=KEPT, hinting=False, desubroutinize=True, notdef_outline=True)
    options.drop_tables += ["DSIG", "STAT", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    return font


def merged(files: list[Path]) -> TTFont:
    """The package's files as one font, its figures as high as capitals."""
    parts = []
    for file in files:
        font, stream = part(file), io.BytesIO()
        font.flavor = None
        font.save(stream)
        stream.seek(0)
        parts.append(stream)
    return Merger().merge(parts)


def lining(font: TTFont) -> None:
    """Make the figures that stand as high as capitals the ones that are shown."""
    swaps = {}
    table = font["GSUB"].table
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == LINING:
            for index in record.Feature.LookupListIndex:
                for subtable in table.LookupList.Lookup[index].SubTable:
                    swaps |= getattr(subtable, "ExtSubTable", subtable).mapping
    for cmap in font["cmap"].tables:
        cmap.cmap = {code: swaps.get(name, name) for code, name in cmap.cmap.items()}


def finished(font: TTFont) -> TTFont:
    """The font with nothing in it that no letter needs."""
    options = Options(layout_features=[tag for tag in KEPT if tag != LINING], hinting=False)
    options.name_IDs = [*NAMES, 0, 2, 5]
    options.glyph_names = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    for number, text in NAMES.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font.flavor = "woff2"
    return font


def main(package: Path, target: Path) -> None:
    """Write the face, and its licence beside it."""
    files = [package / f"files/playfair-display-{name}-700-normal.woff2" for name in PARTS]
    font = merged(files)
    lining(font)
    finished(font).save(target)
    licence = (package / "LICENSE").read_text("utf-8")
    target.with_name(target.name + ".license").write_text(licence, "utf-8")
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
