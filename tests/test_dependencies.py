"""What is declared, what is locked and what is imported agree."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ENTRY = re.compile(
    r"^(?P<name>[a-z0-9][\w.-]*)==(?P<version>[\w.!+]+)(?P<rest>(?:.*\\\n)*.*)", re.MULTILINE
)


@pytest.fixture(scope="module")
def pyproject(checkout: Path) -> dict[str, Any]:
    return tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))


def locked(checkout: Path, name: str) -> dict[str, str]:
    lock = (checkout / "requirements" / f"{name}.txt").read_text("utf-8")
    return {canonicalize_name(entry["name"]): entry["version"] for entry in ENTRY.finditer(lock)}


def unmet(requirements: list[str], versions: dict[str, str]) -> list[str]:
    parsed = [Requirement(requirement) for requirement in requirements]
    return [
        str(requirement)
        for requirement in parsed
        if not requirement.specifier.contains(versions.get(canonicalize_name(requirement.name), ""))
    ]


def test_locks_hold_what_is_declared(checkout: Path, pyproject: dict[str, Any]) -> None:
    run = [*pyproject["project"]["dependencies"], *pyproject["dependency-groups"]["build"]]
    assert unmet(run, locked(checkout, "run")) == []
    assert unmet(pyproject["dependency-groups"]["dev"], locked(checkout, "dev")) == []
    assert pyproject["build-system"]["requires"] == pyproject["dependency-groups"]["build"]


def test_both_locks_agree(checkout: Path) -> None:
    assert locked(checkout, "run").items() <= locked(checkout, "dev").items()


@pytest.mark.parametrize("name", ["run", "dev"])
def test_a_lock_has_a_hash_for_every_file_and_names_no_host(checkout: Path, name: str) -> None:
    lock = (checkout / "requirements" / f"{name}.txt").read_text("utf-8")
    entries = list(ENTRY.finditer(lock))
    assert len(entries) > 10
    assert [entry["name"] for entry in entries if "--hash=sha256:" not in entry["rest"]] == []
    assert "://" not in lock
    assert "index-url" not in lock


def test_what_the_package_imports_is_declared(checkout: Path, pyproject: dict[str, Any]) -> None:
    project = pyproject["project"]
    extras = [name for extra in project["optional-dependencies"].values() for name in extra]
    declared = {
        canonicalize_name(Requirement(requirement).name)
        for requirement in (*project["dependencies"], *extras)
    }
    homes = packages_distributions()
    for file in (checkout / "generator").rglob("*.py"):
        for name in top_imports(file.read_text("utf-8")):
            if name not in sys.stdlib_module_names and name != "generator":
                assert declared & {canonicalize_name(home) for home in homes[name]}, (file, name)


def top_imports(text: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names
