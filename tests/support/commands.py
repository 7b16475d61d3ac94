"""The `broadsheet` command, run here or in a child process, and what it told."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from click.testing import CliRunner, Result

from generator.cli.main import main
from tests.support.sites import CHECKOUT

Told = Result | subprocess.CompletedProcess[str]

ABSOLUTE = re.compile(r"(?<![\w.~:/])/(?:home|root|tmp|usr|var|work|etc|Users)/")

LONGEST_RUN = 600.0
"""Seconds after which a child process hangs, however busy the machine is."""

# A child of its own limits: seconds of processor time, bytes of memory, then the command line.
LIMITED = """\
import resource, sys
for limit, most in ((resource.RLIMIT_CPU, {seconds}), (resource.RLIMIT_AS, {memory})):
    resource.setrlimit(limit, (most, most))
from generator.cli.main import main
main(prog_name="broadsheet")
"""


def run(*words: object) -> Result:
    """The command, run here: its exit code, and what it printed, and where."""
    result = CliRunner().invoke(main, [str(word) for word in words], prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def run_broadsheet(
    *arguments: str,
    environment: Mapping[str, str] = MappingProxyType({}),
    cwd: Path | None = None,
    umask: int = -1,
    seconds: int = 0,
    memory: int = 0,
) -> subprocess.CompletedProcess[str]:
    """Run the command in a child process: its exit code and what it said.

    `environment` comes on top of an almost empty one; `cwd` is where the child starts.
    With `seconds` of processor time and bytes of `memory` it is killed beyond them.
    """
    code = LIMITED.format(seconds=seconds, memory=memory)
    start = ["-c", code] if seconds else ["-m", "generator"]
    return subprocess.run(
        [sys.executable, *start, *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="backslashreplace",
        timeout=LONGEST_RUN,
        cwd=cwd,
        umask=umask,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "XDG_STATE_HOME": os.environ["XDG_STATE_HOME"],
            **environment,
        },
    )


def state(folder: Path) -> dict[str, object]:
    """What stands in a folder, and when each file was written."""
    # The lock says who builds now, and is nothing that could be lost.
    files = (f for f in folder.rglob("*") if f.is_file() and f.name != "lock")
    return {
        str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in files
    }


def assert_clean(result: Told, site: Path) -> None:
    """No traceback, no place of this machine and no terminal escapes in what people are told."""
    told = result.stdout + result.stderr
    assert "Traceback" not in told
    assert str(site.parent) not in told
    assert not ABSOLUTE.search(told), told
    assert "\x1b" not in told
