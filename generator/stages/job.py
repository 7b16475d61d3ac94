"""The job: everything that one build works with, found out before it is known how much to do."""

from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from generator.media.recipe import Cleaning
from generator.model.config import Config
from generator.model.kinds import NO_KINDS, Kinds
from generator.model.left_out import LeftOut
from generator.model.problems import Problem
from generator.model.values import frozen, replace
from generator.publish.transaction import Changes, Transaction
from generator.read.layouts import Theme
from generator.read.memory import Memory
from generator.read.newsroom import Survey
from generator.stages.workers import Workers

Progress = Callable[[str, int, int], None]
"""Told now and then: the stage (`read` or `render`), how many are done, how many there are."""


@frozen
class Job:
    """What is built, from what, and with what.

    `problems` are those of the configuration, the layouts and the folders. `version` stands for
    the code. What is remembered of the site is in `.broadsheet/` below `state`; `record` is the
    file of the last build's record. `kinds` are the site's own. `stands_whole` tells whether
    every file that was published still stands. `said` is told, in words, what takes long.
    `keeps_addresses`: the ledger of addresses is added to; with `allow_lost` some may die.
    """

    site: Path
    state: Path
    config: Config
    now: datetime
    drafts: bool
    keep_going: bool
    allow_shrink: bool
    theme: Theme
    found: Survey
    memory: Memory
    transaction: Transaction
    stands_whole: Callable[[], bool]
    record: Path
    workers: Workers
    version: str
    problems: tuple[Problem, ...]
    progress: Progress | None = None
    said: Callable[[str], None] | None = None
    kinds: Kinds = NO_KINDS
    keeps_addresses: bool = False
    allow_lost: bool = False

    @property
    def cleaning(self) -> Cleaning:
        """How pictures are cleaned before they are published."""
        return Cleaning(self.version, self.config.pictures.keep_credit)

    @property
    def inputs(self) -> str:
        """What stands for all that the site is made from, but for its files and the clock."""
        theme, found = self.theme, self.found
        files = [(file.name, file.digest) for file in theme.files]
        slugs = sorted(found.section_slugs)
        layouts = (theme.own, theme.built_in, files)
        # Where the site is deployed to says nothing of how it looks.
        config = replace(self.config, deploy=())
        made_from = (self.kinds.names, config, self.drafts, layouts, slugs)
        links = sorted(found.targets.items())
        return digest_of((self.version, made_from, found.faults, links, self.problems))


@frozen
class Done:
    """What came of a job: how many articles and outputs the site has now, and what changed.

    `left_out` says of each text that readers do not see why that is.
    """

    articles: int
    outputs: int
    changes: Changes
    problems: tuple[Problem, ...]
    next_change: datetime | None
    left_out: tuple[LeftOut, ...]


def digest_of(value: object) -> str:
    """What stands for a frozen value."""
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
