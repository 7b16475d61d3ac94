"""What stands in a text for things from elsewhere: figures, films, posts, and what is unknown.

Every importer writes these alike, as Markdown where that has words for it, else as HTML.
"""

import re
from collections.abc import Sequence
from html import escape

LINE_END = re.compile(r"(?:(?<![^\S\n])[^\S\n]++)?+\n\s*+")
SIGNS = re.compile(r"([\\`*_\[\]<>])")
YOUTUBE = re.compile(r"[\w-]{6,20}")


def as_one_line(text: str) -> str:
    """A text on one line."""
    return LINE_END.sub(" ", text.strip())


def destination(address: str) -> str:
    """An address as it stands in a Markdown link, in brackets where it needs them."""
    address = address.strip().replace("\n", "")
    if re.search(r"[\s()<>]", address) or not address:
        return f"<{address.replace('<', '%3C').replace('>', '%3E')}>"
    return address


def link(text: str, address: str) -> str:
    """A link; `text` is Markdown."""
    return f"[{as_one_line(text) or address}]({destination(address)})"


def picture(address: str, alt: str = "", caption: str = "") -> str:
    """A picture, with its caption as title where that is plain text."""
    shown = SIGNS.sub(r"\\\1", as_one_line(alt))
    if not caption.strip():
        return f"![{shown}]({destination(address)})"
    title = as_one_line(caption).replace("\\", "\\\\").replace('"', '\\"')
    return f'![{shown}]({destination(address)} "{title}")'


def figure(address: str, alt: str = "", caption: str = "", link_to: str = "") -> str:
    """A picture alone in its paragraph; as HTML where its caption has markup, or it is a link."""
    is_plain = not re.search(r"[<\[*_`&]", caption)
    if is_plain and not link_to:
        return picture(address, alt, caption)
    image = f'<img src="{escape(address)}" alt="{escape(as_one_line(alt))}">'
    if link_to:
        image = f'<a href="{escape(link_to)}">{image}</a>'
    if not caption:
        return f"<figure>{image}</figure>"
    return f"<figure>{image}\n<figcaption>\n\n{caption.strip()}\n\n</figcaption></figure>"


def film(address: str, title: str = "") -> str:
    """A film that plays within a frame."""
    shown = escape(as_one_line(title) or "Video")
    return f'<iframe src="{escape(address)}" title="{shown}" allowfullscreen></iframe>'


def youtube(name: str, title: str = "") -> str:
    """A film on YouTube, by its name or address."""
    found = re.search(r"(?:v=|youtu\.be/|embed/)([\w-]{6,20})", name)
    name = found[1] if found else name.strip()
    if not YOUTUBE.fullmatch(name):
        return link(title or name, f"https://www.youtube.com/results?search_query={escape(name)}")
    return film(f"https://www.youtube-nocookie.com/embed/{name}", title)


def vimeo(name: str, title: str = "") -> str:
    """A film on Vimeo, by its number or address."""
    found = re.search(r"[0-9]{4,}", name)
    return film(f"https://player.vimeo.com/video/{found[0]}", title) if found else link(title, name)


def post(address: str, text: str = "") -> str:
    """A post on a social network: a link to it."""
    return link(text or address, address)


def code(text: str, language: str = "") -> str:
    """A block of code."""
    text = text.strip("\n")
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    word = re.sub(r"[^\w+#.-]", "", language)
    return f"{fence}{word}\n{text}\n{fence}"


def paragraphs(parts: Sequence[str]) -> str:
    """Blocks, one below the other."""
    return "\n\n".join(part.strip() for part in parts if part.strip())
