"""What tests of whole sites share: the demonstration site, built once; pages; child processes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Protocol
from xml.etree.ElementTree import Element

import html5lib
import pytest

from generator.build import BuildOptions, BuildReport, build

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""The instant at which the demonstration site is built: after all its stories but one."""
SOURCES = ("content", "layouts", "static")
LONGEST_RUN = 60.0
"""Seconds after which a child process is stopped, whatever it does."""

# A child of its own limits: seconds of processor time, bytes of memory, then the command line.
LIMITED = """\
import resource, sys
for limit, most in ((resource.RLIMIT_CPU, {seconds}), (resource.RLIMIT_AS, {memory})):
    resource.setrlimit(limit, (most, most))
from generator.cli.main import main
main(prog_name="broadsheet")
"""

Pages = Mapping[str, Element]
ParsePage = Callable[[Path], Element]


class RunBroadsheet(Protocol):
    """Runs the command in a child process, and gives its exit code and what it said.

    `environment` comes on top of an almost empty one; `cwd` is where the child starts.
    With `seconds` of processor time and bytes of `memory` it is killed beyond them.
    """

    def __call__(
        self,
        *arguments: str,
        environment: Mapping[str, str] = ...,
        cwd: Path | None = ...,
        umask: int = ...,
        seconds: int = ...,
        memory: int = ...,
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def now() -> datetime:
    """The instant at which sites are built here."""
    return NOW


@pytest.fixture(scope="session")
def parse_page() -> ParsePage:
    """A function from an HTML file to its tree; any error of HTML's own grammar is raised."""

    def parse(file: Path) -> Element:
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree: Element = parser.parse(file.read_text("utf-8"))
        return tree

    return parse


@pytest.fixture(scope="session")
def parse_pages(parse_page: ParsePage) -> Callable[[Path], Pages]:
    """A function from a published folder to the trees of its pages, by path."""

    def parse(folder: Path) -> Pages:
        files = sorted(folder.rglob("*.html"))
        return {file.relative_to(folder).as_posix(): parse_page(file) for file in files}

    return parse


@pytest.fixture(scope="session")
def demo_site(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site that this repository is: nothing is written into the checkout."""
    site = tmp_path_factory.mktemp("demo")
    shutil.copyfile(checkout / "config.yaml", site / "config.yaml")
    for folder in SOURCES:
        shutil.copytree(checkout / folder, site / folder)
    return site


@pytest.fixture(scope="session")
def demo_report(demo_site: Path) -> BuildReport:
    """What building the demonstration site told."""
    return build(BuildOptions(demo_site, NOW, demo_site / "public"))


@pytest.fixture(scope="session")
def demo(demo_report: BuildReport) -> Path:
    """The demonstration site's published folder."""
    return demo_report.output


@pytest.fixture(scope="session")
def demo_pages(demo: Path, parse_pages: Callable[[Path], Pages]) -> Pages:
    """Every page of the demonstration site, by path."""
    return MappingProxyType(dict(parse_pages(demo)))


@pytest.fixture
def run_broadsheet(checkout: Path) -> RunBroadsheet:
    """A function that runs the command in a child process."""

    def run(
        *arguments: str,
        environment: Mapping[str, str] = MappingProxyType({}),
        cwd: Path | None = None,
        umask: int = -1,
        seconds: int = 0,
        memory: int = 0,
    ) -> subprocess.CompletedProcess[str]:
        code = LIMITED.format(seconds=seconds, memory=memory)
        start = ["-c", code] if seconds else ["-m", "generator"]
        return subprocess.run(
            [sys.executable, *start, *arguments],
            check=False,
            capture_output=True,
            encoding="utf-8",
            errors="backslashreplace",
            timeout=LONGEST_RUN,
            cwd=cwd,
            umask=umask,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(checkout),
                "PYTHONDONTWRITEBYTECODE": "1",
                "XDG_STATE_HOME": os.environ["XDG_STATE_HOME"],
                **environment,
            },
        )

    return run
