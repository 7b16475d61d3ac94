"""Targets: the one small interface behind which every host stands, and how one says no."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from generator.deploy.planning import Plan
from generator.deploy.release import Entries, Entry, Note, Release, tree_of
from generator.model.problems import HinderedError, Place, Problem, SiteError
from generator.model.values import field, frozen

CONFIG = "config.yaml"
Tell = Callable[[str, int, int], None]
"""Told now and then: the stage, how many are done, how many there are."""


class DeployError(HinderedError):
    """The target, the network or a tool failed; nothing is wrong with the site."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint, is_usage=False)

    def __reduce__(self) -> tuple[type["DeployError"], tuple[str, str]]:
        return DeployError, (self.message, self.hint)


class RefusedError(SiteError):
    """A deploy that is refused, with the reason; nothing was changed.

    `place` is a file or folder of the site, where the reason lies there.
    """

    def __init__(self, message: str, hint: str, place: str = "") -> None:
        super().__init__((Problem(Place(place), message, hint),))


class BusyError(RefusedError):
    """Somebody else is deploying to the same target."""

    def __init__(self, who: str) -> None:
        hint = "Wait until that is done, then deploy again."
        super().__init__(f"{who} is deploying to this target just now", hint)


class Source(Protocol):
    """Where the contents of files come from."""

    def read(self, path: str, entry: Entry) -> bytes:
        """The bytes of a file, which are those that were asked for, or an error."""
        ...


@frozen(eq=False)
class Live:
    """What stands at a target.

    `note` is of the live release; `release` is None where there is none, or where all that is
    wanted stands there already (`is_current`). Of `doubtful` paths nobody knows what stands there,
    since a run was cut short; `begun` are those as that run wanted them, `marks` the MD5 of what
    is there. `foreign` counts files that nobody knows of, where there is no release. One that
    `is_unfinished` is published anew even if nothing differs.
    """

    note: Note | None = None
    release: Release | None = None
    doubtful: frozenset[str] = frozenset()
    begun: Entries = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    foreign: int = 0
    is_current: bool = False
    is_unfinished: bool = False


@frozen(eq=False)
class Delivery:
    """What is to be brought: a plan, the release it leads to, and where the bytes come from.

    `before` is what stands there; `restored` is the number of the release that is brought back.
    """

    plan: Plan
    files: Entries
    before: Entries
    base_url: str
    source: Source
    tell: Tell
    restored: int = 0

    def note(self, number: int, made: datetime, by: str) -> Note:
        """What is written down of it, as the release of this number."""
        return Note(
            number=number,
            made=made,
            by=by,
            tree=tree_of(self.files),
            added=len(self.plan.added),
            changed=len(self.plan.changed),
            deleted=len(self.plan.gone),
            restored=self.restored,
        )


class Target(Protocol):
    """A place that a site is deployed to.

    Each may raise DeployError for a failure of the network or a tool, OSError for one of this
    machine.
    """

    def look(self, tree: str, *, is_wary: bool = False) -> Live:
        """What stands there; `tree` is that of the files wanted (see `tree_of`).

        Who `is_wary` does not believe that what was brought still stands there as it was.
        """
        ...

    def publish(self, delivery: Delivery) -> Note:
        """Bring what `look` found lacking. Raises BusyError when somebody else does so."""
        ...

    def releases(self) -> Sequence[Note]:
        """The live release, and the earlier ones that `restore` can bring back, newest first."""
        ...

    def restore(self, note: Note, tell: Tell) -> Note:
        """Bring an earlier release back. Raises RefusedError where that cannot be."""
        ...
