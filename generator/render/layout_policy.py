"""Layouts and the site's policy: what a layout of the newsroom's own names, and readers miss.

A layout is looked at as it is written, once, whatever the number of pages made with it. An address
that is reckoned there is left alone.
"""

import re
from collections.abc import Iterator
from functools import partial

from generator.model.body import Embedding
from generator.model.forbidden import RECKONED
from generator.model.layouts import LayoutFile
from generator.model.policy import Policy
from generator.model.problems import Place, Problem, Severity
from generator.render.body.forbidden import TAG, forbidden_by

# What is never closed goes on to the end.
JINJA = re.compile(r"\{\{.*?(?:\}\}|\Z)|\{%.*?(?:%\}|\Z)", re.DOTALL)
COMMENT = re.compile(r"\{#.*?(?:#\}|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)


def forbidden_in(file: LayoutFile, embedding: Embedding) -> Iterator[Problem]:
    """A warning for each kind of thing in a layout that the site's policy keeps from readers."""
    if not embedding.policy or "<" not in file.text:
        return
    policy, found = Policy.parse(embedding.policy), set[tuple[str, str]]()
    text = JINJA.sub(partial(_covered, RECKONED), COMMENT.sub(partial(_covered, " "), file.text))
    for tag in TAG.finditer(text):
        for one in forbidden_by(tag, policy, embedding.origin):
            if (one.what, one.hint) not in found:
                found.add((one.what, one.hint))
                yield _warning(file, tag, one.what, one.hint)


def _covered(by: str, found: re.Match[str]) -> str:
    """What was found, covered character by character; its lines stay where they are."""
    return "".join("\n" if c == "\n" else by for c in found[0])


def _warning(file: LayoutFile, tag: re.Match[str], what: str, hint: str) -> Problem:
    text, at = file.text, tag.start()
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[begin : end if end >= 0 else len(text)]
    place = Place(file.place, text.count("\n", 0, at) + 1, at - begin + 1)
    width = max(1, min(tag.end(), begin + len(line)) - at)
    message = f"the site's policy keeps this {what} from readers"
    return Problem(place, message, hint, Severity.WARNING, excerpt=line, width=width)
