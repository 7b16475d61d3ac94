"""Plain agency copy: what in it is headline, text, tags and page furniture."""

import re
from enum import StrEnum
from itertools import dropwhile

from generator.importers.copy_blocks import MARK, SENTENCE_END, block_texts, is_wrapped, tidy
from generator.importers.copy_headers import split_headers, split_private
from generator.importers.plain_text import block_as_markdown
from generator.model.entities import decoded
from generator.model.line_text import as_line
from generator.model.values import frozen
from generator.read.front_matter import dump_front_matter


class Breaks(StrEnum):
    """How the copy marks where a paragraph begins."""

    BLANK_LINES = "blank lines"
    INDENTS = "indented first lines"
    LINES = "one paragraph per line"


@frozen
class WireStory:
    """A story as it was found in plain copy.

    `headline` is empty when the copy is blank. Each paragraph is plain text: one line, or the lines
    of a list, of results, or of a table (with tabs between its cells). Each tag is a name.
    `dropped` holds the lines taken for page furniture, or meant for desks alone, in their order.
    """

    headline: str
    paragraphs: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    breaks: Breaks = Breaks.BLANK_LINES


Lines = list[str]

LONGEST_TAG_LINE = 120
WORDS_IN_A_TAG = 5
LONGEST_FURNITURE = 80

_FURNITURE = re.compile(
    r"""
    \d[\d,.]*\s+comments? | no\s+comments(?:\s+yet)?
    | (?:(?:add|leave|post|write)\s+a\s+|(?:read|see|show|view)\s+(?:all\s+)?)?
      comments?\s*+(?::\s*+)?\(?\d*\)?
    | comentarios | commentaires | commenti | kommentare | reacties
    | каментары | коментарі | комментарии | التعليقات
    | share(?:\s+this(?:\s+(?:article|page|post|story))?)?
    | print | e-?mail | tweet | save | read\s+more | advertisement
    | -\s?(?:30|0)\s?- | \#{3} | \(?(?:ends?|ende)\)? | n{4}
    | AP-[A-Z]{2}-\d\d-\d\d-\d\d\s\d{4}GMT | dpa(?:\s[a-z0-9]{2,4}){2,5}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}")
_LABEL = re.compile(r"(?:tags|topics|keywords)\s*:\s*", re.IGNORECASE)
_COMMA = re.compile(r"(?:(?<!\s)\s++)?+[,\u060c\u3001\uff0c]\s*+")

_PAGE_BREAK = re.compile(r"\n?\f\n?")
_LINE_BREAK = re.compile(r"\r\n|[\r\v\x85\u2028]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def parse_wire(text: str) -> WireStory:
    """Tell headline, paragraphs, tags and page furniture apart.

    The first line with text is the headline. Paragraphs are set apart by blank lines; copy
    without any is told by its indented first lines, or else has one paragraph per line, unless
    its lines are all of nearly one length, as hard-wrapped text has them. Lines of lists, results
    and tables stay lines. Words stay as they are. `_split_tags` tells which last line is tags.
    """
    lines = list(dropwhile(lambda line: not line, _lines(text)))
    if not lines:
        return WireStory("")
    lines, headers = split_headers(lines)
    headline, *body = lines
    body, private = split_private(body)
    body, below = _split_furniture(body)
    body, tags = _split_tags(body)
    body, above = _split_furniture(body)
    breaks = _breaks(body)
    dropped = (*headers, *above, *below, *private)
    return WireStory(tidy(headline), _paragraphs(body, breaks), tags, dropped, breaks)


def story_markdown(story: WireStory, *, date: str, section: str) -> str:
    """Write the story as the whole text of an article's file.

    `date` goes into the front matter as it is; an empty `section` is left out.
    """
    values: dict[str, str | list[str]] = {"title": as_line(story.headline), "date": date}
    if section:
        values["section"] = section
    if story.tags:
        values["tags"] = [
            tag if decoded(tag) == tag else tag.replace("&", "&amp;") for tag in story.tags
        ]
    body = "".join(f"\n{block_as_markdown(paragraph)}\n" for paragraph in story.paragraphs)
    return dump_front_matter(values) + body


def _lines(text: str) -> Lines:
    text = _LINE_BREAK.sub("\n", text.removeprefix("\ufeff")).replace("\u2029", "\n\n")
    text = _PAGE_BREAK.sub("\n", text)
    return [line.rstrip() for line in _CONTROL.sub("", text).split("\n")]


def _indent(line: str) -> int:
    """Count the columns before a line's text; an empty line has none."""
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()) if line.strip() else 0


