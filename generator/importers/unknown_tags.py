"""What is kept of a shortcode or include that nobody knows: its text, its pictures, its links.

Whatever it looked like, a reader had its words. Which arguments are words, their names tell.
"""

import re
from collections.abc import Callable, Sequence

from generator.importers.embedding import figure, link, paragraphs

WORDS = (
    *("kicker", "title", "heading", "header", "headline", "intro", "quote", "text", "content"),
    *("body", "description", "summary", "message", "note", "caption", "credit", "cite", "citation"),
    *("author", "attribution", "source_name", "footer", "details", "answer", "question"),
)
PICTURES = ("src", "image", "img", "image_src", "picture", "photo", "file", "filename", "path")
LINKS = ("href", "link", "url", "to", "target_url", "source_url")
LABELS = ("label", "text", "title", "name", "linktext", "link_text", "button")
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif)\Z", re.IGNORECASE)
WEB = re.compile(r"https?://\S+\Z")

Found = Callable[[str], str]
"""The address of a file that an argument names, "" where there is none."""


def remains(
    positional: Sequence[str],
    named: Sequence[tuple[str, str]],
    inner: str | None,
    find: Found,
) -> str:
    """What readers had of it, as far as its arguments tell."""
    known = {key.lower().replace("-", "_"): value.strip() for key, value in named}
    parts: list[str] = []
    used: set[str] = set()
    source = next((key for key in PICTURES if known.get(key)), "")
    address = find(known[source]) if source else ""
    if address and (PICTURE.search(address) or "alt" in known):
        caption = " ".join(filter(None, (known.get("caption", ""), known.get("credit", ""))))
        parts.append(figure(address, known.get("alt", ""), caption))
        used |= {source, "alt", "caption", "credit"}
    target = next((known[key] for key in LINKS if known.get(key)), "")
    if not target and address and source not in used:
        target = address
    elif source and WEB.match(known[source]) and not target and source not in used:
        target = known[source]
    if target:
        label = next((key for key in LABELS if known.get(key) and key not in used), "")
        parts.append(link(known.get(label, ""), find(target) or target))
        used.add(label)
    parts += [known[key] for key in WORDS if known.get(key) and key not in used]
    parts += _by_position(positional, find)
    return paragraphs((*parts, inner or ""))


def _by_position(positional: Sequence[str], find: Found) -> list[str]:
    """Arguments that say by themselves what they are: addresses, pictures, sentences."""
    parts: list[str] = []
    for argument in map(str.strip, positional):
        address = argument if WEB.match(argument) else find(argument)
        if address:
            is_picture = PICTURE.search(address)
            parts.append(figure(address) if is_picture else link("", address))
        elif " " in argument:
            parts.append(argument)
    return parts
