"""A few pages are made by a process that got ready for them; without it, they are the same."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.model.outputs import Output
from generator.model.problems import SiteError
from generator.render.outputs import Rendered, Renderer
from generator.stages.starting import processors

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked there"),
    pytest.mark.skipif(processors() < 2, reason="there is nobody to help"),
]

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
render = Renderer.render


@pytest.fixture
def options(make_stories: Callable[[int], Path]) -> BuildOptions:
    """A site that has been built."""
    options = BuildOptions(make_stories(40), NOW)
    build(options)
    return options


def correct(site: Path) -> None:
    story = site / "content" / "articles" / "story-7.md"
    story.write_text(story.read_text("utf-8").replace("captain", "harbour master"), "utf-8")


def published(output: Path) -> dict[str, bytes]:
    files = (file for file in output.rglob("*") if file.is_file())
    return {str(file.relative_to(output)): file.read_bytes() for file in files}


def makers(patch: pytest.MonkeyPatch, notes: Path) -> Callable[[], set[int]]:
    """Note who makes pages."""

    def noted(renderer: Renderer, output: Output, texts: dict[str, str]) -> Rendered:
        with notes.open("a") as file:
            file.write(f"{os.getpid()}\n")
        return render(renderer, output, texts)

    patch.setattr(Renderer, "render", noted)
    return lambda: {int(line) for line in notes.read_text().split()} if notes.exists() else set()


@pytest.mark.parametrize("workers", [None, 0])
def test_another_process_makes_the_pages_of_an_edit_unless_there_shall_be_none(
    workers: int | None, options: BuildOptions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_by = makers(monkeypatch, tmp_path / "notes")
    correct(options.site)
    report = build(replace(options, workers=workers))
    assert "news/2025/08/story-7/index.html" in report.changes.changed
    assert len(made_by()) == 1
    assert (made_by() == {os.getpid()}) is (workers == 0)


def test_when_that_process_dies_the_pages_are_made_here(
    options: BuildOptions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = os.getpid()

    def deadly(renderer: Renderer, output: Output, texts: dict[str, str]) -> Rendered:
        if os.getpid() != here and output.path.endswith(".xml"):
            os._exit(9)
        return render(renderer, output, texts)

    monkeypatch.setattr(Renderer, "render", deadly)
    correct(options.site)
    build(options)
    monkeypatch.undo()
    build(replace(options, output=tmp_path / "clean", clean=True))
    assert published(options.site / "public") == published(tmp_path / "clean")
    assert not build(options).changes.changed


def test_an_error_in_what_it_makes_is_told_as_ever(options: BuildOptions) -> None:
    layouts = options.site / "layouts"
    layouts.mkdir()
    (layouts / "article.html").write_text(
        "{% if page.title == 'Ferry' %}{{ page.nothing }}{% endif %}A page"
    )
    build(options)
    story = options.site / "content" / "articles" / "story-7.md"
    story.write_text(story.read_text("utf-8").replace("Ferry 7 to run again", "Ferry"), "utf-8")
    with pytest.raises(SiteError) as caught:
        build(options)
    assert {problem.place.path for problem in caught.value.problems} == {"layouts/article.html"}
