"""The guard before the output folder: what must not be written to, and what must not be published.

Nothing that is not ours is ever overwritten or deleted, and no site shrinks by accident.
"""

import errno
import os
from pathlib import Path

from generator.model.problems import HinderedError
from generator.publish.folder import PASSED_OVER, contents_of
from generator.publish.manifest import Manifest
from generator.publish.recovery import recover
from generator.publish.staging import staging_folder
from generator.publish.store import load_manifest, manifest_path, salvage
from generator.publish.transaction import Pages, Transaction

SOURCES = ("content", "layouts", "static", ".git", ".broadsheet")
HINT = "Choose a folder of its own, such as --output public."
LEAST_PART_LEFT = 0.8
FEWEST_PAGES = 10
"""A site of fewer pages may lose any number of them: there one page is a large part."""
ALL_THE_SAME = "To publish it all the same, add --allow-shrink."


class RefusedError(HinderedError):
    """An output folder that must not be written to."""


def open_output(output: Path, site: Path, *, clean: bool = False) -> Transaction:
    """Begin a new state of an output folder, after finishing what a killed run left.

    With `clean` every file is written anew. A damaged manifest is replaced, as far as the
    ledger knows whose the files are. A site that lost both may be adopted: the
    transaction is refused later if any file in the folder differs from what would stand
    there. Raises RefusedError for a folder that must not be written to, OSError for one
    that cannot be.
    """
    real = guard_place(output, site)
    _guard_permissions(real, site)
    recover(site, real)
    stored = manifest_path(site, real)
    manifest = load_manifest(stored)
    was_damaged = False
    if manifest is None:
        manifest = salvage(stored, real)
        was_damaged = stored.exists() or manifest is not None
    is_adopting = manifest is None and (real / "index.html").is_file()
    if is_adopting:
        manifest = Manifest.of(contents_of(real))
    guard_contents(real, manifest, site)
    known = manifest or Manifest.of({})
    # What is adopted was made by nobody known, so all of it is made anew in any case.
    return Transaction(site, real, known, clean and not is_adopting, is_adopting, was_damaged)


def _guard_permissions(output: Path, site: Path) -> None:
    """Raise PermissionError before anything is made that could not be put in place."""
    for folder in (staging_folder(output, site).parent, output):
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def guard_place(output: Path, site: Path, *, is_named: bool = True) -> Path:
    """The output folder's real place, with no links on the way.

    One that nobody has named may not lie outside the site: a repository can carry a link of its
    name. Raises RefusedError for a place that could cost anyone their files: the file system's
    root, the home folder, the site's own folder or one above it, its sources, a file.
    """
    shown = _shown(output)
    try:
        real = output.resolve()
    except (OSError, RuntimeError):  # a link that leads round in a circle
        raise RefusedError(f"{shown} is a link that leads nowhere", HINT) from None
    if any(folder.is_relative_to(real) for folder in (site.resolve(), *_home())):
        raise RefusedError(f"{shown} holds files that are no output", HINT)
    for source in ((site / name).resolve() for name in SOURCES):
        if real.is_relative_to(source) or source.is_relative_to(real):
            raise RefusedError(f"{shown} is one of the site's sources", HINT)
    if output.is_symlink() and not output.exists():
        raise RefusedError(f"{shown} is a link that leads nowhere", HINT)
    if not is_named and not real.is_relative_to(site.resolve()):
        hint = f"If that is meant, name it: --output {output.name}."
        raise RefusedError(f"{shown} is a link that leads out of the site", hint)
    if real.exists() and not real.is_dir():
        raise RefusedError(f"{shown} is a file", HINT)
    return real


def guard_contents(output: Path, manifest: Manifest | None, site: Path) -> None:
    """Raise RefusedError for a folder with files when no manifest says that they are ours."""
    if manifest is not None or not output.is_dir():
        return
    known = {*PASSED_OVER, staging_folder(output, site).name}
    if any(entry.name not in known for entry in output.iterdir()):
        raise RefusedError(
            f"{_shown(output)} has files in it that Broadsheet did not publish",
            "Empty it, or choose another folder with --output.",
        )


def guard_shrinking(pages: Pages) -> None:
    """Raise RefusedError for a new state that looks like an accident.

    That is one without pages, or one with fewer than 80 % of the pages that a site of at least ten
    had. Ask this before `commit`, unless somebody has said that it is meant.
    """
    if not pages.after:
        raise RefusedError(
            "the new site has no pages at all",
            f"Look into content/ and layouts/: is everything there? {ALL_THE_SAME}",
        )
    if pages.before >= FEWEST_PAGES and pages.after < LEAST_PART_LEFT * pages.before:
        raise RefusedError(
            f"only {pages.after:,} of {pages.before:,} pages would be left",
            f"Look for what is missing in content/. {ALL_THE_SAME}",
        )


def _home() -> tuple[Path, ...]:
    """The home folder; nothing for a user who has none."""
    try:
        return (Path.home().resolve(),)
    except (OSError, RuntimeError):
        return ()


def _shown(output: Path) -> str:
    return f"the output folder {output.name or output}"
