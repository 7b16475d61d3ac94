"""The opening of a body: its first real paragraph as plain text, for summaries."""

import re
from collections.abc import Iterator

from generator.model.entities import decoded
from generator.read.characters import without_control_characters

LONGEST_OPENING = 300
DANGLING = " ,;:-\u2013\u2014"
MOST_UNCLOSED = 20  # kinds of tags that nothing closes: each costs a look through the text
DEEPEST_EMPHASIS = 3
LONGEST_PARAGRAPH = 2000  # characters looked at: markup is never that much longer than its text

HEADING = re.compile(r"#{1,6}[^\n]*(?:\n|$)|[^\n]+\n(?:=+|-+)[ ]*(?:\n|$)")
RULE = re.compile(r" {0,3}(?:(?:-[ ]*){3,}|(?:_[ ]*){3,}|(?:\*[ ]*){3,})(?:\n|$)")
NOT_PROSE = re.compile(
    r"""[ ]{0,3}(?: >                      # a quotation
                  | [*+-][ \t] | \d+[.)][ \t] # a list
                  | \*?\[[^\[\]\n]*\][ ]?:    # a definition of a link, note or abbreviation
                  | :[ \t]                    # what defines a term
                  | ~~~ | ``` | [ ]           # code
                  | <[!?/])                   # a comment, declaration or stray end tag
      | [^\n|]*\|[^\n]*\n[ ]{0,3}[|:][-|:\ ]*\n?  # a table
      | [^\n|]*\|[^\n]*\n[ ]{0,3}-[-|:\ ]*\|[-|:\ ]*(?:\n|$)
      | [^\n]+\n:[ \t]                        # a term and its definition
    """,
    re.VERBOSE,
)
OPEN_TAG = re.compile(r" {0,3}<([a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])")
INLINE_TAG = re.compile(
    r"a|abbr|b|bd[io]|big|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span"
    r"|strike|strong|su[bp]|time|tt|u|var|wbr",
    re.IGNORECASE,
)

MARKUP = re.compile(
    r"""\\([\\`*_{}\[\]()>#+\-.!|"'])                          # an escaped character
      | (?<!`)(`+)(?!`)(.+?)(?<!`)\2(?!`)                      # code
      | <!--.*?-->                                             # a comment
      | \[\^[^\[\]]*\]                                         # a footnote mark
      | <([a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>  # an address
      | </?[a-zA-Z][^<>]*>                                     # a tag
    """,
    re.VERBOSE | re.DOTALL,
)
DESTINATION = (
    r"""\(\s*(?:<[^<>\n]*>|(?:[^()"']|\((?:[^()]|\([^()]*\))*\))*)(?:"[^"]*"|'[^']*')?\s*\)"""
)
TEXT = r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]"
PICTURE = re.compile(rf"!{TEXT}(?:{DESTINATION}|\[[^\[\]]*\])")
LINK = re.compile(rf"{TEXT}(?:{DESTINATION}|[ ]?\[[^\[\]]*\])")
ATTRIBUTES = re.compile(r"\s?\{:?[ ]*[.#][^{}\n]*\}")
STARS = re.compile(r"\*(?<!\*\*)(\*{0,2})(?![*\s])(.+?)(?<![*\s])\*\1(?!\*)", re.DOTALL)
UNDERSCORES = re.compile(r"_(?<!\w_)(_{0,2})(?![_\s])(.+?)(?<![_\s])_\1(?!\w)", re.DOTALL)
"""Each begins with its mark, so that `re` leaps from one to the next."""
DEFINED = re.compile(r"^ {0,3}\[([^\[\]\n]+)\]:", re.MULTILINE)
SHORTCUT = re.compile(r"\[([^\[\]]+)\]")
KEPT = re.compile("\x02([0-9]+)\x03")


