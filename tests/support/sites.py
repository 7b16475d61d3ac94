"""Whole sites as one text, and the folder of this repository."""

from pathlib import Path
from textwrap import dedent
from typing import Protocol

CHECKOUT = Path(__file__).resolve().parents[2]


class MakeSite(Protocol):
    """Writes a whole site from one text, and answers its folder.

    Each file begins after a line `-- path --`; the text may be indented as a whole. A
    line of a file that looks like such a line itself is written with a `\\` before it.
    Called again, it adds files to the same site and replaces those it names.
    """

    def __call__(self, text: str) -> Path: ...


def files_in(text: str) -> dict[str, str]:
    """The files of a text such as MakeSite takes: what each holds, by path."""
    files: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in dedent(text).splitlines(keepends=True):
        bare = line.strip()
        if line.startswith("-- ") and bare.endswith(" --"):
            lines = files.setdefault(bare[3:-3].strip(), [])
        else:
            lines.append(line.removeprefix("\\") if line.startswith("\\-- ") else line)
    return {path: "".join(content) for path, content in files.items()}


def write_site(folder: Path, text: str) -> Path:
    """Write the files of such a text into a folder, and answer it."""
    for path, content in files_in(text).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode())
    return folder


def bytes_below(folder: Path) -> dict[str, bytes]:
    """What all files in a folder hold, by path."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
