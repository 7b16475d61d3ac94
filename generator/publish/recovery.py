"""Recovery: carrying out a journal, now or after a run that was killed.

What happens, in order, and what a power cut or a kill after each step leaves:

1. New contents are staged and synced: the old site; the next run throws them away.
2. The journal is stored: the old site; the next run carries it out. So do all below.
3. Files are moved and deleted, their folders synced: some of the new site, and the old
   manifest. Moving and deleting can be done again.
4. The manifest is changed: the new site. Its state is the one that the journal names, so the
   next run knows that this is done, and seals it.
5. The journal is removed: all is done. A journal that comes back, since its removal was not
   synced, is the same as after step 4, or is not of this manifest any more.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from generator.model.values import replace
from generator.publish.disk import sync
from generator.publish.folder import change_folder, changed_folders
from generator.publish.handles import Folder
from generator.publish.journal import NAME, Journal
from generator.publish.manifest import About, Manifest, Published, count_pages
from generator.publish.staging import open_staging, staging_folder
from generator.publish.store import (
    change_manifest,
    is_at,
    load_manifest,
    manifest_path,
    salvage,
    seal_anew,
    write_manifest,
)
from generator.state.seal import Seal, seal_of


def carry_out(journal: Journal, site: Path, output: Path) -> None:
    """Do what a stored journal says. Can be done again after any failure; `end` comes next."""
    change_output(journal, journal.deletions, site, output)
    stored = manifest_path(site, output)
    if journal.base:
        change_manifest(
            stored, journal.rows, journal.deletions, base=journal.base, about=journal.about
        )
    else:
        write_manifest(stored, journal.rows, journal.about)


def change_output(journal: Journal, deletions: Sequence[str], site: Path, output: Path) -> None:
    """Move and delete files, and sync the folders in which that was done."""
    output.mkdir(parents=True, exist_ok=True)
    with Folder.at(output) as there, Folder.at(staging_folder(output, site)) as staging:
        change_folder(journal.moves, deletions, there, staging)
    sync(changed_folders(output, (*(path for _, path in journal.moves), *deletions)))


def end(site: Path, output: Path) -> None:
    """Remove the journal, and all that is staged with it."""
    found = open_staging(output, site)
    if found is None:
        return
    with found as staging, suppress(FileNotFoundError):
        staging.unlink(NAME)
    shutil.rmtree(found.path, ignore_errors=True)


def journal_seal(site: Path) -> Seal:
    """What journals are sealed with."""
    return seal_of(site, "journal")


def recover(site: Path, output: Path) -> bool:
    """Finish or throw away what a killed run left; whether there was something to finish."""
    stored, found = manifest_path(site, output), open_staging(output, site)
    if found is None:
        return False
    with found as staging:
        journal, was_begun = Journal.load(staging, journal_seal(site)), bool(staging.mode(NAME))
    known = load_manifest(stored) or salvage(stored, output) or Manifest.of({})
    if journal:
        _resume(journal, known, site, output)
    elif len(known) and was_begun:
        # A damaged journal: some of it may have been done, so no file is what it was for sure.
        _doubt(stored, known, {})
    end(site, output)
    return journal is not None


def _resume(journal: Journal, known: Manifest, site: Path, output: Path) -> None:
    stored, state = manifest_path(site, output), journal.about.state
    if journal.base and is_at(stored, state):
        seal_anew(stored)
        return
    if journal.base in ("", known.about.state):
        ours = tuple(p for p in journal.deletions if known.get(p) and p not in journal.rows)
        known.close()
        carry_out(replace(journal, deletions=ours), site, output)
        return
    # The manifest was damaged since then, or another one was put in its place. Nothing can be
    # deleted for sure, but no visitor shall see half of the old site and half of the new.
    change_output(journal, (), site, output)
    if len(known):
        _doubt(stored, known, journal.rows)


def _doubt(stored: Path, known: Manifest, more: Mapping[str, Published]) -> None:
    files = known.doubted() | dict(more)
    known.close()
    write_manifest(stored, files, About(new_state(), "", len(files), count_pages(files)))


def new_state() -> str:
    """A name for a state of the manifest that no other has."""
    return os.urandom(8).hex()
