"""Source spans: a stretch of a text file, as a Problem shows it."""

from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate
from typing import TypeAlias

from generator.model.problems import Place, Problem, Severity
from generator.model.values import frozen

KeyPath: TypeAlias = tuple[str | int, ...]


@frozen
class SourceSpan:
    """A stretch of one line of a file: where it is, that line, and how wide it is.

    `excerpt` is the whole line as it stands in the file, `width` counts the
    characters from `place.column` on; both fit a Problem's fields of those names.
    """

    place: Place
    excerpt: str = ""
    width: int = 1

    def error(self, message: str, hint: str = "") -> Problem:
        """Make a Problem here that stops publishing."""
        return Problem(self.place, message, hint, Severity.ERROR, self.excerpt, self.width)

    def warning(self, message: str, hint: str = "") -> Problem:
        """Make a Problem here that does not stop publishing."""
        return Problem(self.place, message, hint, Severity.WARNING, self.excerpt, self.width)

    def within(self, part: str) -> "SourceSpan":
        """Narrow to the first `part` in the stretch; unchanged when it is not there.

        For one tag of `tags: War, Kursk`, whose value is a single text.
        """
        start = self.place.column - 1
        at = self.excerpt.find(part, start, start + self.width) if part else -1
        if at < 0:
            return self
        place = Place(self.place.path, self.place.line, at + 1)
        return SourceSpan(place, self.excerpt, len(part))


@frozen
class Stretch:
    """Where a value and its key stand in a text: offsets in characters, end excluded.

    An item of a list has no key: its `key_start` equals its `key_end`. `holds` tells
    a list or mapping from a text.
    """

    start: int
    end: int
    key_start: int = 0
    key_end: int = 0
    holds: bool = False


def span_in(text: str, start: int, end: int, *, path: str, first_line: int = 1) -> SourceSpan:
    """Show `text[start:end]`, cut at the end of its first line.

    `first_line` is the file's line on which `text` begins. Lines end with LF.
    """
    start = min(max(start, 0), len(text))
    starts, lines = _lines(text)
    number = bisect_right(starts, start) - 1
    begin, line = starts[number], lines[number]
    place = Place(path, first_line + number, start - begin + 1)
    return SourceSpan(place, line.removesuffix("\r"), max(1, min(end, begin + len(line)) - start))


@lru_cache(maxsize=2)  # the Problems of one text come one after another, and share its lines
def _lines(text: str) -> tuple[list[int], list[str]]:
    """Where each line of a text begins, and the lines."""
    lines = text.split("\n")
    return list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0)), lines


def stretch_of(
    stretches: Mapping[KeyPath, Stretch], keys: KeyPath, *, of_key: bool = False
) -> tuple[int, int] | None:
    """Find the characters of a value, or of its key.

    A value that is not there or empty is shown at its key, a key that is not
    there at the innermost one around it. None: nothing of it is there.
    """
    for depth in range(len(keys), 0, -1):
        found = stretches.get(keys[:depth])
        if found is None:
            continue
        whole = depth == len(keys) and not of_key and found.end > found.start
        if whole or found.key_end == found.key_start:
            return found.start, found.end
        return found.key_start, found.key_end
    return None


@frozen
class SpanFault:
    """What is wrong with a stretch of a text (offsets in characters), and what to do."""

    start: int
    end: int
    message: str
    hint: str = ""

    def problem(self, text: str, path: str, first_line: int = 1) -> Problem:
        """The Problem that this is in the file at `path`, where `text` begins on `first_line`."""
        span = span_in(text, self.start, self.end, path=path, first_line=first_line)
        return span.error(self.message, self.hint)
