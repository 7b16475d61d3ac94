"""A glimpse: a site as the next build would arrange it; nothing is written."""

import sqlite3
from datetime import datetime
from pathlib import Path

from generator.model.config import Config
from generator.model.kinds import NO_KINDS, Kinds
from generator.model.problems import Problem
from generator.model.site import Site
from generator.plan.arrange import empty_site, put
from generator.plan.kinds import KINDS, reserved_by
from generator.plan.view import View
from generator.read.kinds import TEXTS
from generator.read.memory import Memory, open_memory
from generator.read.newsroom import read_all, section_names, survey
from generator.stages.building import news_of
from generator.stages.version import code_version


class _Glimpse(Memory):
    """A memory that is only looked into: nothing is stored, and nothing damaged is removed."""

    def _open(self) -> sqlite3.Connection:
        if self._store is None:
            uri = f"{self.file.absolute().as_uri()}?mode=ro&immutable=1"
            self._store = sqlite3.connect(uri, uri=True)
        return self._store

    def _drop(self) -> None:
        self.was_damaged = True
        self.stamps, self.generation = {}, ""
        self.close()


def glimpsed(
    folder: Path,
    home: Path,
    config: Config,
    now: datetime,
    *,
    drafts: bool = False,
    kinds: Kinds = NO_KINDS,
) -> tuple[Site, tuple[Problem, ...]]:
    """The site in a folder at an instant, and what is wrong in its texts.

    Texts with errors are left out. What a build remembers, below `home`, is believed and not
    changed.
    """
    texts = (*TEXTS, *kinds.texts)
    found = survey(folder, config, texts)
    known = open_memory(home, config, code_version(), kinds=texts)
    with _Glimpse(known.file, known.key, known.zone, known.seal, held=known.held) as memory:
        memory.load(found.section_slugs)
        reads = read_all(folder, config, found, memory=memory)
    view = View(
        config, now, section_names(config), reserved_by((*KINDS, *kinds.pages)), drafts=drafts
    )
    problems = tuple(problem for read in reads for problem in read.problems)
    return put(empty_site(view), news_of(reads), view).after, problems
