"""Mounts: on which kinds of file system a site's folders are, and what is mounted below them."""

from collections.abc import Iterable
from pathlib import Path

from generator.mounts import mounted

REMOTE = frozenset(
    {"9p", "afs", "beegfs", "ceph", "cifs", "davfs", "drvfs", "fakeowner", "gfs2", "glusterfs"}
    | {"lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs"}
)
"""File systems on which changes made elsewhere are not told to this machine."""
FUSE = "fuse."
"""How those begin that a program makes: it may bring files from anywhere."""
LOCAL = frozenset(
    {"cryfs", "encfs", "exfat", "fuse-overlayfs", "gocryptfs", "lxcfs", "ntfs", "ntfs-3g"}
    | {"portal", "snapfuse", "squashfuse"}
)
"""Those of them whose files nothing changes but what this machine is told of."""


def remote_kind(folders: Iterable[Path]) -> str:
    """The kind of a file system, among those that folders are on, that tells nobody of changes.

    `folders` have no links on the way. What is mounted below one counts as well: containers often
    mount `content/` alone.
    """
    mounts = tuple((Path(place), kind) for place, kind in mounted())
    for folder in folders:
        around = [one for one in mounts if folder.is_relative_to(one[0])]
        nearest = max((len(place.parts) for place, _ in around), default=0)
        # Of several in one place the last one is seen.
        own = [kind for place, kind in around if len(place.parts) == nearest][-1:]
        below = [kind for place, kind in mounts if place != folder and place.is_relative_to(folder)]
        if found := next(filter(_is_remote, (*own, *below)), ""):
            return found
    return ""


def _is_remote(kind: str) -> bool:
    return kind in REMOTE or (kind.startswith(FUSE) and kind.removeprefix(FUSE) not in LOCAL)
