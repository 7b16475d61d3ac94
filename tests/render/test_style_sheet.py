"""The theme's style sheet: small, legible in both schemes, at home in any direction."""

import gzip
import re

import pytest

from generator.model.players import CHART, LOW, POST, TALL, WIDE
from tests.support.pages import PAGES, THEME, html_of


@pytest.fixture(scope="module")
def css() -> str:
    """The style sheet without its comments."""
    text = (THEME / "site.css").read_text("utf-8")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def test_it_is_small() -> None:
    assert len(gzip.compress((THEME / "site.css").read_bytes(), 6)) < 10_000


def palette(css: str, scheme: str) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w{6});", block)) for block in blocks[:2])
    return {"light": light, "dark": {**light, **dark}}[scheme]


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it, of `#rrggbb`."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_reckoned_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_enough_contrast(css: str, scheme: str) -> None:
    colours = palette(css, scheme)
    texts = colours.keys() - {"paper", "tint", "rule"}
    assert texts == {"ink", "soft", "accent", "code-string", "code-number", "code-name"}
    for text in sorted(texts):
        for ground in ("paper", "tint"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def test_every_colour_is_one_of_the_palette(css: str) -> None:
    rules = re.sub(r":root \{.*?\}", "", css, flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch)\(|: (?:white|black)\b", rules)


def test_nothing_knows_left_from_right(css: str) -> None:
    sided = r"(?:margin|padding|border|inset)-(?:left|right)|(?:^|[;{ ])(?:left|right)\s*:"
    assert not re.findall(sided, css)
    assert not re.findall(r"(?:float|clear|text-align)\s*:\s*(?:left|right)", css)


def test_it_asks_nobody_else(css: str) -> None:
    assert re.findall(r"@import|url\([^)]*\)", css) == ['url("display.woff2")']


def test_its_face_is_small_free_and_has_the_letters_that_it_claims(css: str) -> None:
    face = THEME / "display.woff2"
    assert len(face.read_bytes()) <= 30_000
    licence = face.with_name("display.woff2.license").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    [claimed] = re.findall(r"unicode-range: ([^;]*);", css)
    ranges = [part.split("-") for part in claimed.replace("U+", "").split(", ")]
    for letter in "AZaz09ÉéßŁłŽžЇїЄєҐґЯя№€\u2013\u2014\u2019\u201c\u201d":
        assert any(int(r[0], 16) <= ord(letter) <= int(r[-1], 16) for r in ranges), letter


def test_what_stands_in_for_the_face_is_as_wide(css: str) -> None:
    """Faces of readers' own are scaled, and their lines are as high: nothing moves."""
    stand_ins = re.findall(
        r'"(Broadsheet \w+)"; src: local.*?size-adjust: ([\d.]+)%.*?'
        r"ascent-override: ([\d.]+)%; descent-override: ([\d.]+)%",
        css,
    )
    assert len(stand_ins) == 3
    [stack] = re.findall(r"--display: ([^;]*);", css)
    for name, size, ascent, descent in stand_ins:
        assert f'"{name}"' in stack
        assert float(size) * float(ascent) / 100 == pytest.approx(108.2, abs=0.3)
        assert float(size) * float(descent) / 100 == pytest.approx(25.1, abs=0.3)


def test_every_class_is_in_use(css: str) -> None:
    attributes = (re.findall(r'class="([^"]*)"', html_of(name)) for name in PAGES)
    used = {word for found in attributes for value in found for word in value.split()}
    styled = set(re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", css))
    of_bodies = {"table", "align-right", "align-center", "dateline"}
    of_bodies |= {"pullquote", "aside", "factbox", "gallery"}
    of_bodies |= {"frame", *(f"frame-{shape}" for shape in (WIDE, CHART, TALL, LOW, POST))}
    of_bodies |= {f"focus-{axis}{step}" for axis in "xy" for step in range(5)}
    pygments = {name for name in styled if len(name) <= 3}
    labels = {name for name in styled if name.startswith("label-")}
    notes = {name for name in styled if name.startswith("footnote")}
    assert styled - of_bodies - notes - pygments - labels <= used
