"""The key: what this account alone knows, so that it can tell its own state from anybody else's.

It is never in the site: a repository could carry it. It is made at first use and kept per
account; where state travels between machines, as a cache of a build service does, an environment
variable gives it.
"""

import os
import stat
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

from generator.model.problems import HinderedError
from generator.model.values import frozen

VARIABLE = "BROADSHEET_STATE_KEY"
LEAST_CHARACTERS = 16
"""Fewer than these can be guessed."""
LENGTH = 32
NAME = "key"
NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class WeakKeyError(HinderedError):
    """The environment variable's key can be guessed."""

    def __init__(self) -> None:
        hint = "Give it random ones: python3 -c 'import secrets; print(secrets.token_hex())'"
        super().__init__(f"{VARIABLE} has fewer than {LEAST_CHARACTERS} characters", hint)


@frozen
class Key:
    """32 bytes, and whether the next run will have the same; never shown."""

    secret: bytes
    is_lasting: bool = True

    def __repr__(self) -> str:
        return "Key(...)"


def key_of(site: Path) -> Key:
    """The key with which the state of a site is sealed.

    Raises WeakKeyError for a variable that is set and too short. Where there is no place for a key
    outside the site, it is one that nobody else has and that is forgotten: then nothing
    is believed next time.
    """
    if given := os.environ.get(VARIABLE, ""):
        if len(given) < LEAST_CHARACTERS:
            raise WeakKeyError
        return Key(blake2b(given.encode("utf-8", "surrogateescape"), digest_size=LENGTH).digest())
    folder = key_folder()
    if folder is None or _is_in(folder, site):
        return _passing()
    try:
        return Key(_kept(folder))
    except OSError:
        return _passing()


def is_key_in(site: Path) -> bool:
    """Whether the key that would be used lies in a site, where somebody else may have put it."""
    folder = key_folder()
    return not os.environ.get(VARIABLE) and folder is not None and _is_in(folder, site)


def key_folder() -> Path | None:
    """Where this account's key is kept; None for an account that has no place for it.

    XDG Base Directory Specification: state that should last, and that is no configuration. A
    path that is not absolute is to be ignored.
    """
    named = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_STATE_HOME", "")
    if named and Path(named).is_absolute():
        return Path(named) / "broadsheet"
    if not Path(os.environ.get("HOME", "/")).is_absolute():
        return None  # empty, or a folder that would be another one wherever the build is started
    try:
        return Path.home() / ".local" / "state" / "broadsheet"
    except RuntimeError:
        return None


def _is_in(folder: Path, site: Path) -> bool:
    return Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(site))


@cache
def _passing() -> Key:
    """One key for the whole of this process, which nobody ever learns."""
    return Key(os.urandom(LENGTH), is_lasting=False)


def _kept(folder: Path) -> bytes:
    """The account's key, made if there is none. Raises OSError where none can be kept."""
    file = folder / NAME
    with suppress(FileNotFoundError):
        if (found := _read(file)) is not None:
            return found
        file.unlink()  # others could read it, or it was cut short: it proves nothing any more
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    draft = folder / f"{NAME}.{os.urandom(8).hex()}"
    number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NOFOLLOW, 0o600)
    try:
        with os.fdopen(number, "wb") as written:
            written.write(os.urandom(LENGTH))
        try:
            os.link(draft, file)  # whoever was quicker is right
        except FileExistsError:
            pass
        except OSError:  # a disk without hard links
            if not file.exists():
                draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    if (found := _read(file)) is None:
        raise OSError(f"{file} is no key")
    return found


def _read(file: Path) -> bytes | None:
    """The key in a file; None when it is none that only this account can read.

    Raises OSError for a file that is not this account's to read, or to replace.
    """
    number = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | NOFOLLOW)
    with os.fdopen(number, "rb") as opened:
        found = os.fstat(number)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(f"{file} is not a file")
        if hasattr(os, "geteuid"):
            if found.st_uid != os.geteuid():
                raise PermissionError(f"{file} is another account's")
            if stat.S_IMODE(found.st_mode) & 0o077:
                return None
        data = opened.read(LENGTH + 1)
    return data if len(data) == LENGTH else None
