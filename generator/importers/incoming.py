"""Files handed to an importer: which they are, and their text."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.model.problems import Place, Problem
from generator.model.values import frozen

LARGEST = 10 * 1024 * 1024
"""How many bytes a file of copy may have."""

COPY_SUFFIXES = frozenset({".txt", ".text"})
"""What a file in a folder is called when it is taken for copy."""


@frozen
class Incoming:
    """A file's text: `path` as it was given, `modified` in seconds since 1970, UTC."""

    path: Path
    text: str
    encoding: str
    modified: float


def find_copy(paths: Iterable[Path]) -> Iterator[Path | Problem]:
    """Yield the files named, and the text files in the folders named, each once.

    Folders are searched to the bottom, in the order of their names; names that begin with a dot
    are passed over, and links to folders are not followed.
    """
    seen: set[Path] = set()
    for path in paths:
        # `Path.is_dir` raises where a folder above may not be read; reading the file tells that.
        found = list(_in_folder(path)) if os.path.isdir(path) else [path]  # noqa: PTH112 - as above
        if not found:
            hint = "Copy is in files that end in .txt; name a file with another ending itself."
            yield Problem(Place(path.as_posix()), "no copy in this folder", hint)
        for file in found:
            if file not in seen:
                yield file
            if isinstance(file, Path):
                seen.add(file)


def _in_folder(folder: Path) -> Iterator[Path | Problem]:
    unreadable: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in COPY_SUFFIXES:
                yield Path(root, name)
    for error in unreadable:
        yield _unreadable(Path(error.filename), error)


def read_copy(path: Path) -> Incoming | Problem:
    """Read a file of text: UTF-8, else UTF-16 with its mark, else Windows-1252."""
    place = Place(path.as_posix())
    try:
        if not path.is_file():
            return _missing(path, place)
        status = path.stat()
        if status.st_size > LARGEST:
            size = f"{status.st_size / 1024 / 1024:.1f} MB"
            return Problem(place, f"too large for copy: {size}", "A file may have up to 10 MB.")
        data = path.read_bytes()
    except OSError as error:
        return _unreadable(path, error)
    decoded = decode(data)
    if decoded is None:
        return Problem(place, "not a text file", "Save the copy as plain text in UTF-8.")
    text, encoding = decoded
    return Incoming(path, text, encoding, status.st_mtime)


def _unreadable(path: Path, error: OSError) -> Problem:
    message = f"cannot be read: {error.strerror}"
    return Problem(Place(path.as_posix()), message, "Check who may read it.")


def _missing(path: Path, place: Place) -> Problem:
    if path.exists():
        return Problem(place, "not a file", "Name files, or folders with files in them.")
    return Problem(place, "no such file", "Check its name and the folder it is in.")


def decode(data: bytes) -> tuple[str, str] | None:
    """Turn bytes into text, and name the encoding; none when they are no text.

    UTF-16 needs its byte-order mark. Windows-1252 has a meaning for nearly every byte, so it is
    a guess: the reader ought to be told.
    """
    has_mark = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if has_mark else ("utf-8", "windows-1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else (text, encoding)
    return None


def plain_text(data: bytes) -> str | None:
    """Bytes as text whose lines end in line feeds, without a mark at the top; None for no text."""
    decoded = decode(data)
    return None if decoded is None else plain_lines(decoded[0])


def plain_lines(text: str) -> str:
    """A text whose lines end in line feeds, without a mark at the top."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def text_of_file(file: Path) -> str | None:
    """What a file says, its lines ended by line feeds; None where it is no text."""
    try:
        return plain_text(file.read_bytes())
    except OSError:
        return None
