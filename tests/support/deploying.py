"""What tests of deploying build on: a bucket in memory, cut at any request while a reader looks."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from generator.deploy.planning import planned
from generator.deploy.release import Deployer, Entry, Note, entries_of, tree_of
from generator.deploy.resuming import resumed
from generator.deploy.store import Held, MovedError
from generator.deploy.store_target import OURS, StoreTarget
from generator.deploy.target import Delivery
from generator.model.digests import content_digest

NAMED = re.compile(rb"needs:([^\s]+)")
"""How a page of these tests names an asset."""
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
ELSEWHERE = Deployer("mara@desk", "desk", 1)
Files = Mapping[str, bytes]


class CutError(Exception):
    """The power went."""


class MemoryStore:
    """A bucket in memory. From its `cut`-th request on nothing comes through any more.

    `is_late`: the request at which it is cut is still carried out, only its answer is lost.
    """

    side_by_side = 1

    def __init__(self, watch: Callable[["MemoryStore"], None] | None = None) -> None:
        self.held: dict[str, bytes] = {}
        self.entries: dict[str, Entry] = {}
        self.requests: list[str] = []
        self.cut = 0
        self.is_late = False
        self._watch = watch

    def _request(self, what: str, change: Callable[[], None] = lambda: None) -> None:
        self.requests.append(what)
        number = len(self.requests)
        if self.cut and number >= self.cut:
            if number == self.cut and self.is_late:
                change()
            raise CutError
        change()
        if self._watch:
            self._watch(self)

    def read(self, path: str) -> Held | None:
        self._request(f"GET {path}")
        data = self.held.get(path)
        return None if data is None else Held(data, content_digest(data))

    def size(self, path: str) -> int | None:
        self._request(f"HEAD {path}")
        data = self.held.get(path)
        return None if data is None else len(data)

    def span(self, path: str, start: int, end: int) -> bytes:
        self._request(f"GET {path} {start}-{end}")
        return self.held[path][start:end]

    def put(self, path: str, data: bytes | Path, entry: Entry) -> None:
        held = data.read_bytes() if isinstance(data, Path) else data
        self._request(f"PUT {path}", lambda: self.held.update({path: held}))
        self.entries[path] = entry

    def swap(self, path: str, data: bytes, version: str | None) -> str:
        held = self.held.get(path)
        if (None if held is None else content_digest(held)) != version:
            self._request(f"SWAP {path}")
            raise MovedError
        self._request(f"SWAP {path}", lambda: self.held.update({path: data}))
        return content_digest(data)

    def delete(self, paths: Sequence[str]) -> None:
        for path in paths:  # a bucket that is cut has deleted some
            self._request(f"DELETE {path}", partial(self._forget, path))

    def _forget(self, path: str) -> None:
        self.held.pop(path, None)

    def marks(self) -> Mapping[str, str]:
        self._request("LIST")
        return {p: hashlib.md5(d, usedforsecurity=False).hexdigest() for p, d in self.held.items()}

    @property
    def site(self) -> dict[str, bytes]:
        """What readers find."""
        return {path: data for path, data in self.held.items() if not path.startswith(OURS)}


class FilesSource:
    """The contents of files in memory."""

    def __init__(self, files: Files) -> None:
        self.files = files

    def read(self, path: str, _entry: Entry) -> bytes:
        return self.files[path]


def lacking(site: Files) -> list[str]:
    """What pages name and readers do not find."""
    return [
        f"{path} needs {name.decode()}"
        for path, data in site.items()
        if path.endswith(".html")
        for name in NAMED.findall(data)
        if name.decode() not in site
    ]


def target_at(
    store: MemoryStore, who: Deployer = ELSEWHERE, now: datetime = NOON, keep: int = 5
) -> StoreTarget:
    return StoreTarget(store, who, keep=keep, clock=lambda: now)


def deploy_files(
    target: StoreTarget, files: Files, now: datetime = NOON, *, compress: bool = False
) -> Note | None:
    """Deploy files of memory as a site is deployed; None where all stands there already."""
    described = ((path, content_digest(data), len(data)) for path, data in files.items())
    wanted = entries_of(described, compress=compress)
    live = target.look(tree_of(wanted))
    if live.is_current:
        return None
    source = FilesSource(files)
    live = resumed(live, wanted, source)
    plan = planned(live.release, wanted, now, live.doubtful)
    before = live.release.files if live.release else {}
    delivery = Delivery(plan, wanted, before, "https://paper.news/", source, lambda *_: None)
    return target.publish(delivery)
