"""What deploying costs: a newspaper of 10,000 stories into an S3 server and by SSH, on loopback.

    python -m benchmarks.deploys FOLDER [STORIES]

The paper is written into FOLDER if it is not there yet. Beside the first upload stands that of
`rclone`, if it is installed. Wall time depends on what else the machine does, so our own
processor time stands beside it.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import obstore

from benchmarks.archive import SECTIONS, Archive
from generator.deploy.site import DeployOptions, deploy_site, rollback_site
from tests.support.buckets import ACCESS_KEY, SECRET_KEY, make_bucket, seaweed
from tests.support.servers import ssh_server

STORIES = 10_000
CONFIG = """\
title: {title}
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
tags: [{tags}]
---
News.
"""
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


def measured(what: str, work: Callable[[], object]) -> None:
    """Do something, and print a line of the table."""
    before, wall, cpu = REQUESTS.count, time.perf_counter(), time.process_time()
    work()
    seconds, own = time.perf_counter() - wall, time.process_time() - cpu
    print(
        f"| {what} | {REQUESTS.count - before or '-'} | {seconds:.1f} s | {own:.1f} s |", flush=True
    )


def build(site: Path) -> None:
    """Build as the command does."""
    words = [sys.executable, "-m", "generator", "build", "--quiet", "--site", str(site)]
    subprocess.run(words, check=True)


def configure(site: Path, title: str, server: str) -> None:
    """Write the configuration and build; another title is another version of every page."""
    text = CONFIG.format(title=title, sections=", ".join(SECTIONS), server=server)
    (site / "config.yaml").write_text(text, "utf-8")
    build(site)


def add_story(site: Path, archive: Archive, number: int) -> None:
    """One more story, with three of the tags that the archive has."""
    tags = ", ".join(f'"{tag}"' for tag in archive.tags.names[5:8])
    text = NEW.format(number=number, tags=tags)
    (site / f"content/articles/quite-new-{number}.md").write_text(text, "utf-8")
    build(site)


def correct_story(site: Path, number: int) -> None:
    """The body of that story again, with a sentence more; it says when that was."""
    story = site / f"content/articles/quite-new-{number}.md"
    text = story.read_text("utf-8").replace("section:", f"updated: 2026-01-1{number}\nsection:")
    story.write_text(f"{text}\nCorrected.\n", "utf-8")
    build(site)


def rclone(public: Path, server: str) -> None:
    """The same files, by the program that most use for it."""
    place = f":s3,provider=Other,env_auth=true,endpoint='{server}':paper/rclone"
    words = ["rclone", "sync", str(public), place, "--transfers", "16", "--quiet"]
    hidden = re.compile("CA_BUNDLE|SSL_CERT")  # it stumbles over these
    environment = {name: value for name, value in os.environ.items() if not hidden.search(name)}
    subprocess.run(words, check=True, env={**environment, "RCLONE_CONFIG": os.devnull})


def acts(site: Path, archive: Archive, target: str, number: int) -> None:
    """Every act once, at one target."""
    options = DeployOptions(site, target, assents=True)
    measured(f"{target}: first upload", lambda: deploy_site(options))
    measured(f"{target}: nothing changed", lambda: deploy_site(options))
    add_story(site, archive, number)
    measured(f"{target}: one story more", lambda: deploy_site(options))
    measured(f"{target}: rollback of one story", lambda: rollback_site(options))
    measured(f"{target}: the same again", lambda: deploy_site(options))
    correct_story(site, number)
    measured(f"{target}: one story corrected", lambda: deploy_site(options))


def all_changed(site: Path, target: str, server: str) -> None:
    """Every page changes, and changes back."""
    options = DeployOptions(site, target, assents=True)
    configure(site, f"Bench {target.title()}", server)
    measured(f"{target}: every page changed", lambda: deploy_site(options))
    measured(f"{target}: rollback of every page", lambda: rollback_site(options))


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, str]]:
    """The addresses of an S3 server and of a folder by SSH."""
    for name in ("weed", "sshd"):
        (folder / name).mkdir()
    keys = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}
    os.environ.update(keys)
    with seaweed(folder / "weed") as url, ssh_server(folder / "sshd") as login:
        os.environ.update({"AWS_ENDPOINT_URL": url, "RSYNC_RSH": login.rsh})
        make_bucket(url, "paper")
        yield url, f"{login.address}{folder}/srv"


def main(site: Path, stories: int) -> None:
    """Measure all of it, and print a table."""
    archive = Archive(stories)
    if not (site / "content").exists():
        archive.write(site / "content/articles")
    with TemporaryDirectory() as folder, served(Path(folder)) as (url, server):
        configure(site, "Bench News", server)
        files = sum(file.is_file() for file in (site / "public").rglob("*"))
        print(f"{files:,} files; load {os.getloadavg()[0]:.0f}\n")
        print("| act | requests | wall time | processor time |\n|---|---|---|---|")
        if shutil.which("rclone"):
            measured("rclone: first upload", lambda: rclone(site / "public", url))
        for number, target in enumerate(("bucket", "server"), 1):
            acts(site, archive, target, number)
            all_changed(site, target, server)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2] if sys.argv[2:] else STORIES))
