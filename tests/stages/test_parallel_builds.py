"""However many processes build a site, it is the same; what kills or holds one up is named."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.model.problems import SiteError

pytestmark = pytest.mark.slow
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
STORIES = 60

# Builds whose processes die of one story, as of one that takes more memory than there is.
READING = """
import os
from generator.read import articles

read = articles.read_article

def deadly(path, *rest):
    if path.endswith("story-7.md"):
        os._exit(9)
    return read(path, *rest)

articles.read_article = deadly
"""
RENDERING = """
import os
from generator.render.outputs import Renderer

render = Renderer.render

def deadly(self, output, texts):
    if output.source.endswith("story-7.md"):
        os._exit(9)
    return render(self, output, texts)

Renderer.render = deadly
"""
BUILD = """
from generator.cli.main import main
main(["build", "--quiet", "--workers", "2", "--now", "2026-01-15"], prog_name="broadsheet")
"""


@pytest.fixture
def site(make_stories: Callable[[int], Path]) -> Path:
    return make_stories(STORIES)


def published(output: Path) -> dict[str, bytes]:
    files = (file for file in output.rglob("*") if file.is_file())
    return {str(file.relative_to(output)): file.read_bytes() for file in files}


def test_the_number_of_workers_changes_nothing(site: Path, tmp_path: Path) -> None:
    outputs = {number: tmp_path / str(number) for number in (0, 1, 2, 7)}
    for number, output in outputs.items():
        build(BuildOptions(site, NOW, output, workers=number, clean=True))
    expected = published(outputs.pop(0))
    assert len(expected) > STORIES
    for output in outputs.values():
        assert published(output) == expected


@pytest.mark.parametrize("workers", [0, 2])
def test_a_text_that_holds_up_its_process_is_named(workers: int, site: Path) -> None:
    (site / "config.yaml").write_text("title: Slow\nmarkdown: {time_limit: 1}\n", "utf-8")
    story = site / "content" / "articles" / "story-7.md"
    story.write_text(f"{story.read_text('utf-8')}\n{'*a ' * 2_000_000}\n", "utf-8")
    with pytest.raises(SiteError) as caught:
        build(BuildOptions(site, NOW, workers=workers))
    (problem,) = [problem for problem in caught.value.problems if problem.is_error]
    assert problem.place.path == "content/articles/story-7.md"
    assert "took longer than 1 s" in problem.message


@pytest.mark.skipif(sys.platform != "linux", reason="only what is forked dies of it")
@pytest.mark.parametrize("stage", ["reading", "rendering"])
def test_a_text_that_kills_its_process_is_named_and_no_other(
    stage: str, site: Path, checkout: Path
) -> None:
    deadly = {"reading": READING, "rendering": RENDERING}[stage]
    result = subprocess.run(
        [sys.executable, "-c", deadly + BUILD],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (result.returncode, result.stdout) == (1, "")
    first, *_ = result.stderr.splitlines()
    assert first == f"content/articles/story-7.md: error: {stage} this killed its process, twice"
    assert "1 error." in result.stderr
    assert not (site / "public").exists()
