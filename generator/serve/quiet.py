"""Quiet: when to look at the disk after something stirred. Pure arithmetic on a clock's seconds."""

from dataclasses import dataclass

QUIET = 0.03
"""Seconds without a stir after which a save counts as finished."""
LONGEST = 0.3
"""Seconds after the first stir at which nothing is waited for any more."""


@dataclass(slots=True)
class Stirs:
    """The stirs since the disk was last looked at: paths, or "anywhere"."""

    paths: set[str]
    is_anywhere: bool = False
    first: float = 0.0
    last: float = 0.0

    @property
    def is_empty(self) -> bool:
        """Whether nothing has stirred."""
        return not (self.paths or self.is_anywhere)

    def add(self, path: str | None, now: float) -> None:
        """Note a stir at a path, or anywhere."""
        if self.is_empty:
            self.first = now
        self.last = now
        if path is None:
            self.is_anywhere = True
        else:
            self.paths.add(path)

    def due(self) -> float:
        """When to look; only asked when something has stirred."""
        return min(self.last + QUIET, self.first + LONGEST)

    def take(self) -> frozenset[str] | None:
        """The hints for looking, None for anywhere; the next stir begins anew."""
        hints = None if self.is_anywhere else frozenset(self.paths)
        self.paths, self.is_anywhere = set(), False
        return hints
