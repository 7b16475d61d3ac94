"""The output folder: what is not ours in it, and how it is changed as a journal says."""

import errno
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from generator.model.addresses import folded
from generator.model.version_control import VERSION_CONTROL
from generator.publish.disk import file_digest
from generator.publish.handles import Folder
from generator.publish.manifest import Published, folders_of

TREE = "site"
"""The folder, within the staging folder, of a site that waits as a whole."""
PASSED_OVER = VERSION_CONTROL
"""What stands in an output folder that is published with git or its like.

It is nobody's content: never published, replaced, counted or told of.
"""


def foreign_path(output: Path, new: Iterable[str], doomed: Collection[str]) -> str:
    """A path that is not ours and stands where a new file would go, or nothing.

    `doomed` are the files of ours that go. A symbolic link to a folder is never ours: what
    is behind it may be anyone's.
    """
    if not output.is_dir() or not any(output.iterdir()):
        return ""
    top = str(output)
    going = set(map(folded, doomed))
    seen: set[str] = set()
    for path in sorted(new):
        for folder in reversed(_unseen(path, seen)):
            mode = mode_of(f"{top}/{folder}")
            if mode and not stat.S_ISDIR(mode) and folded(folder) not in going:
                return folder
        mode = mode_of(f"{top}/{path}")
        if stat.S_ISDIR(mode):
            if foreign := _foreign_below(output, path, doomed):
                return foreign
        elif mode and folded(path) not in going:
            return path
    return ""


def _unseen(path: str, seen: set[str]) -> list[str]:
    """The folders of a path that were not seen before, innermost first; they are seen then."""
    folders = []
    folder = path.rpartition("/")[0]
    while folder and folder not in seen:
        seen.add(folder)
        folders.append(folder)
        folder = folder.rpartition("/")[0]
    return folders


def _foreign_below(output: Path, folder: str, doomed: Collection[str]) -> str:
    """A file in a folder that will not go, or nothing."""
    for root, folders, files in os.walk(output / folder):
        inside = Path(root).relative_to(output).as_posix()
        links = (name for name in folders if (Path(root) / name).is_symlink())
        for name in (*links, *files):
            if f"{inside}/{name}" not in doomed:
                return f"{inside}/{name}"
    return ""


def change_folder(
    moves: Sequence[tuple[str, str]], deletions: Sequence[str], output: Folder, staging: Folder
) -> None:
    """Move staged files to their paths, and delete others, as a journal says.

    What is done already is passed over, so it can be done again. Raises OSError where a link
    stands in place of a folder.
    """
    staged = set(staging.names())
    if TREE in staged:
        staged |= {f"{TREE}/{name}" for name in staging.folder(TREE).names()}
    waiting = [(name, path) for name, path in moves if name in staged]
    _delete(output, _in_the_way(deletions, {path for _, path in waiting}))
    for name, path in waiting:
        _move(*staging.holder(name), *output.holder(path, make=True))
    # Where names are not told apart by capitals, a deleted name may be that of a new file.
    moved = {folded(path) for _, path in moves} if deletions else ()
    _delete(output, (path for path in deletions if folded(path) not in moved))


def _move(staging: Folder, staged: str, target: Folder, name: str) -> None:
    """Put a staged file or folder in place; empty folders of its name make way for it."""
    try:
        staging.move(staged, target, name)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST) and stat.S_ISDIR(staging.mode(staged)):
            for one in staging.folder(staged).names():
                _move(staging.folder(staged), one, target.folder(name), one)
        elif error.errno == errno.EISDIR:
            _remove_empty(target, name)
            staging.move(staged, target, name)
        else:
            raise


def _remove_empty(above: Folder, name: str) -> None:
    """Remove a folder in which there is nothing but folders. Raises OSError for any other."""
    for one in above.folder(name).names():
        _remove_empty(above.folder(name), one)
    above.rmdir(name)


