"""Regular expressions that few runs need: each is compiled when it is first used.

Python compiles every pattern anew in each process, and takes up to 3 ms for one with many ranges.
"""

import re
from typing import Any


class LatePattern:
    """Stands for a pattern; whatever is asked of it, the pattern answers."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._asked = pattern, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(self.compiled(), name)
        setattr(self, name, found)  # the next time it is found at once
        return found

    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(*self._asked)


def late_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but the pattern is compiled when something is first asked of it."""
    stand_in: Any = LatePattern(pattern, flags)
    asked_alike: re.Pattern[str] = stand_in
    return asked_alike
