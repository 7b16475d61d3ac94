"""Whole tiny sites: each text file in `sites/` is a site, with what it must become below it.

In such a file the text before the first `-- path --` says what it shows. `-- public/… --`
is the exact text of a published file, `-- problems --` what people are told, `-- files --`
every published path, `-- absent --` paths that must not be published. Everything else is a
file of the site. `UPDATE_GOLDEN=1` rewrites what is expected from what happens.
"""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from generator.build import BuildOptions, build
from generator.cli.console import problem_text
from generator.model.problems import SiteError

SITES = Path(__file__).parent / "sites"
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
FINGERPRINT = re.compile(r"\.[0-9a-f]{10}\.")
HEADING = re.compile(r"^-- (.+?) --\n", re.MULTILINE)


def sections(text: str) -> tuple[str, dict[str, str]]:
    intro, *rest = HEADING.split(text)
    return intro, dict(zip(rest[::2], rest[1::2], strict=True))


def is_expected(name: str) -> bool:
    return name.startswith("public/") or name in ("problems", "files", "absent")


def outcome(site: Path) -> tuple[str, set[str]]:
    """What people were told, and what was published."""
    output = site.parent / "published"
    try:
        problems = build(BuildOptions(site, NOW, output)).problems
    except SiteError as error:
        problems = error.problems
    told = "".join(click.unstyle(problem_text(problem)) + "\n" for problem in problems)
    found = {p.relative_to(output).as_posix() for p in output.rglob("*") if p.is_file()}
    return told, {FINGERPRINT.sub(".(fingerprint).", path) for path in found}


@pytest.mark.parametrize("case", sorted(SITES.glob("*.txt")), ids=lambda path: path.stem)
def test_site_becomes_what_is_expected(case: Path, tmp_path: Path) -> None:
    intro, parts = sections(case.read_text("utf-8"))
    for name, content in parts.items():
        if not is_expected(name):
            file = tmp_path / "site" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8")
    told, published = outcome(tmp_path / "site")
    actual = dict(parts)
    if "problems" in parts or told:
        actual["problems"] = told
    if "files" in parts:
        actual["files"] = "".join(f"{path}\n" for path in sorted(published))
    for name in parts:
        if name.startswith("public/"):
            file = tmp_path / "published" / name.removeprefix("public/")
            text = file.read_text("utf-8") if file.exists() else "(nothing)"
            actual[name] = text if text.endswith("\n") else text + "\n"
    leaked = {path for path in parts.get("absent", "").split() if path in published}
    assert not leaked
    if os.environ.get("UPDATE_GOLDEN"):
        text = intro + "".join(f"-- {name} --\n{content}" for name, content in actual.items())
        case.write_text(text, "utf-8")
    assert actual == parts