def opening_of(prose: str) -> str:
    """The first paragraph as plain text, at most 300 characters, cut at a word with "…".

    Headings, lists, tables, quotations, code, raw HTML, definitions and lone pictures
    are no paragraphs. `prose` has its code blocks and comments blanked.
    """
    for paragraph in _paragraphs(prose):
        text = _plain_text(paragraph[:LONGEST_PARAGRAPH], prose)
        # The body is warned of them when it is rendered; no head, feed or card may hold them.
        if text := without_control_characters(text):
            return _cut(text)
    return ""


def _blocks(prose: str) -> Iterator[tuple[int, str]]:
    """Runs of lines that are not blank, each with the place where it begins."""
    start = position = 0
    while position < len(prose):
        end = prose.find("\n", position) + 1 or len(prose)
        if prose[position:end].isspace():
            if start < position:
                yield start, prose[start:position]
            start = end
        position = end
    if start < position:
        yield start, prose[start:]


def _paragraphs(prose: str) -> Iterator[str]:
    """The blocks that are paragraphs, without headings that stand right above them."""
    inside_until = 0
    unclosed: set[str] = set()
    for start, text in _blocks(prose):
        if start < inside_until or len(unclosed) > MOST_UNCLOSED:
            continue
        position = 0
        while above := HEADING.match(text, position) or RULE.match(text, position):
            position = above.end()
        tag = OPEN_TAG.match(text, position)
        if tag and not INLINE_TAG.fullmatch(tag[1]):
            if tag[1] not in unclosed:
                inside_until = _end_of_element(prose, tag[1], start)
            if not inside_until:
                unclosed.add(tag[1])
        elif position < len(text) and not NOT_PROSE.match(text, position):
            yield text[position:]


def _end_of_element(prose: str, tag: str, start: int) -> int:
    """Where the raw HTML that begins at `start` ends; 0 if nothing closes it."""
    end = re.compile(rf"</{re.escape(tag)}\s*>", re.IGNORECASE).search(prose, start)
    return end.end() if end else 0


def _plain_text(paragraph: str, prose: str) -> str:
    """A paragraph without its markup: links leave their text, code and escapes their content."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        content = match[1] or match[4] or (match[3] or "").strip()
        if not content:
            return ""
        kept.append(content)
        return f"\x02{len(kept) - 1}\x03"

    text = paragraph.replace("\x02", "").replace("\x03", "")
    if "\\" in text or "`" in text or "<" in text or "[^" in text:
        text = MARKUP.sub(keep, text)
    text = _without_links(text, prose)
    if "{" in text:
        text = ATTRIBUTES.sub("", text)
    text = decoded(_without_emphasis(text))
    if kept:
        text = KEPT.sub(lambda match: kept[int(match[1])], text)
    return " ".join(text.split())


def _without_links(text: str, prose: str) -> str:
    """The text with pictures gone and of links only their text left."""
    if "[" not in text:
        return text
    text = PICTURE.sub("", text)
    for _ in range(2):  # a link's text may hold brackets, even a link
        text = LINK.sub(r"\1", text)
    if "[" in text and "]:" in prose:
        defined = {match[1].strip().lower() for match in DEFINED.finditer(prose)}
        text = SHORTCUT.sub(lambda m: m[1] if m[1].lower() in defined else m[0], text)
    return text


def _without_emphasis(text: str) -> str:
    """The text without the marks of emphasis, and of emphasis in emphasis."""
    for marks, pattern in (("*", STARS), ("_", UNDERSCORES)):
        for _ in range(DEEPEST_EMPHASIS if marks in text else 0):
            text, found = pattern.subn(r"\2", text)
            if not found:
                break
    return text


def _cut(text: str) -> str:
    """The text, or as many whole words of it as leave room for an ellipsis."""
    if len(text) <= LONGEST_OPENING:
        return text
    end = text.rfind(" ", 0, LONGEST_OPENING)
    words = text[:end] if end > 0 else text[: LONGEST_OPENING - 1]
    return words.rstrip(DANGLING) + "…"
