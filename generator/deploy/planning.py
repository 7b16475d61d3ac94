"""What a deploy does, in which order: uploads in waves, deletions last. Pure."""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from generator.deploy.release import Entries, Release
from generator.deploy.serving import Wave, is_fingerprinted, wave_of
from generator.model.values import frozen

GRACE = timedelta(days=1)
"""How long an asset stays after the last page that names it: a browser may have such a page."""
NOBODY: frozenset[str] = frozenset()


@frozen(eq=False)
class Plan:
    """The difference between what stands at a target and what is wanted.

    Each of the `waves` is brought side by side, one after the other; then the `deletions` go, in
    their order. `leaving` are the assets that stay for a while, with the instant when each may go.
    """

    waves: tuple[tuple[str, ...], ...]
    deletions: tuple[str, ...]
    leaving: dict[str, datetime]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def uploads(self) -> tuple[str, ...]:
        """Every file that is brought, in order."""
        return tuple(path for wave in self.waves for path in wave)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has to be done."""
        return not (self.waves or self.deletions)


def planned(
    live: Release | None,
    wanted: Entries,
    now: datetime,
    doubtful: AbstractSet[str] = NOBODY,
) -> Plan:
    """What is to be done. Of `doubtful` files nobody knows whether they stand there, or how."""
    before: Entries = live.files if live else {}
    waiting = live.leaving if live else {}
    changed: list[str] = []
    added: list[str] = []
    for path, entry in wanted.items():
        if not entry.is_like(before.get(path)) or path in doubtful:
            (changed if path in before else added).append(path)
    gone = {*before, *waiting, *doubtful} - wanted.keys()
    leaving = {
        path: due
        for path in gone
        if path in waiting or (path in before and is_fingerprinted(path, before[path].digest))
        if (due := waiting.get(path, now + GRACE)) > now
    }
    deletions = sorted(gone - leaving.keys(), key=lambda path: (-wave_of(path), path))
    return Plan(
        in_waves([*changed, *added]),
        tuple(deletions),
        leaving,
        tuple(sorted(added)),
        tuple(sorted(changed)),
        tuple(sorted(before.keys() - wanted.keys())),
    )


def in_waves(paths: list[str]) -> tuple[tuple[str, ...], ...]:
    """The paths by wave, without empty waves."""
    waves: dict[Wave, list[str]] = {wave: [] for wave in Wave}
    for path in paths:
        waves[wave_of(path)].append(path)
    return tuple(tuple(sorted(wave)) for wave in waves.values() if wave)
