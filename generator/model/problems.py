"""Problems: what is wrong in a site's files, where, and what to do about it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum

from generator.model.values import frozen, replace


class Severity(StrEnum):
    """How much a Problem stops: an error stops publishing, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@frozen(order=True)
class Place:
    """Where something stands in a site's files.

    `path` is relative to the site's folder, with forward slashes. `line` and
    `column` count from 1; 0 means unknown.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`path:line:column`, without the parts that are unknown."""
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@frozen
class Problem:
    """One thing wrong in a site's files.

    `message` says what is wrong, `hint` what to do. `excerpt` is the line of the
    file that `place` points at, as it stands there, and `width` how many
    characters of it, from `place.column` on, the problem covers. Where the line is
    not known yet, `keys` lead to the value at fault: whoever reads files finds it. One that
    `spares_text` leaves out its link alone, not its text, where a build goes on in spite of errors.
    One that `is_told_once` has the same cause in every file: the first of these stands for all.
    One that passes by itself is true `until` an instant, and not told from then on.
    """

    place: Place
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    excerpt: str = ""
    width: int = 1
    keys: tuple[str | int, ...] = ()
    spares_text: bool = False
    is_told_once: bool = False
    until: datetime | None = None

    @property
    def is_error(self) -> bool:
        """Whether this Problem stops publishing."""
        return self.severity is Severity.ERROR

    def lasts_at(self, now: datetime) -> bool:
        """Whether it is still true."""
        return self.until is None or now < self.until


@frozen
class Fault:
    """A Problem that knows its key, but not yet its line.

    Parsing values is pure and sees no text: it says under which `keys` the fault
    lies, and the reader of the file finds the place. With `on_key` the key itself
    is at fault, not its value.
    """

    keys: tuple[str | int, ...]
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    on_key: bool = False


MOST_TOLD = 500
"""Problems that are told of one file; the others are counted."""


def bounded(problems: Iterable[Problem], most: int = MOST_TOLD) -> tuple[Problem, ...]:
    """The problems, at most so many of each file; how many more there are stands behind them.

    A file may be made to have as many as it has characters, each with its whole line.
    """
    kept: list[Problem] = []
    seen: Counter[str] = Counter()
    more: dict[str, Problem] = {}
    for problem in problems:
        path = problem.place.path
        seen[path] += 1
        if seen[path] <= most:
            kept.append(problem)
        elif path not in more or problem.is_error:
            more[path] = problem
    for path, last in more.items():
        count = seen[path] - most
        message = "one more problem" if count == 1 else f"{count:,} more problems"
        kept.append(Problem(Place(path), message, "Mend these first.", last.severity))
    return tuple(kept)


VARIES = re.compile(r'"[^"\n]*"|<[^<>\n]*>?|\{[^{}\n]*\}|:[a-z][\w+-]*+:|\d[\d.,]*+')
"""What of a message is another in each text: a name, a tag, attributes, a pictogram, a number."""


def _nothing(_path: str) -> bool:
    return False


def told_once(
    problems: Iterable[Problem],
    *,
    errors: bool = False,
    is_archive: Callable[[str], bool] = _nothing,
) -> tuple[Problem, ...]:
    """The same, in order; what has one cause in many files is told at the first, with their number.

    Warnings only, unless `errors` too: which files have one decides what is left out. Of a file
    that `is_archive`, warnings of one kind are told once, whatever each of them names.
    """
    kept: dict[tuple[str, str] | Problem, Problem] = {}
    files: dict[tuple[str, str], set[str]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for problem in problems:
        is_kind = not problem.is_error and is_archive(problem.place.path)
        if problem.is_told_once and (errors or not problem.is_error):
            cause = problem.severity.value, problem.message
        elif is_kind:
            cause = "archive", VARIES.sub("…", problem.message)
        else:
            kept[problem] = problem
            continue
        kept.setdefault(cause, problem)
        files.setdefault(cause, set()).add(problem.place.path)
        counts[cause] += 1
    for cause, paths in files.items():
        first, among = kept[cause], f"in {len(paths):,} files"
        if cause[0] == "archive" and counts[cause] > 1:
            told = (
                f"{counts[cause]:,} such, {among}" if len(paths) > 1 else f"{counts[cause]:,} such"
            )
        else:
            told = among if len(paths) > 1 else ""
        kept[cause] = replace(first, message=f"{first.message} ({told})") if told else first
    return tuple(kept.values())


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place, then text, each Problem once: the order in which they are reported."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.place, p.severity, p.message, p.hint)))


def warning(
    place: Place, message: str, hint: str = "", keys: tuple[str | int, ...] = ()
) -> Problem:
    """Make a Problem that does not stop publishing."""
    return Problem(place, message, hint, Severity.WARNING, keys=keys)


class HinderedError(Exception):
    """Stops a command: what stands in the way, and what to do about it.

    With `is_usage` what was asked for is at fault, not the machine or another process.
    """

    def __init__(self, message: str, hint: str, is_usage: bool = True) -> None:
        self.message, self.hint, self.is_usage = message, hint, is_usage
        super().__init__(message, hint, is_usage)  # so it can come from another process

    def __str__(self) -> str:
        """Both, a sentence each."""
        return f"{self.message}. {self.hint}"


class SiteError(Exception):
    """Stops a command because of Problems in the site's files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("; ".join(f"{p.place}: {p.message}" for p in self.problems))


def shown(text: str, most: int = 60) -> str:
    """A text as a message quotes it: one short line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most] + "…"
