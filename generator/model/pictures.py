"""Picture files: what their first bytes tell, and what is published of one."""

import re
from types import MappingProxyType

from generator.model.values import frozen

TIFF_HEADS = (b"II*\0", b"MM\0*")
"""How a TIFF begins, and a raw photograph that is one."""
RAW = "a raw photograph"
UNSHOWN = MappingProxyType(
    {
        **dict.fromkeys(("heic", "heif", "hif"), "a HEIC"),
        **dict.fromkeys(("tif", "tiff"), "a TIFF"),
        **dict.fromkeys(("dng", "cr2", "cr3", "nef", "arw", "orf", "raf", "rw2"), RAW),
        "jp2": "a JPEG 2000",
        "jxl": "a JPEG XL",
        "psd": "a Photoshop file",
        "ai": "an Illustrator file",
        "eps": "an EPS",
        "pdf": "a PDF",
    }
)
"""What few browsers show as a picture, by how its name ends."""
STEPS = 4
"""Steps from edge to edge in which a focus is told: a style sheet has a class for each."""
MIDDLE = STEPS // 2
WORDS: dict[str, tuple[str, float]] = {
    "left": ("x", 0.0),
    "right": ("x", 1.0),
    "top": ("y", 0.0),
    "upper": ("y", 0.25),
    "lower": ("y", 0.75),
    "bottom": ("y", 1.0),
    "center": ("", 0.5),
    "centre": ("", 0.5),
    "middle": ("", 0.5),
}
BETWEEN = re.compile(r"[\s,/]+|(?<=[a-zA-Z])-(?=[a-zA-Z])")
FOCUS_HINT = "Write two numbers from left and top, such as 0.3,0.4, or words such as left-top."


@frozen
class Raster:
    """What is known of a picture made of pixels.

    `format` is the one of its bytes, as Pillow calls it. `key` stands for these bytes and for the
    codecs of this machine: equal keys, equal encodings. `is_plain` when it could be shown as it
    is: upright, in sRGB, with 8 bits a channel. `credit` and `caption` are those in the file.
    """

    format: str
    key: str
    is_plain: bool = True
    has_alpha: bool = False
    frames: int = 1
    credit: str = ""
    caption: str = ""


@frozen
class Seen:
    """What a look at a file shows: pixels (0 when unknown) as browsers turn them.

    `raster` is None for a drawing and for what is no picture; `fault` says what is wrong with a
    picture that cannot be shown, `doubt` what is strange about a file of its name. Of a sound or
    film, `seconds` is how long it takes; `tells` is what a document tells beside its text.
    """

    width: int = 0
    height: int = 0
    raster: Raster | None = None
    fault: str = ""
    doubt: str = ""
    seconds: int = 0
    tells: str = ""


NOTHING_SEEN = Seen()


@frozen
class Focus:
    """What of a picture must stay when edges are cut off: steps from left and from top."""

    x: int = MIDDLE
    y: int = MIDDLE

    @property
    def classes(self) -> str:
        """The classes by which the style sheet keeps it in view; none for the middle."""
        found = (f"focus-{axis}{at}" for axis, at in (("x", self.x), ("y", self.y)) if at != MIDDLE)
        return " ".join(found)


UPRIGHT = Focus(MIDDLE, 1)
"""Where faces are in a picture that is higher than wide."""


def focus_of(written: object) -> Focus | None:
    """The focus that somebody wrote: two numbers from 0 to 1, or words; None for anything else."""
    parts = written if isinstance(written, list | tuple) else BETWEEN.split(str(written))
    words = [str(part).strip().lower() for part in parts if str(part).strip()]
    if words and all(word in WORDS for word in words):
        named = dict(WORDS[word] for word in words)
        return Focus(_step(named.get("x", 0.5)), _step(named.get("y", 0.5)))
    try:
        x, y = (float(word) for word in words)
    except ValueError:
        return None
    return Focus(_step(x), _step(y)) if 0 <= x <= 1 and 0 <= y <= 1 else None


def _step(part: float) -> int:
    return round(part * STEPS)


@frozen
class Rendition:
    """A picture to be made of another: what its bytes follow from.

    `key` is the one of the source's Raster. The source, upright, is first made `base` pixels wide,
    whatever else is made of it: so one rendition's bytes never follow from another's. The `box`
    (left, top, width, height; pixels of the upright source, all 0 for the whole) is scaled to
    `width` and `height`. `format` is that of the result: `webp`, `avif`, `jpeg`, `png` or `gif`.
    With `is_animated` every frame is kept.
    """

    key: str
    base: int
    width: int
    height: int
    format: str
    quality: int
    speed: int = 0
    box: tuple[int, int, int, int] = (0, 0, 0, 0)
    is_animated: bool = False
    keep_credit: bool = False


@frozen
class PictureFile:
    """A published file that is made of a picture: of which, and what."""

    source_path: str
    digest: str
    rendition: Rendition


@frozen
class Variants:
    """A picture in one format and some widths: what `srcset` and `type` of HTML say of them."""

    media_type: str
    srcset: str


@frozen
class Crop:
    """A part of a picture in a shape that others ask for, such as 16:9."""

    url: str
    width: int
    height: int


@frozen
class Picture:
    """A picture that is there: `url` is root-relative or absolute; 0 pixels means unknown.

    `caption_html` is the caption with its emphasis; "" where it has none. `variants` come in the
    order in which a browser should look at them, the one that all know last. `focus` are the
    classes by which the style sheet keeps in view what matters. `crops` are for networks and
    search engines, the widest first.
    """

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0
    caption_html: str = ""
    variants: tuple[Variants, ...] = ()
    focus: str = ""
    crops: tuple[Crop, ...] = ()
