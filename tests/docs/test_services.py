"""The services of docs/deploying.md that publish at each change: systemd's, and a container."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.commands import run
from tests.support.servers import free_port
from tests.support.sites import CHECKOUT
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow
PAGE = (CHECKOUT / "docs/deploying.md").read_text("utf-8")
STORY = "---\ntitle: Saved\ndate: 2026-11-01\nsection: news\n---\nIt is.\n"


def shown(path: str) -> str:
    """What the page shows for a file."""
    found = re.search(rf"^```\w+\n# {re.escape(path)}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


UNIT, CONTAINER = shown("/etc/systemd/system/paper.service"), shown("Dockerfile")


def instruction(name: str) -> list[str]:
    """The command of the container's `CMD` or `HEALTHCHECK`."""
    line = next(line for line in CONTAINER.splitlines() if line.startswith(name))
    words: list[str] = json.loads(line[line.index("[") :])
    return words


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    assert "/srv/venv/bin/broadsheet" in UNIT
    unit = tmp_path / "paper.service"
    unit.write_text(UNIT.replace("/srv/venv/bin/broadsheet", "/usr/bin/env"), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.name != "posix", reason="ends the process by a signal")
def test_what_both_run_publishes_tells_its_health_and_ends_by_a_word(tmp_path: Path) -> None:
    started = re.search(r"^ExecStart=\S+ (.*)$", UNIT, re.MULTILINE)
    command = instruction("CMD")
    assert started is not None
    assert shlex.split(started[1]) == command[1:]
    site, live, port = tmp_path / "site", tmp_path / "live", str(free_port())
    assert run("init", site).exit_code == 0
    config = (site / "config.yaml").read_text("utf-8")
    config = config.replace("https://example.org/", "https://paper.news/")
    config += f"deploy:\n  live: file://{live}\n"
    (site / "config.yaml").write_text(config, "utf-8")
    words = [sys.executable, "-m", "generator", *command[1:]]
    health = [word.replace("8100", port) for word in instruction("HEALTHCHECK")]
    with subprocess.Popen(
        [word.replace("8100", port) for word in words],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.PIPE,
    ) as service:
        try:
            wait_until(
                lambda: not subprocess.run(health, capture_output=True, check=False).returncode
            )
            assert (live / "index.html").exists()
            (site / "content/articles/saved.md").write_text(STORY, "utf-8")
            wait_until((live / "news/2026/11/saved/index.html").exists)
        finally:
            service.terminate()
            told, _ = service.communicate(timeout=60)
    assert service.returncode == 128 + signal.SIGTERM
    assert {json.loads(line)["step"] for line in told.splitlines()} == {
        "build",
        "check",
        "deploy",
        "wait",
    }
