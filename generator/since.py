"""A check that looks only at what differs from the last one: what that one found sound is noted.

A site of ten thousand stories takes half a minute to check, and its next change is a few files.
A note names every file that was there, with its digest. Files that are the same are passed by,
unless one is gone: then any page may lead nowhere, and all are looked at. So are they by
another version of the code, and for another configuration.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC
from pathlib import Path

from generator.check.site import NO_FILES, Progress, check_folder, published_folder
from generator.model.config import Config
from generator.model.problems import Problem
from generator.model.values import digest, from_json, frozen, to_json
from generator.publish.disk import store_whole
from generator.publish.store import load_manifest, manifest_path
from generator.stages.version import code_version
from generator.state.folder import state_home

OTHERS = ""
"""The digest of a file that is not the build's: nobody knows whether it is the same."""


@frozen
class Note:
    """What a check went by, and the digests of the files that it found sound, by path."""

    version: str
    config: str
    files: Mapping[str, str]


def check_since(
    note: Path, site: Path, output: Path, config: Config, progress: Progress | None = None
) -> tuple[Problem, ...]:
    """Check a published folder by the note of the check before, and write the next one.

    Warnings are of the files that were looked at. Errors are all there are, since a note is
    written of a sound site only. Without a note everything is looked at.
    """
    folder = published_folder(output, config.base_url, config.links)
    home = state_home(site, output)
    manifest = load_manifest(manifest_path(home, output.resolve()))
    ours = manifest.files if manifest else {}
    files = {path: ours[path].digest if path in ours else OTHERS for path in folder.paths}
    now = Note(code_version(home), digest((config.base_url, config.links)), files)
    problems = check_folder(output, folder, known=_same(_read(note), now), progress=progress)
    if not any(problem.is_error for problem in problems):
        store_whole(note, (to_json(now),))
    return problems


def _read(note: Path) -> Note | None:
    with suppress(OSError, ValueError):
        return from_json(Note, note.read_bytes(), UTC)
    return None


def _same(before: Note | None, now: Note) -> frozenset[str]:
    """The files that need not be looked at again."""
    if before is None or (before.version, before.config) != (now.version, now.config):
        return NO_FILES
    if before.files.keys() - now.files.keys():
        return NO_FILES
    return frozenset(
        path for path, was in before.files.items() if was == now.files[path] and was != OTHERS
    )
