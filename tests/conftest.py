"""What tests in every room may ask for."""

import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from generator.cli import progress
from tests.support.sites import CHECKOUT, MakeSite, write_site

ARCHIVE = CHECKOUT.parent / "shared" / "corpora" / "18f"
SHORT = 1000
"""Bytes up to which pytest itself says what differs."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# A test that asks for the fixture is of that kind: nobody has to remember the marker.
MARKER_OF_FIXTURE = {
    "archive": "archive",
    "chromium": "browser",
    "demo_site": "slow",
    "quick_folder": "slow",
    "start_preview": "slow",
}

# How long an example takes depends on what else the machine does; that is no fault of the code.
settings.register_profile("unhurried", settings(), deadline=None)
settings.load_profile("unhurried")

# Nor is what is told of long work: here no work is long.
progress.QUIET_SECONDS = 3600.0

# A shell has what it starts in the background ignore Ctrl+C, and what that starts inherits it.
# Tests stop programs so: they must hear it.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in MARKER_OF_FIXTURE:
                item.add_marker(MARKER_OF_FIXTURE[fixture])


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Say where files differ; pytest would look for minutes for all that two pictures differ in."""
    if op != "==" or not (_is_file(left) or _is_folder(left)) or type(left) is not type(right):
        return None
    if isinstance(left, bytes) and isinstance(right, bytes):
        return _of_bytes("bytes", left, right)
    said = ["the files are others:"]
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        for name in sorted({*left, *right}, key=str):
            if left.get(name) != right.get(name):
                said += [
                    line[:200] for line in _of_bytes(str(name), left.get(name), right.get(name))
                ]
    return said[:60]


def _is_file(value: object) -> bool:
    return isinstance(value, bytes) and len(value) > SHORT


def _is_folder(value: object) -> bool:
    return isinstance(value, Mapping) and any(map(_is_file, value.values()))


def _of_bytes(name: str, left: object, right: object) -> list[str]:
    if not isinstance(left, bytes) or not isinstance(right, bytes):
        return [f"{name}: {left!r}"[:200], f"  but {right!r}"[:200]]
    pairs = enumerate(zip(left, right, strict=False))
    at = next(
        (place for place, (one, other) in pairs if one != other), len(min(left, right, key=len))
    )
    start = max(at - 40, 0)
    return [
        f"{name} from byte {at}: {left[start : at + 40]!r}",
        f"  but {right[start : at + 40]!r}",
    ]


class ByFileOrSeed(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands the tests of one file to one process, but every seed to whichever is free."""

    def _split_scope(self, nodeid: str) -> str:
        scope: str = nodeid if "[seed-" in nodeid else super()._split_scope(nodeid)
        return scope


@pytest.hookimpl(optionalhook=True)  # also without xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFileOrSeed | None:
    return ByFileOrSeed(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session", autouse=True)
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A place for the account's key that is gone with the tests; also for processes they start."""
    folder = tmp_path_factory.mktemp("account")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder))
        patch.delenv("BROADSHEET_STATE_KEY", raising=False)
        yield folder


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """A function that writes a tiny site; see MakeSite."""
    return lambda text: write_site(tmp_path / "site", text)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder of this repository."""
    return CHECKOUT


@pytest.fixture(scope="session")
def archive() -> Path:
    """A real newsroom's archive that lies beside the checkout on some machines."""
    if not ARCHIVE.is_dir():
        pytest.skip("the archive of real stories is not on this machine")
    return ARCHIVE


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The Chromium of this machine; with BROADSHEET_REQUIRE_BROWSER=1 its absence is a failure."""
    for name in BROWSERS:
        if program := shutil.which(name):
            return Path(program)
    if os.environ.get("BROADSHEET_REQUIRE_BROWSER"):
        pytest.fail("no Chromium on this machine: install the package chromium")
    pytest.skip("no Chromium on this machine")


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[object]:
    """A Chromium for the tests of one file, gone before the next begins."""
    from tests.support.browsers import running  # noqa: PLC0415 - only these tests need Playwright

    with running(chromium) as browser:
        yield browser
