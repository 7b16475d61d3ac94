"""Killed or failing at any point: what stands then, and what the next run makes of it."""

import errno
import re
import resource
import shutil
import signal
from itertools import count
from pathlib import Path

import pytest

from generator.publish.guard import open_output
from generator.publish.journal import NAME
from generator.publish.staging import staging_folder
from tests.support.publishing import Files, files_below, in_another_process, run, sound, spoiled

pytestmark = pytest.mark.slow

OLD = {
    "index.html": "old front: assets/site.1.css",
    "same.html": "same",
    "news/a/index.html": "old a: assets/site.1.css",
    "news/b/index.html": "gone",
    "becomes-folder": "a file",
    "becomes-file/deep/two": "in a folder",
    "Capitals.txt": "old",
    "assets/site.1.css": "gone",
    "feed.xml": "old",
}
NEW = {
    "index.html": "new front: themes/site.2.css",
    "same.html": "same",
    "news/a/index.html": "new a: themes/site.2.css",
    "news/c/index.html": "added",
    "becomes-folder/one/two": "in a folder",
    "becomes-file": "a file",
    "capitals.txt": "new",
    "themes/site.2.css": "added",
    "feed.xml": "new",
}
STORY = OLD | {"index.html": "new front: assets/site.1.css", "news/c/index.html": "added"}
CASES = pytest.mark.parametrize(
    ("before", "after", "partial"),
    [
        ({}, OLD, False),
        (OLD, NEW, False),
        (OLD, {}, False),
        (OLD, STORY, True),
        (OLD, NEW, True),
        (OLD, {}, True),
    ],
    ids=["first", "changed", "emptied", "partial", "partial, changed", "partial, emptied"],
)


@CASES
@pytest.mark.parametrize(
    "codes",
    [
        (0,),
        (errno.ENOSPC, errno.EIO, errno.EACCES),
        pytest.param((errno.EIO, errno.EACCES, errno.ENOSPC), marks=pytest.mark.slow),
        pytest.param((errno.EACCES, errno.ENOSPC, errno.EIO), marks=pytest.mark.slow),
    ],
    ids=["killed", "failed", "failed otherwise", "failed the third way"],
)
def test_spoiled_at_any_point_the_next_run_finds_all_old_or_makes_all_new(
    *,
    tmp_path: Path,
    site: Path,
    before: Files,
    after: Files,
    partial: bool,
    codes: tuple[int, ...],
) -> None:
    """The n-th change fails with the n-th code, and so round."""
    if before:
        run(site, site / "public", before, mark="before")
    for at in count(1):
        place = tmp_path / str(at)
        output = place / "public"
        shutil.copytree(site, place)
        code = codes[at % len(codes)]
        reached = spoiled(lambda: run(place, output, after, partial=partial), at, code)  # noqa: B023 - done at once
        assert_every_page_has_its_style(output)
        has_begun = (staging_folder(output, place) / NAME).exists()
        if not has_begun:
            assert (files_below(output) if output.exists() else {}) in (before, after)
        open_output(output, place).abandon()
        found = sound(place, output)
        assert found == after if has_begun else found in (before, after)
        run(place, output, after)
        assert sound(place, output) == after
        shutil.rmtree(place)
        if not reached:
            assert found == after
            assert at > 20
            break


def assert_every_page_has_its_style(output: Path) -> None:
    """At no time does a page name an asset that is not there."""
    for page in output.rglob("*.html"):
        named = re.search(r"(?:assets|themes)/\S+", page.read_text("utf-8"))
        assert named is None or (output / named[0]).exists()


@CASES
@pytest.mark.parametrize("is_killed", [True, False])
def test_a_disk_that_takes_so_many_bytes_a_file_spoils_nothing(
    *, tmp_path: Path, site: Path, before: Files, after: Files, partial: bool, is_killed: bool
) -> None:
    """What SQLite writes fails here too, as on a disk that is full."""
    if before:
        run(site, site / "public", before)

    for most in (0, 1, 30, 500, 2000, 4096, 5000, 8192, 10_000, 12_288, 16_384, 30_000):
        place = tmp_path / str(most)
        shutil.copytree(site, place)

        def work() -> str:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL if is_killed else signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))  # noqa: B023 - done at once
            run(place, place / "public", after, partial=partial)  # noqa: B023 - done at once
            return "done"

        ended = in_another_process(work)
        assert ended in ("done", f"code {-signal.SIGXFSZ}" if is_killed else "failed")
        open_output(place / "public", place).abandon()
        found = sound(place, place / "public")
        assert found == after if ended == "done" else found in (before, after)
        run(place, place / "public", after)
        assert sound(place, place / "public") == after
        shutil.rmtree(place)
    assert ended == "done"
