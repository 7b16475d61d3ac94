"""Mending what an old generator let pass and Broadsheet does not: tags that nothing closes.

A browser makes the best of such HTML. Here each is mended where it stands, in the way that a
browser reads it, so that a text of ten years ago does not stop the build.
"""

import re
from collections.abc import Iterator

from generator.importers.evidence import SPANS
from generator.importers.html_blocks import HtmlConverter
from generator.importers.shown import Rendered, Shown
from generator.model.problems import Problem
from generator.render.body.addresses import refused_scheme

MOST_MENDED = 60
UNOPENED = re.compile(r"</([a-zA-Z][\w-]*+)[^>]*+> closes nothing")
UNCLOSED = re.compile(r"<([a-zA-Z][\w-]*+)[^>]*+> is never closed")
NOTE = "readers would see this note"
BAD_LINK = re.compile(r"(?:links may not begin with|not a web address)")
LINK = re.compile(
    r"(?<!\\)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*+)\]"
    r"\((<[^<>\n]*+>|[^()\s]*+(?:\([^()]*+\)[^()\s]*+)*+)\)"
)
OPENER = re.compile(r"<[a-zA-Z][^<>]*>")
CLOSER = re.compile(r"</[a-zA-Z][^>]*>")
HREF = re.compile(r"""\s(?:href|src)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)


def mended(body: str, shown: Shown) -> tuple[str, Rendered]:
    """A body without such faults, as far as they can be mended, and what readers see of it."""
    rendered = shown.rendered(body)
    for _ in range(MOST_MENDED):
        faults = [one for one in rendered.problems if one.is_error]
        if not faults:
            break
        for changed in _ways(body, faults[0]):
            made = shown.rendered(changed)
            if sum(one.is_error for one in made.problems) < len(faults):
                body, rendered = changed, made
                break
        else:
            return _made_anew(body, rendered, len(faults), shown)
    return body, rendered


def _made_anew(body: str, rendered: Rendered, faults: int, shown: Shown) -> tuple[str, Rendered]:
    """A body of which nothing could be mended any more, made from what readers saw of it."""
    again = without_refused(HtmlConverter().convert(rendered.html).markdown)
    made = shown.rendered(again)
    if rendered.html and sum(one.is_error for one in made.problems) < faults:
        return again, made
    return body, rendered


def _ways(body: str, fault: Problem) -> Iterator[str]:
    """Bodies in which a fault may be mended, the likeliest first."""
    lines = body.split("\n")
    number, column = fault.place.line - 1, max(fault.place.column - 1, 0)
    if not 0 <= number < len(lines):
        return
    line = lines[number]

    def with_line(at: int, text: str) -> str:
        return "\n".join((*lines[:at], text, *lines[at + 1 :]))

    if UNOPENED.match(fault.message) and (closer := CLOSER.match(line, column)):
        yield with_line(number, line[:column] + line[closer.end() :])
    elif unclosed := UNCLOSED.match(fault.message):
        tag = unclosed[1].lower()
        if tag not in SPANS and tag != "table":
            yield f"{body}\n\n</{tag}>"
        yield with_line(number, f"{line}</{tag}>")
        end = _end_of_block(lines, number)
        yield with_line(end, f"{lines[end]}</{tag}>")
        if opener := OPENER.match(line, column):
            yield with_line(number, line[:column] + line[opener.end() :])
    elif BAD_LINK.match(fault.message):
        yield without_refused(body)
    elif fault.message.startswith(NOTE):
        yield with_line(number, f"{line[:column]}\\{line[column:]}")
    elif fault.message == "a comment is never closed":
        yield f"{body}\n-->"


def _end_of_block(lines: list[str], number: int) -> int:
    """The last line before the next empty one: there ends what a paragraph's tag reaches over."""
    while number + 1 < len(lines) and lines[number + 1].strip():
        number += 1
    return number


def without_refused(body: str) -> str:
    """A body in which addresses that no page may hold (`about:`, `file:`) are no links any more."""
    text = LINK.sub(lambda link: link[1] if refused_scheme(link[2].strip("<>")) else link[0], body)
    return HREF.sub(lambda href: "" if refused_scheme(href[1].strip("\"'")) else href[0], text)
