"""What tests of publishing build on: whole sites published, read back, and cut short."""

import os
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.model.digests import content_digest
from generator.publish.guard import open_output
from generator.publish.ledger import ledger_path, read_ledger
from generator.publish.manifest import Manifest
from generator.publish.staging import staging_folder
from generator.publish.store import ledger_seal, load_manifest, manifest_path
from generator.publish.transaction import Changes

Files = dict[str, str]
"""Texts by path."""
Publish = Callable[..., Changes]
"""Makes some Files the whole published site of a test."""
Read = Callable[[], Files]
"""Reads what is published."""


def run(
    site: Path,
    output: Path,
    files: Mapping[str, str],
    *,
    clean: bool = False,
    partial: bool = False,
    mark: str = "",
) -> Changes:
    """Make some files the whole published site, as a build does: by naming all, or what differs."""
    with open_output(output, site, clean=clean) as transaction:
        before = transaction.before.files if partial else {}
        if partial:
            assert transaction.stands_whole()
            transaction.partial()
        for path, text in files.items():
            data = text.encode()
            if path not in before or before[path].digest != content_digest(data):
                transaction.put(path, data, f"source of {path}")
        for path in before.keys() - files.keys():
            transaction.remove(path)
        return transaction.commit(mark)


def files_below(folder: Path) -> Files:
    """All files in a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_text("utf-8")
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def sound(site: Path, output: Path) -> Files:
    """What is published, when that is what the manifest says."""
    found = files_below(output) if output.exists() else {}
    manifest = load_manifest(manifest_path(site, output)) or Manifest.of({})
    digests = {path: content_digest(text.encode()) for path, text in found.items()}
    assert digests == {path: file.digest for path, file in manifest.files.items()}
    assert (manifest.about.files, manifest.about.pages) == (
        len(found),
        sum(path.endswith(".html") for path in found),
    )
    stored = manifest_path(site, output)
    sources = read_ledger(ledger_path(stored), ledger_seal(stored)) if manifest.is_stored else {}
    assert sources == {path: file.source for path, file in manifest.files.items()}
    assert not staging_folder(output, site).exists()
    assert not list((site / ".broadsheet").glob("*-journal"))
    assert not list((site / ".broadsheet").glob("*.new"))
    return found


ENDS = {10: "done", 11: "spoiled", 12: "failed"}
"""How a process ended, by its exit code: it did its work, was spoiled, had another OSError."""
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "sqlite3.connect"}
OURS = {"test.write", "test.fsync"}


def in_another_process(work: Callable[[], str]) -> str:
    """Do work in a process of its own, and tell how that ended."""
    codes = {end: code for code, end in ENDS.items()}
    pid = os.fork()
    if pid:
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return ENDS.get(code, f"code {code}")
    try:
        os._exit(codes[work()])
    except OSError as error:
        os._exit(codes["spoiled" if error.filename == "spoiled" else "failed"])
    except BaseException:  # noqa: BLE001 - whatever it is, the parent must not go on twice
        traceback.print_exc()
        os._exit(1)


def tell_of_changes(hook: Callable[[str, tuple[object, ...]], None]) -> None:
    """From now on tell of each change of the disk before it is made, writing and syncing too.

    Only for a process that ends: an audit hook cannot be taken back.
    """
    write = os.write

    def told_write(number: int, data: bytes) -> int:
        sys.audit("test.write", number)
        return write(number, data)

    patch = pytest.MonkeyPatch()
    patch.setattr(os, "write", told_write)
    patch.setattr(os, "fsync", lambda number: sys.audit("test.fsync", number))
    sys.addaudithook(hook)


def spoiled(work: Callable[[], object], at: int, code: int = 0, of: str = "") -> bool:
    """Do work in another process; its `at`-th change of the disk kills it, or fails with `code`.

    Only changes of paths that end in `of` count. Tells whether there were so many.
    """

    def spoiled_work() -> str:
        seen = 0

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal seen
            if is_change(event, arguments) and any(str(a).endswith(of) for a in arguments):
                seen += 1
                if seen == at and not code:
                    os._exit(11)
                if seen == at:
                    raise OSError(code, os.strerror(code), "spoiled")

        tell_of_changes(hook)
        work()
        return "spoiled" if seen >= at else "done"

    ended = in_another_process(spoiled_work)
    assert ended in ("done", "spoiled"), f"the work itself failed at {at}"
    return ended == "spoiled"


def is_change(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether Python is about to change something on the disk."""
    if event == "open":
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in CHANGES | OURS
