"""The first heading of a body, where it says the headline once more.

Editors for Markdown, and some generators, want a text to begin with its title. On a page the
headline stands there already.
"""

import re

from generator.model.late_patterns import late_pattern
from generator.model.line_text import line_text
from generator.model.problems import Place, Problem, Severity
from generator.model.values import frozen

FIRST = late_pattern(
    r"""(?:[ \t]*\n
          | [ ]{0,3}<!--(?:[^-]|-(?!->))*+-->[ \t]*\n)*+      # blank lines and comments
    (?P<heading>
        [ ]{0,3}\#{1,6}[ \t]++(?P<hashed>[^\n]*)(?:\n|\Z)
      | [ ]{0,3}<[hH](?P<level>[1-6])[^<>\n]*>(?P<tagged>[^\n]*?)</[hH](?P=level)>[ \t]*(?:\n|\Z)
      | [ ]{0,3}(?P<underlined>[^\s>\#<][^\n]*)\n[ ]{0,3}(?:=+|-+)[ \t]*(?:\n|\Z)
    )""",
    re.VERBOSE,
)
AROUND = late_pattern(r"(?<!\s)(?:\s++\#++\s*+\Z|\s*+\{:?\s*+[.#][^{}\n]*+\}\s*+\Z)")
"""The signs that may close a heading, and its attributes."""
QUOTES = str.maketrans(dict.fromkeys("\"'“”„«»‘’‚‹›「」『』ʻ\u202f"))  # noqa: RUF001 - quotation marks
"""What a headline may have otherwise than its heading, where quotes are curled."""


@frozen
class WithoutHeading:
    """A body's text without a first heading that is the headline, and what to say of it."""

    text: str
    problems: tuple[Problem, ...] = ()


def without_headline(text: str, headline: str, path: str, first_line: int) -> WithoutHeading:
    """Leave out a first heading that says the same as the headline; its lines become blank.

    `first_line` is the line of the file at `path` on which the text begins.
    """
    found = FIRST.match(text) if headline else None
    if found is None:
        return WithoutHeading(text)
    written = found["hashed"] or found["tagged"] or found["underlined"] or ""
    if _folded(line_text(AROUND.sub("", written)).plain) != _folded(headline):
        return WithoutHeading(text)
    start, end = found.span("heading")
    lines = text.count("\n", start, end)
    hint = "Take it out: the headline stands over the story already."
    line = found["heading"].split("\n", 1)[0]
    problem = Problem(
        Place(path, first_line + text.count("\n", 0, start), 1),
        "a heading that repeats the headline is left out",
        hint,
        Severity.WARNING,
        line,
        max(len(line), 1),
    )
    return WithoutHeading(text[:start] + "\n" * lines + text[end:], (problem,))


def _folded(text: str) -> str:
    return " ".join(text.translate(QUOTES).casefold().split())
