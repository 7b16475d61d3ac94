"""What was compiled of layouts is kept, and believed with this account's seal alone."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import Environment

from generator.build import BuildOptions, build
from generator.stages import kept_layouts
from generator.stages.kept_layouts import KeptLayouts
from tests.support.sites import MakeSite

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SITE = """
-- config.yaml --
title: T
-- content/articles/a.md --
---
title: A
date: 2025-01-01
---
A.
"""


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    site = make_site(SITE)
    build(BuildOptions(site, NOW, workers=0))
    return site


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the layouts that Jinja compiles from now on."""
    names: list[str] = []
    once = Environment.compile

    def noting(
        self: Environment, source: object, name: str, *rest: object, **more: object
    ) -> object:
        names.append(name)
        return once(self, source, name, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", noting)
    return names


def correct(site: Path, words: str) -> None:
    file = site / "content/articles/a.md"
    file.write_text(file.read_text() + words)
    # Another process would begin with none.
    from generator.stages.tasks import layouts_of  # noqa: PLC0415 - beside its use

    layouts_of.cache_clear()
    build(BuildOptions(site, NOW, workers=0))


def test_the_next_build_compiles_nothing(site: Path, compiled: list[str]) -> None:
    correct(site, "B.")
    assert compiled == []
    assert b"B." in (site / "public/news/2025/01/a/index.html").read_bytes()


@pytest.mark.parametrize("statement", ["code = x'00'", "seal = x'00'", "key = key || '0'"])
def test_what_is_not_sealed_is_compiled_anew(
    site: Path, compiled: list[str], statement: str
) -> None:
    with sqlite3.connect(site / ".broadsheet/layouts.db") as store:
        store.execute(f"UPDATE layouts SET {statement}")  # noqa: S608 - ours
    correct(site, "B.")
    assert "article.html" in compiled


def test_a_damaged_file_is_compiled_anew(site: Path, compiled: list[str]) -> None:
    (site / ".broadsheet/layouts.db").write_bytes(b"no database")
    correct(site, "B.")
    assert "article.html" in compiled


def test_another_version_of_the_code_believes_nothing(site: Path) -> None:
    kept = KeptLayouts(site, "another")
    assert not kept._kept  # noqa: SLF001 - what it believes
    assert kept_layouts.NAME == "layouts.db"
