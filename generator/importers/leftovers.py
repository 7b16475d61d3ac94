"""Shortcodes of WordPress that an older move left in Markdown: `[caption]`, `[embed]` and so on.

What stands in code, or is a link's text (`[youtube channel](/x/)`), is none.
"""

import re
from html import unescape

from generator.importers import embedding
from generator.importers.foreign_links import parts_of
from generator.importers.old_site import Remark

CAPTION = re.compile(
    r"\[caption\b((?:(?!\[/?caption\b)[^\]])*+)\]((?:(?!\[/?caption\b).)*+)\[/caption\]", re.DOTALL
)
TOLD = re.compile(r"""\bcaption=("[^"]*"|'[^']*'|“(?:(?!caption=)[^”])*+”)""")
IMAGE = re.compile(r"!\[((?:(?!!\[)[^\]])*+)\]\(([^()\s]++)(?:(?!!\[)[^)])*+\)")
LINKED = re.compile(rf"\[{IMAGE.pattern}\]\(([^()\s]++)(?:(?!!\[)[^)])*+\)")
ELEMENT = re.compile(
    r"(?:<a\b[^<>]*+>)?+(?:(?<!\s)\s++)?+<img\b[^<>]*+>(?:\s*+</a>)?+", re.DOTALL | re.IGNORECASE
)
EMBED = re.compile(r"\[(embed|youtube|vimeo)\b[^\[\]]*+\]\s*+([^\[\s]++)\s*+\[/\1\]", re.IGNORECASE)
FILM = re.compile(
    r"""(?m:(?P<start>^))?\[(?:youtube|vimeo)(?:=|[ ]++=?[ ]*+)["']?+
    (?P<film>(?:https?:)?//[^\[\]\s"']++|(?=[a-zA-Z_-]*+[0-9])[\w-]{5,20}+)[^\[\]]*+\](?![\[(:])""",
    re.VERBOSE,
)
"""A film by its address, or by its name, which has a figure in it: `[youtube channel]` is none."""
GALLERY = re.compile(r"\[gallery(?:\s++\w++=[^\[\]]*+)?+\](?![\[(:])")
SIGN = re.compile(r"\[/?(?:caption|embed|youtube|vimeo|gallery)\b", re.IGNORECASE)
PLAYED = re.compile(r"[?&]v=|youtu\.be/|/embed/|/v/")

LOST_GALLERY = "a gallery of WordPress is left out: its pictures are not in the text"


def without_leftovers(text: str, place: str, remarks: list[Remark]) -> str:
    """A text in which they are the picture, the film or the link that they stood for.

    `remarks` gets one for each gallery that is left out, at the text's `place`.
    """
    if not SIGN.search(text):
        return text

    def gallery(_match: re.Match[str]) -> str:
        remarks.append(Remark(LOST_GALLERY, place, "Write its pictures into the text."))
        return ""

    def settled(part: str) -> str:
        part = EMBED.sub(lambda match: _film(match[2]), CAPTION.sub(_captioned, part))
        return GALLERY.sub(gallery, FILM.sub(_shown, part))

    return "".join(part if is_code else settled(part) for part, is_code in parts_of(text))


def _shown(match: re.Match[str]) -> str:
    """A film: at the beginning of a line a paragraph of its own."""
    made = _film(unescape(match["film"]))
    return f"{made}\n\n" if match["start"] is not None else made


def _captioned(match: re.Match[str]) -> str:
    inner = match[2].strip()
    told = TOLD.search(match[1])
    caption = unescape(told[1][1:-1]) if told else ""
    for pattern in (LINKED, IMAGE, ELEMENT):
        found = pattern.match(inner)
        if found is None:
            continue
        words = embedding.as_one_line(inner[found.end() :]) or caption
        if pattern is ELEMENT:
            return embedding.paragraphs((found[0].strip(), f"*{words}*" if words else ""))
        alt, source, *link = found.groups()
        return f"\n\n{embedding.figure(source, alt or words, words, ''.join(link))}\n\n"
    return embedding.paragraphs((inner, caption))


def _film(address: str) -> str:
    if "//" not in address or ("youtu" in address and PLAYED.search(address)):
        return embedding.vimeo(address) if address.isdigit() else embedding.youtube(address)
    return embedding.vimeo(address) if "vimeo" in address else f"<{address}>"
