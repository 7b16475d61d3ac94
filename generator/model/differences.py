"""Differences: how what is published differs from what a clean build makes."""

from enum import StrEnum

from generator.model.values import frozen


class Kind(StrEnum):
    """In which way a published file differs from what a clean build makes."""

    MISSING = "missing"
    EXTRA = "extra"
    FOREIGN = "foreign"
    CHANGED = "changed by hand"
    DIFFERENT = "different"


MESSAGES = {
    Kind.MISSING: "is missing: a clean build makes this file",
    Kind.EXTRA: "should be gone: a clean build does not make this file",
    Kind.FOREIGN: "is no file of this site: somebody put it there",
    Kind.CHANGED: "was changed by hand after it was published",
    Kind.DIFFERENT: "is not what a clean build makes",
}
HINTS = {
    Kind.FOREIGN: "Delete it, or move it to static/ to have it published.",
    Kind.CHANGED: "Make the change in content/ or layouts/. Then build with --clean.",
}
MEND = "Build with --clean to mend it. If nobody touched the folder, please report it."


@frozen
class Difference:
    """A published file that differs from what a clean build makes.

    `path` is relative to the output folder. `reason` is why the file was last made anew, with the
    instant; empty where that is not known.
    """

    path: str
    kind: Kind
    reason: str = ""

    @property
    def message(self) -> str:
        """What is wrong, and the reason."""
        made = f" (last made {self.reason})" if self.reason else ""
        return MESSAGES[self.kind] + made

    @property
    def hint(self) -> str:
        """What to do about it."""
        return HINTS.get(self.kind, MEND)
