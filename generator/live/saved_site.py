"""What the preview saves for its next run: its Site, as arranged from what is remembered.

It is a record as a build has one, but of what a preview shows, drafts and all. Its file is named
after its content, by this account's seal, so that neither a half-written one nor somebody else's
is ever believed.
"""

import os
import sqlite3
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from generator.live.planned import SitePlan, Wanted
from generator.model.problems import Problem
from generator.model.site import Site
from generator.model.values import frozen
from generator.read.memory import DamagedError, Memory
from generator.stages.facts import Facts, load_facts, mark_of
from generator.stages.record import facts_of, open_record, store_record
from generator.stages.version import code_version
from generator.state.seal import seal_of

FOLDER = ".broadsheet"
NAME = "preview-"
MARK_LENGTH = 32
"""Characters of a seal. A draft, which somebody may be writing, is named by a process."""
CHECKED = "checked"
"""Stands in a record whose problems are known; it has no other use for a frame's digest."""


@frozen
class SavedSite:
    """A Site that fetches its stories when they are asked for.

    Asked for one that is no longer what it was, it raises DamagedError. `problems` are all that was
    wrong with it, and in its files; None when the plan has not been looked through as a whole.
    """

    site: Site
    problems: tuple[Problem, ...] | None


def load_site(
    folder: Path, wanted: Wanted, memory: Memory, slugs: frozenset[str]
) -> SavedSite | None:
    """The Site that was saved of what the `memory` holds; None where there is none."""
    inputs = _inputs(folder, wanted, slugs)
    for file in (folder / FOLDER).glob(NAME + "*.db"):
        with suppress(OSError, sqlite3.Error, DamagedError):
            mark = mark_of(file)
            facts = load_facts(file, mark, memory) if file.stem == _name(folder, mark) else None
            if facts and facts.inputs == inputs and _is_of_now(facts, wanted):
                site = open_record(file, facts, memory).site(wanted.view)
                return SavedSite(site, facts.problems if facts.frame == CHECKED else None)
    return None


def is_save_damaged(folder: Path) -> bool:
    """Whether what was saved is no longer what its name says."""
    with suppress(OSError):
        saved = (folder / FOLDER).glob(f"{NAME}{'[0-9a-f]' * MARK_LENGTH}.db")
        return any(file.stem != _name(folder, mark_of(file)) for file in saved)
    return False


def save_site(
    folder: Path,
    planned: SitePlan,
    memory: Memory,
    slugs: frozenset[str],
    problems: tuple[Problem, ...] | None = None,
) -> None:
    """Save a Site that was arranged from all that the `memory` holds, and from nothing else.

    One with an error, or from a memory that failed, is not saved.
    """
    if memory.was_damaged or planned.site.broken or any(p.is_error for p in problems or ()):
        return
    site, state = planned.site, folder / FOLDER
    facts = facts_of(
        site,
        site.now,
        site.next_change,
        inputs=_inputs(folder, planned.wanted, slugs),
        generation=memory.generation,
        frame="" if problems is None else CHECKED,
        outputs=0,
        problems=problems or (),
    )
    draft = state / f"{NAME}{os.getpid()}"
    with suppress(OSError, sqlite3.Error):  # what cannot be saved is arranged anew next time
        mark = store_record(draft, facts, site, {})
        older = [*state.glob(NAME + "*.db")]
        if mark:
            draft.replace(state / f"{_name(folder, mark)}.db")
        for file in older:
            if file.stem != _name(folder, mark):
                file.unlink()


def _name(folder: Path, mark: str) -> str:
    """The name, without its ending, of the file with a mark."""
    return NAME + seal_of(folder, "preview").text(mark)


def _is_of_now(facts: Facts, wanted: Wanted) -> bool:
    return facts.now <= wanted.now


def _inputs(folder: Path, wanted: Wanted, slugs: frozenset[str]) -> str:
    """What stands for all that a Site and its problems follow from, but texts and the clock."""
    theme = [(file.name, file.digest) for file in wanted.theme]
    version = code_version(folder)
    made_from = repr(
        (version, wanted.kinds.names, wanted.config, wanted.held, theme, sorted(slugs))
    )
    return blake2b(made_from.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