def _in_the_way(deletions: Sequence[str], new: set[str]) -> list[str]:
    """What must go first: where a new file needs a folder, or a folder's place, or its own."""
    if not deletions:
        return []
    folders = {folder for path in new for folder in folders_of(path)}
    names = set(map(folded, new))
    return [
        path
        for path in deletions
        if path in folders or folded(path) in names or not new.isdisjoint(folders_of(path))
    ]


def _delete(output: Folder, paths: Iterable[str]) -> None:
    """Delete files, and folders that are left empty. Nothing behind a link is touched."""
    for path in paths:
        try:
            folder, name = output.holder(path)
        except OSError:  # it is not there, or a link is on the way
            continue
        mode = folder.mode(name)
        if not mode or stat.S_ISDIR(mode):
            continue
        folder.unlink(name)
        for emptied in folders_of(path):
            above, name = output.holder(emptied)
            try:
                above.rmdir(name)
            except OSError:  # something else is in it
                break


Order = Callable[[str], int | None]
"""The place of a path in publishing; None for one of which the plan knows nothing any more."""


def unknown(_path: str) -> None:
    """The order of nobody who knows the plan."""


def publishing_order(path: str, order: Order = unknown) -> tuple[int, str]:
    """Assets, pages, listings, then feeds and sitemaps: no page names what is not there.

    What is deleted goes in the reverse order. What the plan does not know goes by its name.
    """
    known = order(path)
    if known is not None:
        return known, path
    if not path.endswith((".html", ".xml", ".json")):
        return 0, path
    if path.endswith(".html"):
        return (2 if path.count("/") <= 1 or "/page/" in path else 1), path
    return 3, path


def stands(file: str, size: int) -> bool:
    """Whether there is a file of that size; a link does not count."""
    try:
        found = os.lstat(file)
    except OSError:
        return False
    return found.st_size == size and stat.S_ISREG(found.st_mode)


def all_stand(output: Path, sizes: Iterable[tuple[str, int]]) -> bool:
    """Whether every one of these files, with its size, stands in the folder; links do not count."""
    if os.stat not in os.supports_dir_fd:
        return all(stands(f"{output}/{path}", size) for path, size in sizes)
    try:
        top = os.open(output, os.O_RDONLY)
    except OSError:
        return False
    try:
        for path, size in sizes:
            # Beginning at an open folder saves a sixth of the time.
            found = os.lstat(path, dir_fd=top)
            if found.st_size != size or not stat.S_ISREG(found.st_mode):
                return False
    except OSError:
        return False
    finally:
        os.close(top)
    return True


def changed_folders(output: Path, paths: Iterable[str]) -> Iterator[str]:
    """The folders in which names were made or deleted, when these paths were; those still there."""
    yield str(output)
    seen: set[str] = set()
    for path in paths:
        for folder in _unseen(path, seen):
            if stat.S_ISDIR(mode_of(found := f"{output}/{folder}")):
                yield found


def contents_of(output: Path) -> dict[str, Published]:
    """What stands in a folder, whoever put it there, as far as it can be read."""
    files = {}
    for path in files_in(output):
        file = output / path
        is_readable = file.is_file() and not file.is_symlink()
        digest, size = _content_of(file) if is_readable else ("", 0)
        files[path] = Published(digest, size)
    return files


def files_in(folder: Path) -> Iterator[str]:
    """Every file and every link below a published folder, by its path from there."""
    for root, folders, names in os.walk(folder):
        inside = Path(root).relative_to(folder)
        if inside == Path():
            folders[:] = [name for name in folders if name not in PASSED_OVER]
        links = (name for name in folders if (Path(root) / name).is_symlink())
        for name in (*links, *names):
            if inside != Path() or name not in PASSED_OVER:
                yield (inside / name).as_posix()


def _content_of(file: Path) -> tuple[str, int]:
    """The digest and size of a file, which may be larger than the memory."""
    with file.open("rb") as content:
        return file_digest(content), content.tell()


def size_of(file: Path) -> int:
    """A file's size in bytes; 0 for none."""
    try:
        return file.lstat().st_size
    except OSError:
        return 0


def mode_of(path: str) -> int:
    """What stands at a path, links not followed; 0 for nothing."""
    try:
        return os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0
