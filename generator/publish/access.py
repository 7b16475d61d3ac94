"""Access: whether a change of the output folder can be carried out, asked before it begins.

Once a journal is stored the change must go on, whatever stands in its way. So each folder that
will change is asked first: a build in a container, or by another account, may have left some
that this account cannot change, and a folder may be a disk of its own. What is mounted in the
folder is out of reach even where it is a part of the same disk.
"""

import errno
import os
import stat
from collections.abc import Collection, Iterable
from pathlib import Path

from generator.mounts import mounted_below
from generator.publish.manifest import folders_of

EFFECTIVE = os.access in os.supports_effective_ids
ONE_DISK = "mounted by itself"


def guard_access(output: Path, staging: Path, new: Iterable[str], going: Collection[str]) -> None:
    """Raise OSError, with the path, where a change could not be carried out.

    `new` are the paths that will be moved there from the staging folder, `going` those of files
    that are replaced or deleted. Costs two questions a folder and one a file that goes.
    """
    disk, mounts = staging.stat().st_dev, mounted_below(output)
    seen: dict[str, os.stat_result | None] = {}
    for path in (*new, *going):
        _guard_folder(output, path, disk, seen)
        if mounts and (place := next((p for p in (path, *folders_of(path)) if p in mounts), "")):
            raise OSError(errno.EXDEV, ONE_DISK, f"{output}/{place}")
    for path in going:
        _guard_file(f"{output}/{path}", seen.get(path.rpartition("/")[0]))


def _guard_folder(
    output: Path, path: str, disk: int, seen: dict[str, os.stat_result | None]
) -> None:
    """Ask the innermost folder of a path that is there, unless it was asked before."""
    for folder in (*folders_of(path), ""):
        if folder not in seen:
            seen[folder] = found = _folder(f"{output}/{folder}" if folder else str(output))
            if found and found.st_dev != disk:
                raise OSError(errno.EXDEV, ONE_DISK, f"{output}/{folder}")
        if seen[folder]:
            return


def _folder(path: str) -> os.stat_result | None:
    """What is known of a folder; None when there is none. Raises OSError when it cannot change."""
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISDIR(found.st_mode):
        return None  # it makes way, or is told of as somebody else's
    if not os.access(path, os.W_OK | os.X_OK, effective_ids=EFFECTIVE):
        code = errno.EROFS if _is_read_only(path) else errno.EACCES
        raise OSError(code, os.strerror(code), path)
    return found


def _is_read_only(path: str) -> bool:
    return hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _guard_file(path: str, folder: os.stat_result | None) -> None:
    """Raise OSError for a file that may not be renamed over or deleted though its folder may."""
    if folder and folder.st_mode & stat.S_ISVTX and not _owns(folder):
        found = os.lstat(path) if os.path.lexists(path) else folder
        if not (found is folder or _owns(found)):
            raise OSError(errno.EPERM, os.strerror(errno.EPERM), path)
    if not os.access(path, os.W_OK, effective_ids=EFFECTIVE) and os.path.isfile(path):  # noqa: PTH113 - a text
        try:
            os.close(os.open(path, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)))
        except OSError as error:
            if error.errno == errno.EPERM:  # it may be read-only, but must not be immutable
                raise


def _owns(found: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or os.geteuid() in (0, found.st_uid)
