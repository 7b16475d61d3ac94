"""How long readers wait for a story whose embargo ends, with `publish --watch` and a bucket."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError

from tests.support.buckets import Bucket

STORY = """\
---
title: Held back
date: {due:%Y-%m-%dT%H:%M:%SZ}
section: world
slug: held-back
---
News.
"""
AHEAD = timedelta(seconds=30)
"""How long before its end the embargo is written down: the act that sees it is over by then."""
LONGEST = timedelta(minutes=5)
PAUSE = 0.02


def seconds_to_live(site: Path, target: str, bucket: Bucket, prefix: str) -> float:
    """Seconds from the end of an embargo until the story stands in the bucket.

    The first act of `publish` looks at the whole site. The second sees the story, and when it is
    due.
    """
    with watching(site, target) as waits:
        next(waits)
        due = (datetime.now(UTC) + AHEAD).replace(microsecond=0)
        (site / "content/articles/held-back.md").write_text(STORY.format(due=due), "utf-8")
        next(waits)
        while not _is_live(bucket, f"{prefix}world/{due:%Y/%m}/held-back/index.html"):
            if datetime.now(UTC) > due + LONGEST:
                raise AssertionError("the story does not come")
            time.sleep(PAUSE)
        return (datetime.now(UTC) - due).total_seconds()


@contextmanager
def watching(site: Path, target: str) -> Iterator[Iterator[str]]:
    """`publish --watch` until the end of the block: a line each time when it waits again."""
    words = [sys.executable, "-m", "generator", "publish", target, "--watch", "--json"]
    words += ["--site", str(site)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        lines = process.stdout or ()
        try:
            yield (line for line in lines if '"step": "wait"' in line)
        finally:
            process.terminate()


def _is_live(bucket: Bucket, path: str) -> bool:
    with suppress(HTTPError):
        bucket.get(path)
        return True
    return False
