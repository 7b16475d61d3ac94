"""Shortcodes of WordPress that an older move left in Markdown: `[caption]`, `[embed]` and so on."""

import re
from html import unescape

from generator.importers import embedding

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
FILM = re.compile(r"\[(?:youtube|vimeo)[= ]\s*([^\]\s]+)\s*\]", re.IGNORECASE)
GALLERY = re.compile(r"\[gallery(?:\s[^\[\]]*+)?+\](?!\()")
SIGN = re.compile(r"\[/?(?:caption|embed|youtube|vimeo|gallery)\b", re.IGNORECASE)


def without_leftovers(text: str) -> str:
    """A text in which they are the picture, the film or the link that they stood for."""
    if not SIGN.search(text):
        return text
    text = CAPTION.sub(_captioned, text)
    text = EMBED.sub(lambda match: _film(match[2]), text)
    return GALLERY.sub("", FILM.sub(lambda match: _film(match[1]), text))


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
    if "youtu" in address or ("vimeo" not in address and "://" not in address):
        return embedding.youtube(address)
    return embedding.vimeo(address) if "vimeo" in address else f"<{address}>"
