"""Plain text as Markdown that shows it exactly as it was."""

import re

# The characters of ASCII white space that end or bend a line: in a paragraph each run is one space.
_BREAKS = re.compile(r"(?<! )[ ]*[\t\n\v\f\r]\s*")

# What Markdown acts upon anywhere in a line. An underscore inside a word is left alone, as are
# brackets (nothing is defined for them to refer to) unless they look like a link with its target,
# a footnote's mark or another generator's tag, and an ampersand that begins no entity.
_ANYWHERE = re.compile(
    r"""
    [\\`*<]
    | (?<![0-9A-Za-z])_ | _(?![0-9A-Za-z])
    | &(?=\#|[0-9A-Za-z]+;)
    | (?<=\])\(
    | \[(?=\^ | /?(?:caption|embed|gallery)\b)
    | \{(?=[ ]?[.\#:%{<])
    """,
    re.VERBOSE,
)

_SIGNS = re.compile(r"[\\`*<_&\[\]{]")

# What Markdown acts upon at the beginning of a paragraph only: a heading, a quotation, an item of a
# list, a rule, a number of a list, a definition (of a term, a link, a footnote) or a task's box, a
# fence of code.
_AT_THE_BEGINNING = re.compile(
    r"""
    [\#>]
    | [-+](?=[ ]|$)
    | -(?=(?:[ ]*+-){2,}+[ ]*+$)
    | (?P<digits>\d+)[.)](?=[ ]|$)
    | :(?=[ ]|$)
    | \[(?=[^\[\]]*\]:|[ xX]\][ ])
    | ~(?=~~)
    """,
    re.VERBOSE,
)

# What makes a heading or a table of the line above it.
_BELOW_A_LINE = re.compile(r"[=|:-](?=[=|: -]*$)")

# An item of a list in plain text, by its mark or its number.
_BULLET = re.compile(r"(?:--?|[*+•·▪●○‣→►▶✓✔☐☑])\s+|[・■□◆◇◎]\s*")
_NUMBER = re.compile(r"([0-9]{1,3})([.)])\s+")

# What stands in a column of figures: 1,204.5, +3, 40 %, 9-0-1.
_AMOUNT = re.compile(r"[-+–−]?[0-9][0-9.,:–-]*[ ]?%?")  # noqa: RUF001 - signs in figures

# Characters that no backslash disarms.
_ENTITIES = dict(
    zip("<&:~=|", ("&lt;", "&amp;", "&#58;", "&#126;", "&#61;", "&#124;"), strict=True)
)


def block_as_markdown(text: str) -> str:
    """Write plain text as Markdown that shows the same text, each of its lines on a line.

    Lines that all begin with a mark, or are numbered in order, become a list; lines with tabs a
    table, where the first is its head; all others end in two spaces.
    """
    lines = text.split("\n")
    if len(lines) == 1:
        return as_markdown(text)
    return _list(lines) or _table(lines) or _lines(lines)


def _list(lines: list[str]) -> str:
    if all(map(_BULLET.match, lines)):
        return "\n".join("- " + as_markdown(_BULLET.sub("", line, count=1)) for line in lines)
    numbers = [_NUMBER.match(line) for line in lines]
    found = [(int(number[1]), number[2]) for number in numbers if number]
    first, sign = found[0] if found else (0, "")
    if found != [(first + at, sign) for at in range(len(lines))]:
        return ""
    return "\n".join(
        f"{first + at}{sign} {as_markdown(_NUMBER.sub('', line, count=1))}"
        for at, line in enumerate(lines)
    )


def _table(lines: list[str]) -> str:
    """A table: its first line has no numbers in it, and all others have."""
    rows = [line.split("\t") for line in lines]
    has_digits = [any(map(str.isdigit, line)) for line in lines]
    if len(rows[0]) == 1 or has_digits[0] or not all(has_digits[1:]):
        return ""
    columns = zip(*rows[1:], strict=True)
    rule = ["---:" if all(map(_AMOUNT.fullmatch, column)) else "---" for column in columns]
    cells = [[escaped_text(text).replace("|", "&#124;") for text in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in (cells[0], rule, *cells[1:]))


def _lines(lines: list[str]) -> str:
    """Lines that stay lines. Two spaces at the end are a break in every dialect."""
    first, *others = map(as_markdown, lines)
    return "  \n".join([first, *map(escaped_below, others)])


def escaped_below(text: str) -> str:
    """A line of Markdown that begins as it did, though another line stands above it."""
    return _harmless(text[0]) + text[1:] if _BELOW_A_LINE.match(text) else text


def as_markdown(paragraph: str) -> str:
    """Write a paragraph of plain text as one line of Markdown that shows the same text.

    Only what Markdown would act upon is escaped, so ordinary prose comes out as it went in.
    Lines are joined with a space, as a browser would show them. The rules are those of
    Python-Markdown 3.10 and later with its extensions for tables, footnotes, attribute lists,
    abbreviations, definition lists, fenced code and Markdown in HTML.
    """
    line = _BREAKS.sub(" ", paragraph).strip()
    beginning = _AT_THE_BEGINNING.match(line)
    if not beginning:
        return escaped_text(line)
    rest = escaped_text(line[beginning.end() :])
    return (beginning["digits"] or "") + _harmless(beginning[0][-1]) + rest


def escaped_start(line: str) -> str:
    """A line of Markdown whose first signs begin no block."""
    beginning = _AT_THE_BEGINNING.match(line)
    if not beginning:
        return line
    return (beginning["digits"] or "") + _harmless(beginning[0][-1]) + line[beginning.end() :]


def escaped_text(line: str) -> str:
    """Text within a line as Markdown that shows it; how the line begins is not looked at."""
    if not _SIGNS.search(line):  # to look first takes a tenth of the time
        return line.replace("~", "&#126;") if line.count("~") > 1 else line
    escaped = _ANYWHERE.sub(lambda match: _harmless(match[0]), line)
    return escaped.replace("~", "&#126;") if line.count("~") > 1 else escaped


def _harmless(character: str) -> str:
    return _ENTITIES.get(character) or f"\\{character}"
