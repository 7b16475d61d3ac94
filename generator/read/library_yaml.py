"""YAML of any kind, by the library: whatever `plain_yaml` leaves to it, and every fault."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import Any

from generator.model.problems import Problem
from generator.read.characters import illegal_in_yaml
from generator.read.plain_yaml import Value
from generator.read.source_spans import KeyPath, SpanFault, Stretch, span_in
from generator.read.yaml_faults import swallowed
from generator.read.yaml_lines import line_at
from generator.read.yaml_values import MAX_SLIPS, Composer, PlacingComposer, TypingComposer

_HASH_WORD = re.compile(r"(?<=[ \t])#[^\s#!]")
_HASH_TEXT = re.compile(r"(?<=[^\s#] )#[ \t]+[^\s#]|(?<=[ \t])#[ \t]+[0-9]")
"""One space before it, as between words; or a number behind it."""


def load(
    text: str, *, path: str, first_line: int, prose: frozenset[str] = frozenset()
) -> tuple[dict[str, Value] | None, tuple[Problem, ...]]:
    """As `load_yaml`, for a text that is not too long."""
    slip = illegal_in_yaml(text)
    if slip is not None:
        return None, (slip.problem(text, path, first_line),)
    composer = Composer(text)
    composer.run()
    value = composer.root[0] if composer.root else None
    slips = composer.slips
    if not slips and not isinstance(value, dict | None):
        slips = [_not_a_mapping(text)]
    if slips:
        return None, tuple(slip.problem(text, path, first_line) for slip in slips)
    return value or {}, _comments_that_may_be_text(text, path, first_line, prose)


def typed(text: str) -> dict[str, Any]:
    """As `typed_yaml`."""
    composer = TypingComposer(text)
    composer.run()
    values: dict[str, Any] = composer.root[0] if composer.root else {}
    return values or {}


def stretches(text: str) -> dict[KeyPath, Stretch]:
    """As `yaml_stretches`."""
    composer = PlacingComposer(text)
    composer.run()
    return composer.stretches


def _not_a_mapping(text: str) -> SpanFault:
    start = len(text) - len(text.lstrip())
    line = text[start:].split("\n", 1)[0]
    key, colon, value = line.partition(":")
    hint = 'Write one "key: value" on each line.'
    if colon and value:
        hint = f"Write a space after the colon: {key}: {value.strip()}"
    return SpanFault(start, start + len(line), 'no "key: value" here', hint)


def _comments_that_may_be_text(
    text: str, path: str, first_line: int, prose: frozenset[str]
) -> tuple[Problem, ...]:
    """Warn of `title: The rise of #MeToo`, of which YAML keeps only "The rise of".

    Under the keys of `prose` of `title: Oslo is # 1 again` too.
    """
    if not (_HASH_WORD.search(text) or (prose and _HASH_TEXT.search(text))):
        return ()
    problems: list[Problem] = []
    for at in islice(_comments(text, prose), MAX_SLIPS):
        slip = swallowed(text, at)
        span = span_in(text, slip.start, slip.end, path=path, first_line=first_line)
        problems.append(span.warning(slip.message, slip.hint))
    return tuple(problems)


def _comments(text: str, prose: frozenset[str]) -> Iterator[int]:
    """Where a comment begins that looks like text, behind something on its line."""
    taken = sorted(_texts(text))
    starts = [start for start, _ in taken]
    at = -1
    while (at := text.find("#", at + 1)) >= 0:
        nearest = bisect_right(starts, at) - 1
        if nearest >= 0 and at < taken[nearest][1]:
            at = taken[nearest][1] - 1
        elif text[at - 1 : at].isspace():
            if _may_be_text(text, at, prose):
                yield at
            at = text.find("\n", at)
            if at < 0:
                return


def _may_be_text(text: str, at: int, prose: frozenset[str]) -> bool:
    """Whether a comment looks like the end of the text before it."""
    if _HASH_WORD.match(text, at):
        return bool(text[text.rfind("\n", 0, at) + 1 : at].strip())
    line = line_at(text, at)
    is_open = line.value_at < at and text[line.value_at] not in "\"'"  # quotes say where it ends
    return is_open and line.key in prose and bool(_HASH_TEXT.match(text, at))


def _texts(text: str) -> Iterator[tuple[int, int]]:
    """Where keys and values that are texts begin and end."""
    for stretch in stretches(text).values():
        if not stretch.holds:
            yield stretch.start, stretch.end
        if stretch.key_end > stretch.key_start:
            yield stretch.key_start, stretch.key_end
