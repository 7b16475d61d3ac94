"""The version of everything that turns a site's files into bytes, but for the site's own files."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from generator.state.folder import ready_state, state_folder
from generator.state.seal import seal_of

PACKAGE = Path(__file__).resolve().parents[1]
LIBRARIES = (
    "babel",
    "jinja2",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "pillow",
    "polib",
    "pygments",
    "python-slugify",
    "pyyaml",
    "text-unidecode",
    "tzdata",
)
NAME = "code.json"
YOUNG_NANOSECONDS = 2 * 10**9


def code_version(site: Path | None = None) -> str:
    """Stands for our own code, the libraries that shape its output, and Python itself.

    It is remembered in a site's `.broadsheet/`, beside the times and sizes of all files that it was
    made from, so that these need not be read each time; with this account's seal.
    """
    if site is None:
        return _version()
    file = state_folder(site) / NAME
    with suppress(OSError):
        ready_state(site)
    signature, newest = _signature()
    with suppress(OSError, ValueError, TypeError, LookupError):
        stored = json.loads(file.read_text("utf-8"))
        version, found = str(stored["version"]), str(stored["seal"])
        if seal_of(site, "code").fits(found, signature, version):
            return version
    made = _version()
    if time.time_ns() - newest > YOUNG_NANOSECONDS:
        with suppress(OSError):
            # Whoever writes this beside us writes the same; one that was killed leaves no more.
            draft = file.with_name(f"{NAME}.new")
            seal = seal_of(site, "code").text(signature, made)
            draft.write_text(json.dumps({"version": made, "seal": seal}), "utf-8")
            draft.replace(file)
    return made


def _version() -> str:
    # Most builds find what this tells in their folder.
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - 10 ms

    total = blake2b(digest_size=16)
    total.update(sys.version.encode())
    for name in LIBRARIES:
        try:
            total.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            continue
    for file in sorted(PACKAGE.rglob("*.py")):
        total.update(file.relative_to(PACKAGE).as_posix().encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def _signature() -> tuple[str, int]:
    """The times and sizes of our files, and the times of the folders that libraries are in.

    Also the newest of the times, in nanoseconds.
    """
    total = blake2b(sys.version.encode(), digest_size=16)
    newest = 0
    folders = (folder for folder in sys.path if folder)
    times = [(folder, 0, _modified(folder)) for folder in folders]
    for path, size, modified in (*sorted(_files(str(PACKAGE))), *times):
        total.update(f"{path} {size} {modified}\n".encode())
        newest = max(newest, modified)
    return total.hexdigest(), newest


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            elif entry.name.endswith(".py"):
                found = entry.stat()
                yield entry.path, found.st_size, found.st_mtime_ns


def _modified(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - of one thing, as above
    except OSError:
        return 0
