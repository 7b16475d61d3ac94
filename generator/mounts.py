"""Mounts: what is mounted where on this machine, as Linux tells; elsewhere nothing is known."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
ESCAPED = re.compile(r"\\([0-7]{3})")
"""A blank, a tab, a line's end or a backslash in a mount's place (proc(5))."""


def mounted() -> Iterator[tuple[str, str]]:
    """The places where something is mounted, with the kind of each, the last of a place last."""
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        _device, place, kind, *_ = line.split(" ")
        yield ESCAPED.sub(lambda found: chr(int(found[1], 8)), place), kind


def is_mounted(folder: Path) -> bool:
    """Whether a folder is mounted: a part of the same disk too, which containers often mount."""
    if os.path.ismount(folder):  # a Path cannot tell, on Windows
        return True
    place = os.path.realpath(folder)
    return any(place == one for one, _ in mounted())


def mounted_below(folder: Path) -> frozenset[str]:
    """What is mounted below a folder, by its path from there: folders, and single files."""
    above = os.path.realpath(folder).rstrip("/") + "/"
    return frozenset(one.removeprefix(above) for one, _ in mounted() if one.startswith(above))
