"""The preview: a small site, the real command in a child process, a client."""

import http.client
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

STARTS_WITHIN = 120.0
SITE = """
title: Tiny Times
base_url: https://tiny.example/
sections: [news, world]
timezone: Europe/London
"""
STORY = """---
title: {title}
date: 2026-01-0{day}T08:00:00Z
section: news
tags: [{tag}]
---
{body}
"""


@dataclass
class Preview:
    """A preview that runs: its folder, where it listens, and what it has said."""

    site: Path
    process: subprocess.Popen[str]
    url: str
    port: int
    log: Path

    def write(self, path: str, text: str) -> None:
        """Save a file of the site."""
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Save a file with a text in it exchanged."""
        text = (self.site / path).read_text("utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def get(
        self, path: str = "/", method: str = "GET", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask for an address: status, headers by lower-case name, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, headers=headers or {})
            response = connection.getresponse()
            named = {name.lower(): value for name, value in response.getheaders()}
            return response.status, named, response.read()
        finally:
            connection.close()

    def page(self, path: str = "/") -> str:
        """The text at an address."""
        return self.get(path)[2].decode()

    def wait_for(self, path: str, is_so: Callable[[int, str], bool], limit: float = 120) -> float:
        """Ask until it is so; the seconds that took."""
        started = time.monotonic()
        while True:
            status, _, body = self.get(path)
            if is_so(status, body.decode("utf-8", "replace")):
                return time.monotonic() - started
            assert time.monotonic() - started < limit, f"{path} did not come about: {status}"
            time.sleep(0.005)

    def said(self) -> str:
        """What the command has printed."""
        return self.log.read_text("utf-8")

    def stop(self, number: int = signal.SIGINT) -> int:
        """End it; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(120)


class StartPreview(Protocol):
    """Starts a preview of a site's folder, and waits until it can be asked."""

    def __call__(self, site: Path, *arguments: str) -> Preview: ...


@dataclass
class Previews:
    """Previews that run, with their logs in a folder."""

    folder: Path
    running: list[Preview] = field(default_factory=list)

    def start(self, site: Path, *arguments: str) -> Preview:
        log = self.folder / f"log-{len(self.running)}.txt"
        if "--port" not in arguments:
            arguments = ("--port", "0", *arguments)
        command = [sys.executable, "-m", "generator", "serve", "--site", str(site), *arguments]
        with log.open("w") as out:
            # In the background of a shell Ctrl-C is ignored, and a child would go on doing so.
            heard = signal.signal(signal.SIGINT, signal.default_int_handler)
            process = subprocess.Popen(command, stdout=out, stderr=out, text=True)
            signal.signal(signal.SIGINT, heard)
        started = time.monotonic()
        while not (found := re.search(r"http://[^:]+:(\d+)/\S*", log.read_text("utf-8"))):
            assert process.poll() is None, log.read_text("utf-8")
            assert time.monotonic() - started < STARTS_WITHIN
            time.sleep(0.02)
        preview = Preview(site, process, found[0], int(found[1]), log)
        self.running.append(preview)
        return preview


def write_tiny_site(site: Path) -> Path:
    """Write a site of four stories."""
    (site / "content/articles").mkdir(parents=True)
    (site / "static").mkdir()
    (site / "config.yaml").write_text(SITE, "utf-8")
    for day, name in enumerate(("ferry", "bridge", "tide", "fog"), start=1):
        text = STORY.format(
            title=f"The {name}", day=day, tag="Harbour", body=f"All about the {name}."
        )
        (site / f"content/articles/{name}.md").write_text(text, "utf-8")
    (site / "static/plain.css").write_text("body { color: black }\n", "utf-8")
    return site
