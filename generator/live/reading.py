"""Reading for the preview: a film is not looked into, so that no page ever waits for one.

Of a file that is neither text nor picture, pages show its name and size. Only a build must know
all its bytes. So a large one that the memory does not know goes by its stamp: a copy of the same
bytes counts as a change, and what draws it is loaded again.
"""

import time
from collections.abc import Callable
from pathlib import Path

from generator.model.config import Config
from generator.model.problems import Place, Problem
from generator.model.values import replace
from generator.read.memory import Memory, ReadFile, digest_of
from generator.read.newsroom import (
    LARGEST_TEXT,
    ReadTask,
    Runner,
    Survey,
    read_all,
    read_files,
)
from generator.read.pictures import described, is_picture, look_at_open
from generator.read.walk import TEXT, FoundFile
from generator.read.whole_files import LARGE, digest_at

Progress = Callable[[str, int, int], None]
FILM = 32 << 20
"""Bytes beyond which writing a file takes so long that its half is not shown meanwhile."""
STILL = 500_000_000
"""Nanoseconds without a change after which a film is whole."""


def is_text(path: str) -> bool:
    """Whether a file is one of the site's texts."""
    return path.startswith("content/") and path.lower().endswith(TEXT)


def is_large(file: FoundFile) -> bool:
    """Whether a file goes by its stamp. A picture does not: its bytes are in its address."""
    is_film = file.size > FILM or not is_picture(file.path)
    return file.size > LARGE and is_film and not is_text(file.path)


def is_growing(file: FoundFile) -> bool:
    """Whether a film is being written: it is taken in when that is done."""
    return is_large(file) and file.size > FILM and abs(time.time_ns() - file.changed_ns) < STILL


def has_changed(memory: Memory, site: Path, file: FoundFile) -> bool:
    """Whether a file may be another than the one that is remembered."""
    return not memory.knows(file) if is_large(file) else memory.has_changed(site, file)


def differs(site: Path, file: FoundFile, before: ReadFile | None, memory: Memory) -> bool:
    """Whether a file holds something else than what was read of it `before`, or was faulty then."""
    if before is None or before.problems or not digest_of(before):
        return True
    if is_large(file):
        return digest_of(before) != _stamp_digest(file) and not memory.knows(file)
    if file.size > LARGEST_TEXT:
        return True  # which reading tells without looking into it
    try:
        return digest_at(f"{site}/{file.path}", file.size) != digest_of(before)
    except OSError:
        return True


def read_changed(task: ReadTask) -> tuple[ReadFile, ...]:
    """Read some files."""
    small = tuple(file for file in task.files if not is_large(file))
    large = (_by_stamp(task.site, file) for file in task.files if is_large(file))
    return (*read_files(replace(task, files=small)), *large)


def read_site(
    site: Path,
    config: Config,
    found: Survey,
    run: Runner,
    *,
    memory: Memory,
    progress: Progress | None = None,
) -> tuple[list[ReadFile], bool]:
    """Read every file that was found, each in its place; and whether the memory has all of it."""
    unknown = {file.path for file in found.files if is_large(file) and not memory.knows(file)}
    content, static = (
        tuple(file for file in files if file.path not in unknown)
        for files in (found.content, found.static)
    )
    rest = replace(found, content=content, static=static)
    read = read_all(site, config, rest, run, memory=memory, progress=progress)
    reads = {one.path: one for one in read}
    return [reads.get(file.path) or _by_stamp(site, file) for file in found.files], not unknown


def _by_stamp(site: Path, file: FoundFile) -> ReadFile:
    """What is said of a large file without looking at more of it than its size in pixels takes."""
    path, digest = file.path, _stamp_digest(file)
    try:
        with (site / path).open("rb") as opened:
            seen = look_at_open(path, opened, digest)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        return ReadFile(path, None, (Problem(Place(path), message, "Check its permissions."),))
    return ReadFile(path, described(path, file.size, digest, seen))


def _stamp_digest(file: FoundFile) -> str:
    """What stands for the bytes of a large file; no `content_digest` is like it."""
    return "-".join(f"{number:x}" for number in file.stamp)
