"""A quick look at a body: its links and pictures, its first paragraph's text.

No Markdown library is asked: this runs for every file of a site before anything is
planned. Where Markdown is ambiguous, a target too many is found rather than one too few.
Everything here takes time in proportion to the text, whatever is in it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from generator.model.body import BodyFacts, LinkTarget
from generator.model.entities import decoded
from generator.model.fences import code_fences

OUTWARD = ("https://", "http://", "mailto:")
MAY_LEAD_INWARD = re.compile(rf"\](?::|\((?!{'|'.join(OUTWARD)}))")

LINE_START = re.compile(r"^ {0,3}\Z", re.MULTILINE)
INDENTED = re.compile(r"^(?: {4}| {0,3}\t)", re.MULTILINE)
STARTS_ITEM = re.compile(r" {0,3}(?:[*+-][ \t]|\d+[.)][ \t]|\[\^|:[ \t])")
NOT_A_LINE_END = re.compile(r"[^\n]")
BLANK_LINES = re.compile(r"\n[ \t]*\n")
BLOCK_STARTS = re.compile(r"\n *(?:[#>:|=*+\[-]|\d+\.)")
BACKTICKS = re.compile(r"`+")

DESTINATION = re.compile(
    r"""[ \t]*\n?[ \t]*
    (?: <([^<>\n]*)>
      | ((?:[^\s()]++|\((?:[^\s()]++|\([^\s()]*+\))*+\))++) [ \t]*\n?[ \t]* (?=\)|["'])
      | ((?:[^()\n"']++|\([^()\n]*+\))*+)
    )""",
    re.VERBOSE,
)
TITLE_IN_ADDRESS = re.compile(r"(?<=.)(?:\"[^\"]*\"|'[^']*')$")
REFERENCE = re.compile(
    r"^[ >+*-]*(?<!\*)\[(?!\^)[^\[\]\n]*\]:[ ]*(?:\n[ ]*)?<?([^\s<>]+)", re.MULTILINE
)
TAG = re.compile(r"<[a-zA-Z][^<>]*")
ADDRESS_IN_TAG = re.compile(
    r"""[\s"'/](?:href|poster|src(?P<set>set)?)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""",
    re.IGNORECASE,
)
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])")


def scan_body(
    text: str, first_line: int, *, outward: bool = True, opening: bool = True
) -> BodyFacts:
    """Find what planning needs to know of a body that begins on the file's line `first_line`.

    A target stands in the facts as a browser would get it: entities and backslash
    escapes undone, no white space around it. Code and HTML comments are passed over, and
    without `outward` links to other sites too (their pictures are not). Its `opening` is looked
    for when it is wanted.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    has_text = bool(text) and not text.isspace()
    if not (outward or opening) and _leads_only_outward(text):
        return BodyFacts(first_line, has_text)
    prose = _without_code(text)
    found = _targets(prose)
    if not outward:
        found = [one for one in found if one[2] or not one[1].startswith(OUTWARD)]
    targets = tuple(_placed(found, prose, first_line)) if found else ()
    return BodyFacts(first_line, has_text, _opening_of(prose) if opening else "", targets)


def _opening_of(prose: str) -> str:
    # Imported late: nearly all stories have a summary, and its patterns take 8 ms.
    from generator.read.opening import opening_of  # noqa: PLC0415 - see above

    return opening_of(prose)


def _leads_only_outward(text: str) -> bool:
    """Whether a text surely has no pictures, and no links but plain ones to other sites."""
    return not ("<" in text or ("!" in text and "![" in text) or MAY_LEAD_INWARD.search(text))


def _blanked(text: str) -> str:
    """As many spaces, so that every place in the text stays where it is."""
    return NOT_A_LINE_END.sub(" ", text)


def _without_code(text: str) -> str:
    """The text with fenced and indented code and comments that begin a line blanked."""
    if ("`" in text and "```" in text) or ("~" in text and "~~~" in text):
        lines = text.split("\n")
        shape = text.expandtabs(4).split("\n") if "\t" in text else lines
        for fence in code_fences(shape):
            for number in range(fence.first, fence.last + 1):
                lines[number] = " " * len(lines[number])
        text = "\n".join(lines)
    if "\n    " in text or "\t" in text or text.startswith("    "):
        text = "\n".join(_without_indented_code(text.split("\n")))
    if "<" in text and "<!--" in text:
        text = _without_comments(text, inline=False)
    return text


def _without_comments(text: str, *, inline: bool) -> str:
    """The text with HTML comments blanked: those that begin a line, or (`inline`) all."""
    parts: list[str] = []
    done = 0
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        if inline or LINE_START.search(text, max(0, start - 4), start):
            parts += (text[done:start], _blanked(text[start : end + 3]))
            done = end + 3
        start = text.find("<!--", max(done, start + 4))
    return "".join((*parts, text[done:]))


def _without_indented_code(lines: list[str]) -> Iterator[str]:
    """The lines with indented code blanked; indented lines of a list item are no code."""
    in_list = in_code = False
    after_blank = True
    for line in lines:
        bare = line.strip()
        indented = bool(INDENTED.match(line))
        if bare:
            in_code = indented and not in_list and (in_code or after_blank)
            if STARTS_ITEM.match(line):
                in_list = True
            elif after_blank and not line[0].isspace():
                in_list = False
        after_blank = not bare
        yield " " * len(line) if in_code else line


def _without_code_spans(text: str) -> str:
    """The text with code spans blanked; a span never reaches over a blank line."""
    parts: list[str] = []
    done = 0
    while (mark := text.find("`", done)) >= 0:
        blank = BLANK_LINES.search(text, mark)
        end = blank.start() if blank else len(text)
        parts.append(_without_spans_in_block(text[done:end]))
        done = end
    return "".join((*parts, text[done:]))


def _without_spans_in_block(block: str) -> str:
    """The same for one block: a run of backticks ends at the next run of the same length.

    Where some run has no partner, or another block begins inside a span, what is code is
    in doubt, and nothing counts as code.
    """
    runs = [(m.start(), m.end()) for m in BACKTICKS.finditer(block)]
    starts_by_length: dict[int, list[int]] = {}
    for start, end in runs:
        starts_by_length.setdefault(end - start, []).append(start)
    parts: list[str] = []
    done = 0
    for start, end in runs:
        opening = start + _is_escaped(block, start)
        if start < done or opening == end:
            continue
        closers = starts_by_length.get(end - opening, [])
        following = bisect_right(closers, start)
        if following == len(closers) or BLOCK_STARTS.search(block, end, closers[following]):
            return block
        close = closers[following] + end - opening
        parts += (block[done:opening], _blanked(block[opening:close]))
        done = close
    return "".join((*parts, block[done:]))


def _is_escaped(text: str, position: int) -> bool:
    """Whether an odd number of backslashes stands before the position."""
    before = position
    while before and text[before - 1] == "\\":
        before -= 1
    return (position - before) % 2 == 1


def _targets(prose: str) -> list[tuple[int, str, bool, bool]]:
    """Every link and picture, in their order: position, target, is_picture, is_html."""
    tagged = "<" in prose
    if "]" not in prose and not tagged:
        return []
    linked, defined = "](" in prose, "]:" in prose
    if "`" in prose:
        prose = _without_code_spans(prose)
    if tagged and "<!--" in prose:
        prose = _without_comments(prose, inline=True)
    found: list[tuple[int, str, bool, bool]] = []
    if linked:
        found += _inline_targets(prose)
    if defined:
        found += ((m.start(1), _plain(m[1]), False, False) for m in REFERENCE.finditer(prose))
    if tagged:
        found += _html_targets(prose)
    found.sort()
    return found


def _inline_targets(prose: str) -> Iterator[tuple[int, str, bool, bool]]:
    """The targets of inline links and pictures."""
    escapes = "\\" in prose
    open_brackets: list[bool] = []
    start = end = -1
    while (end := prose.find("]", end + 1)) >= 0:
        while (start := prose.find("[", start + 1, end)) >= 0:
            if not (escapes and _is_escaped(prose, start)):
                open_brackets.append(start > 0 and prose[start - 1] == "!")
        start = end
        if escapes and _is_escaped(prose, end):
            continue
        is_picture = open_brackets.pop() if open_brackets else False
        if prose.startswith("(", end + 1):
            found = DESTINATION.match(prose, end + 2)
            if found and found.lastindex:
                target = found[found.lastindex]
                if target.endswith(('"', "'")):
                    target = TITLE_IN_ADDRESS.sub("", target)
                yield found.start(found.lastindex), _plain(target), is_picture, False


def _html_targets(prose: str) -> Iterator[tuple[int, str, bool, bool]]:
    """The addresses in raw HTML tags."""
    for tag in TAG.finditer(prose):
        for found in ADDRESS_IN_TAG.finditer(tag.group()):
            if found.lastindex:
                start = tag.start() + found.start(found.lastindex)
                is_picture = tag.group()[1:5].lower().rstrip() == "img"
                value = decoded(found[found.lastindex]).strip()
                for target in _addresses_in_set(value) if found["set"] else (value,):
                    yield start, target, is_picture, True


def _addresses_in_set(value: str) -> Iterator[str]:
    """The addresses in a `srcset`: `a.jpg 1x, b.jpg 2x`; one with a comma gives a target more."""
    for candidate in value.split(","):
        yield from candidate.split()[:1]


def _plain(target: str) -> str:
    """A target as written, its escapes and entities undone."""
    target = target.strip()
    if "\\" in target:
        target = ESCAPED.sub(r"\1", target)
    return decoded(target)


def _placed(
    found: list[tuple[int, str, bool, bool]], prose: str, first_line: int
) -> Iterator[LinkTarget]:
    """The same with lines and columns; `found` must be in order."""
    line, line_start, counted = first_line, 0, 0
    for position, target, is_picture, is_html in found:
        line += prose.count("\n", counted, position)
        line_start = prose.rfind("\n", counted, position) + 1 or line_start
        counted = position
        if target:
            yield LinkTarget(target, line, position - line_start + 1, is_picture, is_html)