def _split_furniture(body: Lines) -> tuple[Lines, tuple[str, ...]]:
    """Split blank lines and page furniture off the end; return the rest and the furniture."""
    end = len(body)
    while end and (not body[end - 1] or _is_furniture(body[end - 1].strip())):
        end -= 1
    return body[:end], tuple(line.strip() for line in body[end:] if line)


def _is_furniture(line: str) -> bool:
    return len(line) <= LONGEST_FURNITURE and _FURNITURE.fullmatch(line) is not None


def _split_tags(body: Lines) -> tuple[Lines, tuple[str, ...]]:
    """Split the line of tags off the end, if there is one; return the rest and the tags.

    It is at most 120 characters long, does not end as a sentence does, and each of its
    comma-separated names begins with a letter, a digit or `#` and has at most five words.
    Where it begins with "Tags:" or is indented deeper than all other lines, that is enough, and
    a single name will do. Otherwise it could be a last paragraph that lacks its full stop. So it
    must stand apart from the text above it, and have two names or more, all capitalised or
    none. A name of over three words must be a proper name, capitalised but for words of three
    letters. In doubt a line is text: a tag is sooner added than a lost sentence is found.
    """
    if not any(body[:-1]):
        return body, ()
    *above, line = body
    label = _LABEL.match(line.strip())
    names = _names(line.strip()[label.end() if label else 0 :])
    is_marked = label is not None or _indent(line) > max(map(_indent, above))
    if not names or not (is_marked or (_stands_apart(body) and _are_surely_names(names))):
        return body, ()
    unique: dict[str, str] = {}
    for name in names:
        unique.setdefault(name.casefold(), name)
    return above, tuple(unique.values())


def _names(line: str) -> tuple[str, ...]:
    """Split a line into its names; none when it does not read as a line of names."""
    if len(line) > LONGEST_TAG_LINE:
        return ()
    names = tuple(name.lstrip("#") for name in _COMMA.split(tidy(line)))
    if SENTENCE_END.search(line) and not _INITIALS.fullmatch(names[-1]):
        return ()
    fit = all(name[:1].isalnum() and len(name.split()) <= WORDS_IN_A_TAG for name in names)
    return names if fit else ()


def _are_surely_names(names: tuple[str, ...]) -> bool:
    lower_case = [name[0].islower() for name in names]
    is_even = all(lower_case) or not any(lower_case)
    return len(names) > 1 and is_even and all(map(_is_short_or_proper, names))


def _is_short_or_proper(name: str) -> bool:
    words = name.split()
    short = 3
    return len(words) <= short or not any(w[0].islower() for w in words if len(w) > short)


def _stands_apart(body: Lines) -> bool:
    """Whether the last line is a paragraph of its own."""
    *_, before, line = body
    match _breaks(body):
        case Breaks.BLANK_LINES:
            return not before
        case Breaks.INDENTS:
            return _indent(line) > 0
        case Breaks.LINES:
            return SENTENCE_END.search(before) is not None


def _breaks(body: Lines) -> Breaks:
    """Tell how the paragraphs are marked; blank lines round them do not count."""
    lines = "\n".join(body).strip("\n").split("\n")
    if not all(lines):
        return Breaks.BLANK_LINES
    if _is_list(lines):
        return Breaks.BLANK_LINES
    indented = [_indent(line) > 0 for line in lines]
    if any(indented[1:]) and not all(indented[1:]):
        return Breaks.INDENTS
    return Breaks.BLANK_LINES if is_wrapped(lines) else Breaks.LINES


def _is_list(lines: Lines) -> bool:
    """Whether all is one list, whose items may be wrapped into lines further in."""
    marks = [bool(MARK.match(line.strip())) for line in lines]
    further = (_indent(line) > 0 for line, mark in zip(lines, marks, strict=True) if not mark)
    return marks[0] and sum(marks) > 1 and all(further)


def _paragraphs(body: Lines, breaks: Breaks) -> tuple[str, ...]:
    blocks: list[Lines] = []
    is_new = True
    for line in body:
        begins = breaks is Breaks.LINES or (breaks is Breaks.INDENTS and _indent(line) > 0)
        if not line:
            is_new = True
        elif is_new or begins:
            blocks.append([line])
            is_new = False
        else:
            blocks[-1].append(line)
    width = max(map(len, body), default=0)
    return tuple(text for block in blocks for text in block_texts(block, width))
