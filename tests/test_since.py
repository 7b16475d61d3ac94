"""A check of what has changed: it finds every error, and looks at little else."""

from pathlib import Path

import pytest

from generator.read.config import load_config
from generator.since import check_since
from tests.support.commands import run
from tests.support.sites import MakeSite

SITE = """
-- config.yaml --
title: The Quay
base_url: https://quay.news/
-- content/articles/ferry.md --
---
title: Ferry
date: 2026-11-01
---
<a href="/timetable.pdf">Times</a>
-- content/articles/dock.md --
---
title: Dock
date: 2026-11-02
---
It is deep.
"""
DEAD = '\n<a href="/nowhere/">There</a>\n'


class Paper:
    """A site that is built and then checked by a note."""

    def __init__(self, site: Path) -> None:
        self.site, self.public, self.note = site, site / "public", site / "checked.json"
        self.looked_at = 0

    def build(self) -> None:
        assert run("build", "--site", self.site, "--quiet").exit_code == 0

    def write(self, name: str, more: str) -> None:
        file = self.site / f"content/articles/{name}.md"
        file.write_text(file.read_text("utf-8") + more, "utf-8")
        self.build()

    def check(self) -> list[str]:
        """The errors that a check finds; `looked_at` counts the files."""
        self.looked_at = 0
        problems = check_since(
            self.note, self.site, self.public, load_config(self.site)[0], self._count
        )
        return [problem.message for problem in problems if problem.is_error]

    def _count(self, _done: int, total: int) -> None:
        self.looked_at = total


@pytest.fixture
def paper(make_site: MakeSite) -> Paper:
    paper = Paper(make_site(SITE))
    paper.build()
    (paper.public / "timetable.pdf").write_bytes(b"%PDF-1.4\n")  # somebody else's
    assert paper.check() == []
    assert paper.looked_at > 20
    return paper


def test_where_nothing_has_changed_only_others_files_are_looked_at(paper: Paper) -> None:
    assert paper.check() == []
    assert paper.looked_at == 1


def test_what_a_build_has_changed_is_looked_at(paper: Paper) -> None:
    paper.write("dock", DEAD)
    assert paper.check() == ['link leads nowhere: "/nowhere/"']
    assert 1 < paper.looked_at < 20


def test_an_error_is_told_until_it_is_mended(paper: Paper) -> None:
    paper.write("dock", DEAD)
    assert paper.check() == paper.check() != []
    paper.write("ferry", "\nMore.\n")
    assert paper.check() == ['link leads nowhere: "/nowhere/"']


def test_where_a_file_is_gone_every_page_is_looked_at(paper: Paper) -> None:
    (paper.public / "timetable.pdf").unlink()
    assert paper.check() == ['link leads nowhere: "/timetable.pdf"']
    assert paper.looked_at > 20


@pytest.mark.parametrize("note", [b"", b"[]", b'{"version": 1}'])
def test_without_a_note_that_can_be_read_everything_is_looked_at(paper: Paper, note: bytes) -> None:
    paper.note.write_bytes(note)
    assert paper.check() == []
    assert paper.looked_at > 20


def test_by_another_configuration_everything_is_looked_at(paper: Paper) -> None:
    config = paper.site / "config.yaml"
    config.write_text(config.read_text("utf-8") + "links: {elsewhere: [/docs/]}\n", "utf-8")
    assert paper.check() == []
    assert paper.looked_at > 20


def test_the_command_takes_the_note_s_file(paper: Paper) -> None:
    told = ("check", "--site", paper.site, "--since", paper.note)
    assert run(*told).exit_code == 0
    paper.write("dock", DEAD)
    result = run(*told)
    assert (result.exit_code, "/nowhere/" in result.output) == (1, True)
