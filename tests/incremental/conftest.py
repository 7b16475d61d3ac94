"""Folders and shortcuts for newsrooms that are edited and built again and again."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import CodeType

import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from generator.model.layouts import LayoutFile
from generator.read import stamps as stamps_module
from generator.render.environment import make_environment
from generator.stages.version import code_version
from tests.support.newsroom import Newsroom

ROOM_WANTED = 1 << 28
"""Bytes that must be free in memory for sites to lie there instead of on a disk."""


class KeptLayouts(BytecodeCache):
    """Layouts as Jinja compiled them, by name and text: two thirds of a small build are this."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


@pytest.fixture(scope="session")
def kept_layouts() -> KeptLayouts:
    return KeptLayouts()


@pytest.fixture(scope="session")
def version() -> str:
    return code_version()


@pytest.fixture(autouse=True)
def _quick(kept_layouts: KeptLayouts, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is the same in all builds of a process is worked out once."""

    def keeping(files: Mapping[str, LayoutFile], _kept: object = None) -> Environment:
        environment = make_environment(files)
        environment.bytecode_cache = kept_layouts
        return environment

    monkeypatch.setattr("generator.stages.version._version", lambda: version)
    monkeypatch.setattr("generator.render.compiled.make_environment", keeping)


@pytest.fixture(autouse=True)
def _trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    # Edits come faster than two seconds apart: without this the memory would trust no
    # file, and never be put to the test.
    monkeypatch.setattr(stamps_module, "YOUNG_NANOSECONDS", 0)


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """An empty folder, in memory where that can be had."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder with a name of chance is made in it
    is_roomy = os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > ROOM_WANTED
    folder = Path(tempfile.mkdtemp(dir=shared if is_roomy else tmp_path))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def make_newsroom(quick_folder: Path) -> Callable[[], Newsroom]:
    """A function that begins a newsroom in a folder of its own."""
    return lambda: Newsroom(Path(tempfile.mkdtemp(dir=quick_folder)))


@pytest.fixture
def room(make_newsroom: Callable[[], Newsroom]) -> Newsroom:
    """A newsroom whose first site is built."""
    newsroom = make_newsroom()
    newsroom.check()
    return newsroom
