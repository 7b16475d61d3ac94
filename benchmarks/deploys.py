"""What deploying costs: a newspaper of 10,000 stories into an S3 server and by SSH, on loopback.

    python -m benchmarks.deploys FOLDER [STORIES]

The paper is written into FOLDER if it is not there yet. Beside the first upload stands that of
`rclone`, or of `aws s3 sync`, if one is installed. Wall time depends on what else the machine does,
so our own processor time stands beside it.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import obstore

from benchmarks.archive import SECTIONS, Archive
from benchmarks.embargo import seconds_to_live
from generator.deploy.site import DeployOptions, deploy_site, rollback_site
from tests.support.buckets import ACCESS_KEY, SECRET_KEY, Bucket, make_bucket, seaweed
from tests.support.servers import ssh_server

STORIES = 10_000
CONFIG = """\
title: {title}
feeds: {{one_format: {one_format}}}
base_url: https://paper.news/
sections: [{sections}]
deploy:
  bucket: s3://paper/news
  server: {server}
"""
NEW = """\
---
title: Quite new {number}
date: 2026-01-0{number}
section: world
author: {author}
tags: [{tags}]
---
News.
"""
Result = TypeVar("Result")
BUCKET_CALLS = ("get", "get_range", "head", "put", "delete", "list")


class Requests:
    """Counts what is asked of a bucket."""

    def __init__(self) -> None:
        self.count = 0
        for name in BUCKET_CALLS:
            setattr(obstore, name, self._counted(getattr(obstore, name)))

    def _counted(self, request: Callable[..., object]) -> Callable[..., object]:
        def ask(*words: object, **named: object) -> object:
            self.count += 1
            return request(*words, **named)

        return ask


REQUESTS = Requests()


def measured(what: str, work: Callable[[], Result]) -> Result:
    """Do something, and print a line of the table."""
    before, wall, cpu = REQUESTS.count, time.perf_counter(), time.process_time()
    result = work()
    seconds, own = time.perf_counter() - wall, time.process_time() - cpu
    print(
        f"| {what} | {REQUESTS.count - before or '-'} | {seconds:.1f} s | {own:.1f} s |", flush=True
    )
    return result


def build(site: Path) -> None:
    """Build as the command does."""
    words = [sys.executable, "-m", "generator", "build", "--quiet", "--site", str(site)]
    subprocess.run(words, check=True)


def configure(site: Path, title: str, server: str, *, one_format: bool = False) -> None:
    """Write the configuration and build; another title is another version of every page."""
    sections, one = ", ".join(SECTIONS), str(one_format).lower()
    text = CONFIG.format(title=title, sections=sections, server=server, one_format=one)
    (site / "config.yaml").write_text(text, "utf-8")
    build(site)


def add_story(site: Path, archive: Archive, number: int) -> None:
    """One more story, by an author and with three tags that the archive has."""
    write_story(site, archive, number)
    build(site)


def write_story(site: Path, archive: Archive, number: int) -> None:
    """The file of a story, the newest by its number."""
    tags = ", ".join(f'"{tag}"' for tag in archive.tags.names[5:8])
    text = NEW.format(number=number, tags=tags, author=archive.prose.speakers[0])
    (site / f"content/articles/quite-new-{number}.md").write_text(text, "utf-8")


def correct_story(site: Path, number: int) -> None:
    """The body of that story again, with a sentence more; it says when that was."""
    story = site / f"content/articles/quite-new-{number}.md"
    text = story.read_text("utf-8").replace("section:", f"updated: 2026-01-1{number}\nsection:")
    story.write_text(f"{text}\nCorrected.\n", "utf-8")
    build(site)


def others(public: Path, server: str) -> None:
    """The first upload of the same files, by the programs that most use for it."""
    place = f":s3,provider=Other,env_auth=true,endpoint='{server}':paper/others"
    ways = (
        ("rclone", "sync", str(public), place, "--transfers", "16", "--quiet"),
        ("aws", "s3", "sync", str(public), "s3://paper/others", "--only-show-errors"),
    )
    hidden = re.compile("CA_BUNDLE|SSL_CERT")  # rclone stumbles over these
    here = {name: value for name, value in os.environ.items() if not hidden.search(name)}
    here["RCLONE_CONFIG"] = os.devnull
    words = next((words for words in ways if shutil.which(words[0])), None)
    if words:
        run = partial(subprocess.run, words, check=True, env=here)
        measured(f"bucket: first upload by `{words[0]}`", run)


def small_acts(site: Path, archive: Archive, target: str, number: int) -> int:
    """Every act that brings little, at one target; the release that is live at the end."""
    options = DeployOptions(site, target, assents=True)
    measured(f"{target}: first upload", lambda: deploy_site(options))
    measured(f"{target}: nothing changed", lambda: deploy_site(options))
    add_story(site, archive, number)
    measured(f"{target}: one story more", lambda: deploy_site(options))
    measured(f"{target}: rollback of one story", lambda: rollback_site(options))
    measured(f"{target}: the same again", lambda: deploy_site(options))
    correct_story(site, number)
    note = measured(f"{target}: one story corrected", lambda: deploy_site(options)).note
    return note.number if note else 0


def great_acts(site: Path, archive: Archive, live: Mapping[str, int], server: str) -> None:
    """Every page changes, and changes back. Between these a story comes, with fewer feeds."""
    configure(site, "Bench Times", server, one_format=True)
    options = {target: DeployOptions(site, target, assents=True) for target in live}
    for target in live:
        measured(f"{target}: every page changed", partial(deploy_site, options[target]))
    add_story(site, archive, 4)
    for target, number in live.items():
        what = f"{target}: one story more, with `one_format`"
        measured(what, partial(deploy_site, options[target]))
        back = partial(rollback_site, options[target], number)
        measured(f"{target}: rollback of every page", back)


@contextmanager
def served(folder: Path) -> Iterator[tuple[Bucket, str]]:
    """A bucket of an S3 server, and the address of a folder by SSH."""
    for name in ("weed", "sshd"):
        (folder / name).mkdir()
    keys = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}
    os.environ.update(keys)
    with seaweed(folder / "weed") as url, ssh_server(folder / "sshd") as login:
        os.environ.update({"AWS_ENDPOINT_URL": url, "RSYNC_RSH": login.rsh})
        yield make_bucket(url, "paper"), f"{login.address}{folder}/srv"


def main(site: Path, stories: int) -> None:
    """Measure all of it, and print a table."""
    archive = Archive(stories)
    if not (site / "content").exists():
        archive.write(site / "content/articles")
    write_story(site, archive, 1)  # the first of its year, which touches more than others
    with TemporaryDirectory() as folder, served(Path(folder)) as (bucket, server):
        configure(site, "Bench News", server)
        files = sum(file.is_file() for file in (site / "public").rglob("*"))
        print(f"{files:,} files; load {os.getloadavg()[0]:.0f}\n")
        print("| act | requests | wall time | processor time |\n|---|---|---|---|")
        others(site / "public", bucket.server)
        live = {"bucket": small_acts(site, archive, "bucket", 2)}
        seconds = seconds_to_live(site, "bucket", bucket, "news/")
        print(f"| bucket: from the end of an embargo to the story | | {seconds:.1f} s | |")
        live["server"] = small_acts(site, archive, "server", 3)
        great_acts(site, archive, live, server)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2] if sys.argv[2:] else STORIES))
