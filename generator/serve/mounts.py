"""Mounts: on which kinds of file system a site's folders are, and what is mounted below them."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
REMOTE = frozenset(
    {"9p", "afs", "ceph", "cifs", "drvfs", "fuse.sshfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
    | {"vboxsf", "virtiofs", "vmhgfs", "fuse.vmhgfs-fuse", "fuse.osxfs", "fuse.grpcfuse"}
)
"""File systems on which changes made elsewhere are not told to this machine."""
ESCAPED = re.compile(r"\\([0-7]{3})")
"""A blank, a tab, a line's end or a backslash in a mount's place (proc(5))."""


def remote_kind(folders: Iterable[Path]) -> str:
    """The kind of a file system, among those that folders are on, that tells nobody of changes.

    `folders` have no links on the way. What is mounted below one counts as well: containers often
    mount `content/` alone.
    """
    mounts = tuple(_mounts())
    for folder in folders:
        around = [one for one in mounts if folder.is_relative_to(one[0])]
        nearest = max((len(place.parts) for place, _ in around), default=0)
        # Of several in one place the last one is seen.
        own = [kind for place, kind in around if len(place.parts) == nearest][-1:]
        below = [kind for place, kind in mounts if place != folder and place.is_relative_to(folder)]
        if found := next((kind for kind in (*own, *below) if kind in REMOTE), ""):
            return found
    return ""


def _mounts() -> Iterator[tuple[Path, str]]:
    """Where something is mounted, and of which kind; nothing where the system does not tell."""
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        _device, place, kind, *_ = line.split(" ")
        yield Path(ESCAPED.sub(lambda found: chr(int(found[1], 8)), place)), kind
