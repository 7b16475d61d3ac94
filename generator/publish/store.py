"""The manifest's file: an SQLite database, and a seal that tells whether it is as we left it.

The seal stands in a file beside it: one line is of the whole database, one of the ledger, and
only this account can write them (`state/seal.py`). A database that does not match is no
manifest, whatever SQLite may make of it; so neither a flipped bit nor anybody else can make a
path ours. Checking costs 0.2 µs a file.

A change is one SQLite transaction (rollback journal, `synchronous=FULL`), then the ledger, then
a new seal. WAL would save a wait for the disk, but it spreads the state over two files, of
which one is easily left behind when `.broadsheet/` is copied. A crash between the change and
its seal is mended by the journal in the staging folder, which is still there then and
names the state that it leads to; see `recovery.py`.
"""

import errno
import hashlib
import os
import sqlite3
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from generator.publish.disk import store_whole, sync
from generator.publish.folder import size_of
from generator.publish.handles import Folder
from generator.publish.ledger import extend_ledger, ledger_path, read_ledger, write_ledger
from generator.publish.manifest import About, Manifest, Published, change, fill
from generator.state.folder import guard_state, ready_state, state_folder
from generator.state.seal import Seal, seal_of

FORMAT = 4
SYNCHRONOUS = "FULL"
"""SQLite waits for the disk: a power cut leaves the old rows or the new ones."""
BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database that is being written."""


def manifest_path(site: Path, output: Path) -> Path:
    """Where the manifest of an output folder is kept: in the site's `.broadsheet/`.

    An output folder inside the site is known by its place in it, so that the state can
    be restored under another path.
    """
    key = blake2b(os.fsencode(output_name(site, output)), digest_size=6).hexdigest()
    return state_folder(site) / f"published-{key}.db"


def output_name(site: Path, output: Path) -> str:
    """What an output folder is known by: its place in the site, or its whole path."""
    real, root = output.resolve(), site.resolve()
    return str(real.relative_to(root)) if real.is_relative_to(root) else str(real)


def load_manifest(path: Path) -> Manifest | None:
    """The manifest stored at `path`; None when there is none that is as we left it.

    A damaged ledger is written anew. Raises OSError when the manifest cannot be read: nobody
    knows then whose the files in the output folder are.
    """
    guard_state(_site_of(path))
    try:
        with _as_os_errors(path):
            _roll_back(path)
            stored, known = _read_seal(path), _seal_of(path)
            if stored[:1] != known[:1]:
                return None
            if stored != known:
                seal_anew(path)
            return open_manifest(path)
    except (FileNotFoundError, DamagedError):
        return None


def open_manifest(path: Path) -> Manifest:
    """The manifest at `path`, which is known to be as we left it. Raises sqlite3.Error."""
    return Manifest(_opened(path, "ro&immutable=1"))


def salvage(path: Path, output: Path) -> Manifest | None:
    """The files that are ours although the manifest is damaged; nobody knows what is in them.

    None when there is no ledger either.
    """
    sources = read_ledger(ledger_path(path), ledger_seal(path))
    if sources is None:
        return None
    return Manifest.of(
        {name: Published("", size_of(output / name), made) for name, made in sources.items()}
    )


def write_manifest(path: Path, files: Mapping[str, Published], about: About) -> None:
    """Store a manifest of these files in place of what is there."""
    if not path.parent.exists():
        ready_state(_site_of(path))
        sync([str(path.parent.parent)])
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as rows:
        fill(rows, files, about)
        data = rows.serialize()
    # SQLite would apply what it kept beside another database to this one.
    for ending in BESIDE:
        Path(f"{path}{ending}").unlink(missing_ok=True)
    store_whole(path, [data], with_name=False)
    write_ledger(ledger_path(path), files, about.state, ledger_seal(path))
    _seal(path)


def change_manifest(
    path: Path,
    files: Mapping[str, Published],
    deletions: Collection[str],
    *,
    base: str,
    about: About,
) -> None:
    """Change some rows of a stored manifest at the state `base`: all of that, or nothing of it."""
    with _as_os_errors(path), closing(_opened(path)) as rows:
        rows.execute("BEGIN IMMEDIATE")
        change(rows, files.items(), deletions, about)
        rows.execute("COMMIT")
    ledger, seal = ledger_path(path), ledger_seal(path)
    is_long = size_of(ledger) > size_of(path)  # twice what it would be without its history
    if is_long or not extend_ledger(
        ledger, files.items(), deletions, before=base, after=about.state, seal=seal
    ):
        seal_anew(path)
    else:
        _seal(path)


def seal_anew(path: Path) -> None:
    """Make the ledger of a database that is whole, and the seal of both."""
    with _as_os_errors(path):
        manifest = Manifest(_opened(path))
        seal = ledger_seal(path)
        write_ledger(ledger_path(path), manifest.files, manifest.about.state, seal)
    manifest.close()
    _seal(path)


def is_at(path: Path, state: str) -> bool:
    """Whether a database, sealed or not, is whole and at a state."""
    if not path.exists():
        return False
    try:
        with _as_os_errors(path), closing(_opened(path)) as rows:
            is_there = rows.execute("SELECT state FROM about").fetchall() == [(state,)]
            return is_there and rows.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except DamagedError:
        return False


def seal_path(path: Path) -> Path:
    """Where a database's seal is kept."""
    return path.with_suffix(".seal")


