"""What tests in every room may ask for."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Protocol

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadFileScheduling

CHECKOUT = Path(__file__).resolve().parents[1]
ARCHIVE = CHECKOUT.parent / "shared" / "corpora" / "18f"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")

# A test that asks for the fixture is of that kind: nobody has to remember the marker.
MARKER_OF_FIXTURE = {"archive": "archive", "chromium": "browser"}

# How long an example takes depends on what else the machine does; that is no fault of the code.
settings.register_profile("unhurried", settings(), deadline=None)
settings.load_profile("unhurried")


class MakeSite(Protocol):
    """Writes a whole site from one text, and answers its folder.

    Each file begins after a line `-- path --`; the text may be indented as a whole. A
    line of a file that looks like such a line itself is written with a `\\` before it.
    Called again, it adds files to the same site and replaces those it names.
    """

    def __call__(self, text: str) -> Path: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in MARKER_OF_FIXTURE:
                item.add_marker(MARKER_OF_FIXTURE[fixture])


class ByFileOrSeed(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands the tests of one file to one process, but every seed to whichever is free."""

    def _split_scope(self, nodeid: str) -> str:
        scope: str = nodeid if "[seed-" in nodeid else super()._split_scope(nodeid)
        return scope


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFileOrSeed | None:
    return ByFileOrSeed(config, log) if config.getoption("dist") == "loadfile" else None


def files_in(text: str) -> dict[str, str]:
    files: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in dedent(text).splitlines(keepends=True):
        bare = line.strip()
        if line.startswith("-- ") and bare.endswith(" --"):
            lines = files.setdefault(bare[3:-3].strip(), [])
        else:
            lines.append(line.removeprefix("\\") if line.startswith("\\-- ") else line)
    return {path: "".join(content) for path, content in files.items()}


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

    def make(text: str) -> Path:
        site = tmp_path / "site"
        for path, content in files_in(text).items():
            file = site / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode())
        return site

    return make


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
def browser(chromium: Path) -> Iterator[Browser]:
    """A Chromium for the tests of one file, gone before the next begins.

    Playwright keeps an event loop in this thread: two at once, or one left behind, and
    whatever else wants a loop here fails.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()
