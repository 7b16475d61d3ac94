"""Whole builds: what is done before each, and what is counted after it."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import builds
from benchmarks.edits import address, tag_address
from benchmarks.generators import BROADSHEET, DEFAULT_THEME, Generator
from benchmarks.metering import metered
from benchmarks.newspaper import stages_of_builds
from benchmarks.stages import STAGES
from benchmarks.workspace import changed, workspace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells of its processes")

COPY = """
import pathlib, shutil, sys
site, output = map(pathlib.Path, sys.argv[1:3])
for file in site.rglob("*.md"):
    page = output / file.relative_to(site).with_suffix("") / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    if not page.exists() or page.read_bytes() != file.read_bytes():
        shutil.copy(file, page)
"""


def quiet(_line: str) -> None:
    """Say nothing."""


def copier(site: Path) -> Generator:
    """A generator that publishes every story as it is."""
    return Generator(
        name="copier",
        title="Copier",
        site=site,
        stories="stories",
        version=lambda: "1",
        build=lambda site, output: (sys.executable, "-c", COPY, str(site), str(output)),
        memories=("memory",),
    )


def test_files_that_were_written_or_removed_are_counted() -> None:
    before = {"same": (1, 1), "rewritten": (1, 2), "removed": (1, 3)}
    after = {"same": (1, 1), "rewritten": (2, 2), "new": (2, 4)}
    assert changed(before, after) == 3


def test_every_case_changes_as_many_files_as_it_must(tmp_path: Path) -> None:
    with workspace([copier(tmp_path)], 5, 1) as space:
        found = list(builds.measure_builds(space, 1, 1, quiet))
    assert [(case, figures.files) for case, _, figures in found] == [
        (builds.COLD, 5),
        (builds.UNCHANGED, 0),
        (builds.EDITED, 1),
        (builds.PUBLISHED, 1),
    ]


def test_a_cold_build_finds_neither_output_nor_memory(tmp_path: Path) -> None:
    with workspace([copier(tmp_path)], 2, 1) as space:
        contender = space.contenders[0]
        for folder in (contender.output, contender.site / "memory"):
            folder.mkdir()
        builds.prepare(contender, builds.COLD, space.paths[0], 0)
        assert not contender.output.exists()
        assert not (contender.site / "memory").exists()


def test_a_generator_that_publishes_less_is_told_of(tmp_path: Path) -> None:
    lazy = replace(copier(tmp_path), title="Lazy", build=lambda *_: (sys.executable, "-c", ""))
    with workspace([copier(tmp_path), lazy], 3, 1) as space:
        list(builds.measure_builds(space, 1, 1, quiet))
        told = list(builds.missing(space))
    assert len(told) == 1
    assert told[0].startswith("Lazy lacks 4 of the pages")


def test_broadsheets_own_site_has_a_page_for_each_story_and_tag() -> None:
    with workspace([BROADSHEET], 3, 1) as space:
        contender = space.contenders[0]
        texts = [contender.read(path) for path in space.paths]
        metered(BROADSHEET.build(contender.site, contender.output))
        pages = builds.addresses(contender)
    for wanted in [*map(address, space.paths), *map(tag_address, texts), "/", "/tags/", "/world/"]:
        assert f"{wanted}index.html".lstrip("/") in pages


def test_a_build_is_told_by_stage() -> None:
    with workspace([DEFAULT_THEME], 3, 1) as space:
        case, stages = next(stages_of_builds(space, 0, 1, quiet))
    cold = dict(stages)
    assert (case, tuple(cold)) == (builds.COLD, STAGES)
    assert cold["start-up"] > 0
    assert 0.05 < sum(cold.values()) < 60