def _seal(path: Path) -> None:
    store_whole(seal_path(path), _seal_of(path))


def _read_seal(path: Path) -> list[bytes]:
    with Folder.at(path.parent) as folder:
        return folder.read(seal_path(path).name).splitlines(keepends=True)


def _seal_of(path: Path) -> list[bytes]:
    """A line for the database, and one for the ledger."""
    seal = seal_of(_site_of(path), "manifest")
    lines = (("manifest", path), ("ledger", ledger_path(path)))
    return [_line(seal, kind, file, path.name) for kind, file in lines]


def _line(seal: Seal, kind: str, file: Path, name: str) -> bytes:
    size, digest = _sum_of(file)
    text = f"{kind} {FORMAT}: {size} bytes"
    return f"{text}, {seal.text(text, name, digest)}\n".encode()


def ledger_seal(path: Path) -> Seal:
    """What the ledger of a manifest is sealed with."""
    return seal_of(_site_of(path), "ledger").within(path.name)


def _site_of(path: Path) -> Path:
    """The folder of the site that a manifest is of."""
    return path.parent.parent


def _sum_of(path: Path) -> tuple[int, bytes]:
    """The size (bytes) and SHA-256 of a file; nothing for none. No link is followed."""
    try:
        with Folder.at(path.parent) as folder, os.fdopen(folder.open(path.name), "rb") as file:
            return os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").digest()
    except FileNotFoundError:
        return 0, b""


def _roll_back(path: Path) -> None:
    """Take back a change that was killed halfway; any reading does."""
    if Path(f"{path}-journal").exists():
        with closing(_opened(path)) as rows:
            rows.execute("SELECT state FROM about").fetchone()


def _opened(path: Path, mode: str = "rw") -> sqlite3.Connection:
    # SQLite follows a link in place of a database (but of no file beside it).
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise DamagedError(errno.EIO, "not a file", str(path))
    rows = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    if mode == "rw":
        rows.execute("PRAGMA journal_mode = DELETE")
        rows.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
    return rows


class DamagedError(OSError):
    """A database that SQLite cannot make sense of."""


@contextmanager
def _as_os_errors(path: Path) -> Iterator[None]:
    """What SQLite says of the disk, as the operating system would say it."""
    try:
        yield
    except sqlite3.Error as error:
        kind = getattr(error, "sqlite_errorname", "")
        if not kind.startswith(OF_THE_DISK):
            raise DamagedError(errno.EIO, "damaged", str(path)) from error
        code = next((code for name, code in CODES.items() if kind.startswith(name)), errno.EIO)
        raise OSError(code, os.strerror(code), str(path)) from error


CODES = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_READONLY": errno.EACCES,
    "SQLITE_CANTOPEN": errno.EACCES,
    "SQLITE_PERM": errno.EACCES,
    "SQLITE_BUSY": errno.EAGAIN,
    "SQLITE_LOCKED": errno.EAGAIN,
}
OF_THE_DISK = (*CODES, "SQLITE_IOERR", "SQLITE_NOMEM")
"""How SQLite's names for errors begin that are no sign of damage; those without a code are EIO."""
