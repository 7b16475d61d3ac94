"""The state folder: `.broadsheet/`, and nothing in it is ever reached through a link.

A repository can carry a link in place of any file of the state, and whoever opens it then writes
somewhere else. So before anything is opened the folder is looked through: what is no file, or
has another name elsewhere, is taken out. What is opened after that is not followed either.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path

from generator.model.problems import HinderedError
from generator.state.key import VARIABLE, is_key_in

NAME = ".broadsheet"


class LinkedStateError(HinderedError):
    """The state folder is a link."""

    def __init__(self) -> None:
        hint = "Take it away: a folder is made in its place."
        super().__init__(f"{NAME} is a link", hint)


class NoKeyError(HinderedError):
    """The key for a state beside the output would be one that came with the site."""

    def __init__(self) -> None:
        hint = f"Set {VARIABLE} to a random text: docs/hosting.md tells how."
        super().__init__("this account's home folder is in the site", hint)


def state_home(site: Path, output: Path) -> Path:
    """The folder that holds the `.broadsheet/` of a site which is published to an output folder.

    That is the site's own, unless nothing can be written there, as where sources are mounted
    read-only and the output is elsewhere: then it is a folder beside the output. Raises
    NoKeyError when this account's key lies in such a site.
    """
    own = state_folder(site)
    if os.access(own if own.exists() else site, os.W_OK | os.X_OK):
        return site
    real = Path(os.path.realpath(output))
    if real.is_relative_to(os.path.realpath(site)):
        return site
    home = real.with_name(f".{real.name}.state")
    if is_key_in(site):  # the seal would be that of whoever made the site
        raise NoKeyError
    if home.is_symlink():
        raise LinkedStateError
    return home


def state_folder(site: Path) -> Path:
    """Where the state of a site is kept."""
    return site / NAME


def ready_state(site: Path) -> Path:
    """The state folder, made if there is none, with nothing in it that leads elsewhere.

    Raises LinkedStateError when it is a link, OSError when it cannot be used.
    """
    folder = state_folder(site)
    guard_state(site)
    folder.mkdir(parents=True, exist_ok=True)
    with os.scandir(folder) as entries:
        for entry in entries:
            found = entry.stat(follow_symlinks=False)
            is_linked = stat.S_ISREG(found.st_mode) and found.st_nlink > 1
            if is_linked or not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
                with suppress(FileNotFoundError):
                    os.unlink(entry.path)  # noqa: PTH108 - a text
    return folder


def guard_state(site: Path) -> None:
    """Raise LinkedStateError for a state folder that is a link."""
    if state_folder(site).is_symlink():
        raise LinkedStateError
