"""What tests of publishing build on."""

import os
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.model.digests import content_digest
from generator.publish import disk, store
from generator.publish.guard import open_output
from generator.publish.ledger import ledger_path, read_ledger
from generator.publish.manifest import Manifest
from generator.publish.staging import staging_folder
from generator.publish.store import ledger_seal, load_manifest, manifest_path
from generator.publish.transaction import Changes

Files = dict[str, str]


@pytest.fixture(autouse=True)
def hasty_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests kill processes, not the power: nothing is learned by waiting for the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(disk, "_settle_disk", lambda _: True)
    monkeypatch.setattr(store, "SYNCHRONOUS", "OFF")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site's folder, with its sources."""
    site = tmp_path / "site"
    for folder in ("content", "layouts", "static", ".git"):
        (site / folder).mkdir(parents=True)
    (site / "config.yaml").write_text("title: The Gazette\n")
    (site / "content" / "story.md").write_text("---\ntitle: A\n---\n")
    return site


@pytest.fixture
def output(site: Path) -> Path:
    """Where the site is published."""
    return site / "public"


@pytest.fixture
def run() -> Callable[..., Changes]:
    """A function that makes some files the whole published site; see `_run`."""
    return _run


def _run(
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


@pytest.fixture
def publish(site: Path, output: Path) -> Callable[..., Changes]:
    """A function that makes some files, by path, the whole published site."""

    def publish_files(files: Files, *, clean: bool = False, partial: bool = False) -> Changes:
        return _run(site, output, files, clean=clean, partial=partial)

    return publish_files


@pytest.fixture
def files_below() -> Callable[[Path], Files]:
    """A function that reads all files in a folder: texts by path."""
    return _files_below


def _files_below(folder: Path) -> Files:
    return {
        file.relative_to(folder).as_posix(): file.read_text("utf-8")
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def published(output: Path) -> Callable[[], Files]:
    """A function that reads what is published: texts by path."""
    return lambda: _files_below(output)


@pytest.fixture
def sound() -> Callable[[Path, Path], Files]:
    """A function that gives what is published, when that is what the manifest says."""
    return _sound


def _sources(stored: Path) -> Files | None:
    """The source of each file by the ledger beside a manifest."""
    return read_ledger(ledger_path(stored), ledger_seal(stored))


def _sound(site: Path, output: Path) -> Files:
    found = _files_below(output) if output.exists() else {}
    manifest = load_manifest(manifest_path(site, output)) or Manifest.of({})
    digests = {path: content_digest(text.encode()) for path, text in found.items()}
    assert digests == {path: file.digest for path, file in manifest.files.items()}
    assert (manifest.about.files, manifest.about.pages) == (
        len(found),
        sum(path.endswith(".html") for path in found),
    )
    sources = _sources(manifest_path(site, output)) if manifest.is_stored else {}
    assert sources == {path: file.source for path, file in manifest.files.items()}
    assert not staging_folder(output, site).exists()
    assert not list((site / ".broadsheet").glob("*-journal"))
    assert not list((site / ".broadsheet").glob("*.new"))
    return found


ENDS = {10: "done", 11: "spoiled", 12: "failed"}
"""How a process ended, by its exit code: it did its work, was spoiled, had another OSError."""
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "sqlite3.connect"}
OURS = {"test.write", "test.fsync"}


@pytest.fixture
def in_another_process() -> Callable[[Callable[[], str]], str]:
    """A function that does work in a process of its own, and tells how that ended."""
    return _in_another_process


def _in_another_process(work: Callable[[], str]) -> str:
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


@pytest.fixture
def spoiled() -> Callable[..., bool]:
    """A function that does work and spoils it; see `_spoiled`."""
    return _spoiled


def _spoiled(work: Callable[[], object], at: int, code: int = 0, of: str = "") -> bool:
    """Do work in another process; its `at`-th change of the disk kills it, or fails with `code`.

    Only changes of paths that end in `of` count. Tells whether there were so many.
    """

    def spoiled_work() -> str:
        seen = 0

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal seen
            if _is_change(event, arguments) and any(str(a).endswith(of) for a in arguments):
                seen += 1
                if seen == at and not code:
                    os._exit(11)
                if seen == at:
                    raise OSError(code, os.strerror(code), "spoiled")

        write = os.write

        def told_write(number: int, data: bytes) -> int:
            sys.audit("test.write", number)
            return write(number, data)

        patch = pytest.MonkeyPatch()  # never undone: this process ends
        patch.setattr(os, "write", told_write)
        patch.setattr(os, "fsync", lambda number: sys.audit("test.fsync", number))
        sys.addaudithook(hook)
        work()
        return "spoiled" if seen >= at else "done"

    ended = _in_another_process(spoiled_work)
    assert ended in ("done", "spoiled"), f"the work itself failed at {at}"
    return ended == "spoiled"


def _is_change(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether Python is about to change something on the disk."""
    if event == "open":
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in CHANGES | OURS
