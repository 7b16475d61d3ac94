"""Paragraphs of a WordPress body that has none: those that its blank lines stand for.

WordPress keeps what was typed into its old editor, and makes paragraphs when it shows a page. A
line end within one is a break. What stands in a block element, code or script is left alone.
"""

import re

from generator.importers.html_verbatim import verbatim_parts

NAMES = (
    "address|article|aside|blockquote|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer"
    "|form|h[1-6]|header|hr|iframe|li|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th"
    "|thead|tr|ul"
)
BLOCK_TAG = re.compile(rf"(</?(?:{NAMES})\b[^<>]*>)", re.IGNORECASE)
TAG_ALONE = re.compile(rf"<(/?)({NAMES})\b[^>]*>", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
PLACE = re.compile("\x1a(\\d+)\x1a")
BLANK = re.compile(r"\n\n\s*")
LINE_END = re.compile(r"(?:<br\s{0,9}/?>)?\n", re.IGNORECASE)
INLINE_HOLDERS = ("p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "summary")


def with_paragraphs(html: str) -> str:
    """The HTML in which blank lines are the ends of paragraphs."""
    text = html.replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "")
    text, kept = _put_aside(COMMENT.sub("", text))
    text = "\n".join(line.rstrip(" \t\xa0") for line in text.split("\n"))
    text = BLOCK_TAG.sub(r"\n\n\1\n\n", text)
    parts: list[str] = []
    holder, follows = "", False
    for part in filter(None, map(str.strip, BLANK.split(text))):
        tag = TAG_ALONE.fullmatch(part)
        if tag or PLACE.fullmatch(part):
            holder = ("" if tag[1] else tag[2].lower()) if tag else holder
            parts.append(part)
            follows = False
            continue
        broken = LINE_END.sub("<br>\n", part)
        if holder in INLINE_HOLDERS:
            parts.append(f"<br><br>{broken}" if follows else broken)
        else:
            parts.append(f"<p>{broken}</p>")
        follows = True
    return PLACE.sub(lambda found: kept[int(found[1])], "\n".join(parts))


def _put_aside(html: str) -> tuple[str, list[str]]:
    """A text with a mark for each part that stays as it is, and these parts."""
    parts: list[str] = []
    kept: list[str] = []
    done = 0
    for start, end in verbatim_parts(html, texts_only=False):
        if html.startswith("<code", start):
            continue  # code in a line
        parts += (html[done:start], f"\n\n\x1a{len(kept)}\x1a\n\n")
        kept.append(html[start:end])
        done = end
    return "".join((*parts, html[done:])), kept
