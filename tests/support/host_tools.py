"""The hosts' own tools, which serve a site on this machine as the host would."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.support.servers import free_port

LONGEST_START = 120.0
ALONE: Mapping[str, str] = MappingProxyType(
    {"CI": "1", "WRANGLER_SEND_METRICS": "false", "NETLIFY_TELEMETRY_DISABLED": "1"}
)
"""Lets the tools ask nobody anything."""
WRANGLER = ("pages", "dev", "--ip", "127.0.0.1")
# Its edge functions, of which a site of ours has none, need a program from the network.
NETLIFY = ("dev", "--offline", "--internal-disable-edge-functions", "--framework", "#static")
WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"wrangler": WRANGLER, "netlify": (*NETLIFY, "--dir", "public")}
)
PACKAGES = {"wrangler": "wrangler", "netlify": "netlify-cli"}


def need(tool: str) -> None:
    """Skip a test where a tool is not installed."""
    if not shutil.which(tool):
        pytest.skip(f"no {tool} on this machine: npm install -g {PACKAGES[tool]}")


@contextmanager
def served_by(tool: str, site: Path) -> Iterator[str]:
    """The address at which a host's tool serves a site, until the end of the block."""
    need(tool)
    port = free_port()
    words = [tool, *WORDS[tool], "--port", str(port)]
    log = site.parent / "tool.log"
    with log.open("wb") as told:
        server = subprocess.Popen(
            words,
            cwd=site,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            env={**os.environ, **ALONE},
            start_new_session=True,
        )
    try:
        _wait(port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, 9)  # it has children
        server.wait()


def _wait(port: int, log: Path) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        with suppress(OSError), closing(connection):
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.2)
    pytest.fail(f"the tool does not serve the site\n{log.read_text('utf-8', 'replace')}")
