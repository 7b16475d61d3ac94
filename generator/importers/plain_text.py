"""Plain text as Markdown that shows it exactly as it was."""

import re

# The characters of ASCII white space that end or bend a line: in a paragraph each run is one space.
_BREAKS = re.compile(r"[ ]*[\t\n\v\f\r]\s*")

# What Markdown acts upon anywhere in a line. An underscore inside a word is left alone, as are
# brackets (nothing is defined for them to refer to) unless they look like a link with its target
# or a footnote's mark, and an ampersand that begins no entity.
_ANYWHERE = re.compile(
    r"""
    [\\`*<]
    | (?<![0-9A-Za-z])_ | _(?![0-9A-Za-z])
    | &(?=\#|[0-9A-Za-z]+;)
    | (?<=\])\(
    | \[(?=\^)
    """,
    re.VERBOSE,
)

# What Markdown acts upon at the beginning of a paragraph only: a heading, a quotation, an item of a
# list, a rule, a number of a list, a definition (of a term, a link, a footnote), a fence of code.
_AT_THE_BEGINNING = re.compile(
    r"""
    [\#>]
    | [-+](?=[ ])
    | -(?=(?:[ ]*-){2,}[ ]*$)
    | (?P<digits>\d+)\.(?=[ ])
    | :(?=[ ])
    | \[(?=[^\[\]]*\]:)
    | ~(?=~~)
    """,
    re.VERBOSE,
)

# Characters that no backslash disarms.
_ENTITIES = {"<": "&lt;", "&": "&amp;", ":": "&#58;", "~": "&#126;"}


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
        return _escaped(line)
    rest = _escaped(line[beginning.end() :])
    return (beginning["digits"] or "") + _harmless(beginning[0][-1]) + rest


def _escaped(line: str) -> str:
    return _ANYWHERE.sub(lambda match: _harmless(match[0]), line)


def _harmless(character: str) -> str:
    return _ENTITIES.get(character) or f"\\{character}"
