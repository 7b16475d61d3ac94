"""Paragraphs of a WordPress body that has none: those that its blank lines stand for.

WordPress keeps what was typed into its old editor, and makes paragraphs when it shows a page. A
line end within one is a break. What stands in a block element, code or script is left alone.
"""

import re

VERBATIM = re.compile(
    r"<(pre|script|style|svg|textarea|table|video|audio|object|figure)\b.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
NAMES = (
    "address|article|aside|blockquote|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer"
    "|form|h[1-6]|header|hr|iframe|li|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th"
    "|thead|tr|ul"
)
BLOCK_TAG = re.compile(rf"\s*(</?(?:{NAMES})\b[^>]*>)\s*", re.IGNORECASE)
TAG_ALONE = re.compile(rf"<(/?)({NAMES})\b[^>]*>", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
PLACE = re.compile("\x1a(\\d+)\x1a")
BLANK = re.compile(r"\n[ \t\xa0]*\n\s*")
LINE_END = re.compile(r"(?:<br\s*/?>)?[ \t]*\n", re.IGNORECASE)
INLINE_HOLDERS = ("p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "summary")


def with_paragraphs(html: str) -> str:
    """The HTML in which blank lines are the ends of paragraphs."""
    kept: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        kept.append(found.group())
        return f"\n\n\x1a{len(kept) - 1}\x1a\n\n"

    text = html.replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "")
    text = VERBATIM.sub(put_aside, COMMENT.sub("", text))
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
