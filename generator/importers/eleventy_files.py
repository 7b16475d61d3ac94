"""Files of an Eleventy project: which are texts, and which are copied as they are."""

import posixpath
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from generator.importers.eleventy_config import EleventyConfig

SKIPPED = frozenset({"node_modules", "_site", "dist", "vendor", "__pycache__"})
STATIC = ("assets", "images", "img", "static", "public", "media", "uploads", "files")
"""Folders that are taken for copied where the configuration does not say so."""


def find_sources(folder: Path, config: EleventyConfig) -> Iterator[tuple[Path, str]]:
    """Every file of the project's input that is not copied or ignored, and its path there."""
    source = folder / config.source
    ignored = _ignored(folder, config)
    copied = tuple(f"{path}/" for path, _ in config.copied if path != ".")
    waiting = [source]
    while waiting:
        try:
            entries = sorted(waiting.pop().iterdir())
        except OSError:
            continue
        for entry in entries:
            path = entry.relative_to(folder).as_posix()
            is_hidden = entry.name.startswith(".") or entry.name in SKIPPED or entry.is_symlink()
            if is_hidden or any(_matches(path, entry.name, one) for one in ignored):
                continue
            if entry.is_dir():
                waiting.append(entry)
            elif not path.startswith(copied):
                yield entry, entry.relative_to(source).as_posix()


def _ignored(folder: Path, config: EleventyConfig) -> list[str]:
    """What ignore files name, and the folders that hold no texts."""
    lines: list[str] = []
    for name in (".eleventyignore", ".gitignore"):
        for place in dict.fromkeys((folder, folder / config.source)):
            if (place / name).is_file():
                lines += (place / name).read_text("utf-8", "replace").split("\n")
    plain = [line.strip().strip("/") for line in lines if line.strip() and line[0] not in "#!"]
    return [*plain, config.includes, config.layouts, config.data, config.output]


def _matches(path: str, name: str, pattern: str) -> bool:
    """Whether a line of an ignore file means a path."""
    pattern = pattern.removeprefix("./").removesuffix("/**").removesuffix("/*")
    if not pattern or pattern == ".":
        return False
    is_named = "/" not in pattern and fnmatch(name, pattern)
    return is_named or path == pattern or fnmatch(path, pattern)


def find_copied(folder: Path, config: EleventyConfig) -> Iterator[tuple[str, Path]]:
    """Every file that is copied as it is: its address, and where it lies."""
    for path, target in config.copied or tuple(_usual(folder, config)):
        for file in _matching(folder, path):
            yield f"/{posixpath.normpath(_target(folder, config, path, target, file))}", file


def _usual(folder: Path, config: EleventyConfig) -> Iterator[tuple[str, str]]:
    for start in dict.fromkeys((folder, folder / config.source)):
        for name in STATIC:
            if (start / name).is_dir():
                yield (start / name).relative_to(folder).as_posix(), name


def _target(folder: Path, config: EleventyConfig, path: str, target: str, file: Path) -> str:
    """Where one file of what is copied goes."""
    start = folder / path
    if start.is_dir():
        return posixpath.join(target, file.relative_to(start).as_posix()).removeprefix("./")
    if "*" in path:
        within = file.relative_to(folder).as_posix()
        return within.removeprefix(f"{config.source}/") if config.source != "." else within
    return file.name if target == "." else target


def _matching(folder: Path, path: str) -> list[Path]:
    start = folder / path
    if start.is_file():
        return [start]
    try:
        found = start.rglob("*") if start.is_dir() else folder.glob(path)
        return sorted(
            file
            for file in found
            if file.is_file() and not file.name.startswith(".") and "node_modules" not in file.parts
        )
    except (ValueError, NotImplementedError, OSError):
        return []
