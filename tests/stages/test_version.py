"""What stands for the code and its libraries is another text whenever one of them is."""

import ast
import importlib.metadata
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from generator.stages import version
from generator.stages.version import LIBRARIES, NAME, PACKAGE, code_version

ROOMS = ("model", "plan", "read", "render", "stages")
SHAPELESS = {"distributed"}
"""It hands work on, and adds nothing to it."""
LONG_AGO = 1_700_000_000


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of two old files in place of ours."""
    folder = tmp_path / "package"
    (folder / "read").mkdir(parents=True)
    for name in ("build.py", "read/dates.py"):
        (folder / name).write_text("pass\n", "utf-8")
        os.utime(folder / name, (LONG_AGO, LONG_AGO))
    monkeypatch.setattr(version, "PACKAGE", folder)
    monkeypatch.setattr(sys, "path", [])
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture(autouse=True)
def _folders(site: Path) -> None:
    site.mkdir()


def remembered(site: Path) -> Path:
    return site / ".broadsheet" / NAME


def rewrite(file: Path, text: str) -> None:
    """Change a file in such a way that it is old again."""
    file.write_text(text, "utf-8")
    os.utime(file, (LONG_AGO + 1, LONG_AGO + 1))


def imported() -> set[str]:
    """What the code that makes pages imports, and is neither ours nor Python's."""
    files = [file for room in ROOMS for file in (PACKAGE / room).rglob("*.py")]
    names: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
    tops = {name.partition(".")[0] for name in names}
    return tops - sys.stdlib_module_names - {"generator"}


def needed(library: str) -> set[str]:
    """A library and those that it cannot do without, as their projects are called."""
    found = {re.sub(r"[-_.]+", "-", library).lower()}
    for line in importlib.metadata.requires(library) or ():
        if ";" not in line:
            found |= needed(re.split(r"[^\w.-]", line)[0])
    return found


def test_every_library_that_shapes_pages_counts() -> None:
    projects = importlib.metadata.packages_distributions()
    libraries = {project for name in imported() for project in projects[name]}
    shaping = {name for library in libraries - SHAPELESS for name in needed(library)}
    assert {"markdown", "markupsafe"} <= shaping
    assert shaping <= {*LIBRARIES}


@pytest.mark.parametrize("library", LIBRARIES)
def test_another_version_of_a_library_is_another(
    library: str, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, known = code_version(), importlib.metadata.version
    assert package.exists()
    monkeypatch.setattr(
        importlib.metadata, "version", lambda name: "99" if name == library else known(name)
    )
    assert code_version() != before


def test_another_python_is_another(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = code_version()
    assert package.exists()
    monkeypatch.setattr(sys, "version", "99")
    assert code_version() != before


def test_other_code_is_another(package: Path, site: Path) -> None:
    seen = [code_version(site)]
    rewrite(package / "read/dates.py", "fail\n")
    seen.append(code_version(site))
    (package / "read/dates.py").rename(package / "read/times.py")
    seen.append(code_version(site))
    shutil.copy2(package / "build.py", package / "more.py")
    seen.append(code_version(site))
    assert len({*seen}) == len(seen)
    assert seen[-1] == code_version()


def test_files_that_are_the_same_need_not_be_read_again(
    package: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = code_version(site)
    assert remembered(site).exists()
    (package / "__pycache__").mkdir()
    (package / "__pycache__/build.pyc").touch()
    monkeypatch.setattr(version, "_version", lambda: "read again")
    assert code_version(site) == before


def test_files_so_young_that_they_may_yet_change_are_read_each_time(
    package: Path, site: Path
) -> None:
    (package / "build.py").write_text("fail\n", "utf-8")
    before = code_version(site)
    assert not remembered(site).exists()
    old = (package / "build.py").stat()
    (package / "build.py").write_text("liaf\n", "utf-8")
    os.utime(package / "build.py", ns=(old.st_atime_ns, old.st_mtime_ns))
    assert code_version(site) != before


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"version": "forged", "seal": "00"}', "\0"])
def test_what_is_remembered_may_be_damaged(site: Path, text: str) -> None:
    before = code_version(site)
    remembered(site).write_text(text, "utf-8")
    assert code_version(site) == before
