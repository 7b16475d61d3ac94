"""One line of a YAML text, taken apart, and put right: for hints that can be copied."""

import re

from generator.model.values import frozen

SHOWN = 60
"""How many characters of a value a message or a hint repeats."""

_LINE = re.compile(
    r"(?P<lead>[ \t]*(?:-[ \t]+)*)"
    r"(?:(?P<key>[^\s:#\"'\[\]{}][^:\n]*):(?=[ \t\n]|\Z)[ \t]*)?"
    r"(?P<value>[^\n]*)"
)
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"' + r"|'(?:''|[^'])*'", re.DOTALL)
_PAIRS = frozenset({("'", "'"), ('"', '"'), ("“", "”"), ("„", "“"), ("«", "»")})


@frozen
class Line:
    """One line, taken apart: `key: value`, or `- value` in a list.

    `start`, `end` and `value_at` are offsets in characters in the whole text; `end` is
    the line's end without the LF. `label` is what stands before the value, such as `title: `.
    """

    start: int
    end: int
    lead: str
    key: str
    value: str
    value_at: int

    @property
    def label(self) -> str:
        """What stands before the value, without the indentation."""
        if self.key:
            return f"{self.key}: "
        return "- " if "-" in self.lead else ""

    def quoted(self) -> str:
        """The line with its value in quotes that fit it."""
        return self.label + in_quotes(unquoted(self.value.rstrip()))


def line_at(text: str, index: int) -> Line:
    """Take apart the line that holds the character at `index`."""
    start = text.rfind("\n", 0, index) + 1
    match = _LINE.match(text, start)
    if match is None:  # the pattern matches any text: this is for the type checker
        return Line(start, start, "", "", "", start)
    in_list = "-" in match["lead"]
    value_at = match.end("lead") if in_list else match.start("value")
    key = "" if in_list else match["key"] or ""
    return Line(start, match.end(), match["lead"], key, text[value_at : match.end()], value_at)


def unquoted(value: str) -> str:
    """Take away the quotes around a value, unless they are the text's: `"Foo" and "bar"`."""
    if len(value) < len("''") or (value[0], value[-1]) not in _PAIRS:
        return value
    inner = value[1:-1]
    at = inner.find(value[0])
    # A quote before a word opens one, so the outer pair is the value's own.
    return inner if at < 0 or inner[at + 1 : at + 2].isalnum() else value


def in_quotes(value: str) -> str:
    """Put a value in the quotes that ask for the fewest changes in it; a long one is cut."""
    value = shortened(value)
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def shortened(value: str) -> str:
    """Cut what is too long for a message."""
    return value if len(value) <= SHOWN else value[:SHOWN].rstrip() + "…"


def end_of_quotes(text: str, index: int) -> int:
    """Where the quoted text that opens at `index` ends; -1 when nothing closes it, or opens."""
    match = _QUOTED.match(text, index)
    return match.end() if match else -1
