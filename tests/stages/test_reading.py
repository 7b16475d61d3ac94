"""While texts are read elsewhere, what comes next is loaded here."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = """
import sys
from datetime import UTC, datetime
from pathlib import Path

from generator.build import BuildOptions, open_job
from generator.stages.reading import NEEDED_NEXT, read_site

site, workers = Path(sys.argv[1]), int(sys.argv[2])
options = BuildOptions(site, datetime(2026, 1, 1, tzinfo=UTC), workers=workers)
with open_job(options, options.site / "public", state=options.site) as job:
    assert not set(NEEDED_NEXT) & sys.modules.keys()
    reads = read_site(job)
stories = sum(type(read.value).__name__ == "Article" for read in reads)
problems = sum(len(read.problems) for read in reads)
print(stories, problems, len(set(NEEDED_NEXT) & sys.modules.keys()))
"""


@pytest.mark.parametrize("workers", [0, 2])
def test_what_renders_is_loaded_only_while_others_read(
    make_stories: Callable[[int], Path], workers: int
) -> None:
    site = make_stories(1_200)
    command = [sys.executable, "-c", SCRIPT, str(site), str(workers)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    stories, problems, loaded = map(int, done.stdout.split())
    assert (stories, problems) == (1_200, 0)
    assert bool(loaded) is bool(workers)
