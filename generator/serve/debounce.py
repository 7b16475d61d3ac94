"""Debouncing: when to look at the disk after a change. Pure arithmetic on a clock's seconds."""

from collections.abc import Callable
from dataclasses import dataclass

Notify = Callable[[str | None], None]
"""Told of every event: a path relative to the site's folder, or None for "anywhere"."""
QUIET = 0.03
"""Seconds without an event after which a save counts as finished."""
LONGEST = 0.3
"""Seconds after the first event at which nothing is waited for any more."""


@dataclass(slots=True)
class Events:
    """The events since the disk was last looked at: paths, or "anywhere"."""

    paths: set[str]
    is_anywhere: bool = False
    first: float = 0.0
    last: float = 0.0

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        return not (self.paths or self.is_anywhere)

    def add(self, path: str | None, now: float) -> None:
        """Note an event at a path, or anywhere."""
        if self.is_empty:
            self.first = now
        self.last = now
        if path is None:
            self.is_anywhere = True
        else:
            self.paths.add(path)

    def due(self) -> float:
        """When to look; only asked when something has changed."""
        return min(self.last + QUIET, self.first + LONGEST)

    def take(self) -> frozenset[str] | None:
        """The hints for looking, None for anywhere; the next event begins anew."""
        hints = None if self.is_anywhere else frozenset(self.paths)
        self.paths, self.is_anywhere = set(), False
        return hints
