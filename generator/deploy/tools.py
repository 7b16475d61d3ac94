"""Other programs: git, ssh, rsync, wrangler, as the system has them."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import BinaryIO

from generator.deploy.patience import PassingError
from generator.deploy.redaction import without_secrets
from generator.deploy.target import DeployError

PASSING = re.compile(
    r"RPC failed|Could not resolve|onnection (?:refused|reset|timed out|closed)|timed out"
    r"|(?:Failed to|Couldn't) connect"
    r"|Network is unreachable|returned error: (?:429|5[0-9]{2})|unexpected disconnect",
    re.IGNORECASE,
)
"""What programs say of failures that may be gone in a moment."""
AGAIN = "Deploy again: the next run finishes what is not done."
LAST_HINT = "Mend that, and deploy again."
HINTS = (
    (
        r"Permission denied \(|Host key verification failed|could not read Username",
        "Log in by hand once: what works there without a question works here too.",
    ),
    (r"No space left|quota", f"Make room there. {AGAIN}"),
    (r"Permission denied|Read-only file system", "Let this account write there. Deploy again."),
    (r"not appear to be a git repository|not found", "Make it, or check the target's address."),
)
"""What to do where a program says so, by patterns; a line that says so tells more than the last."""
NOTHING: Mapping[str, str] = MappingProxyType({})
LONGEST = 3600.0
"""Seconds that a program may take."""


class ToolError(DeployError):
    """A program that said no; `told` is all that it said."""

    def __init__(self, message: str, hint: str, told: str) -> None:
        super().__init__(message, hint)
        self.told = told


def program(name: str) -> str:
    """Where a program is. Raises DeployError when it is not installed."""
    found = shutil.which(name)
    if found is None:
        raise DeployError(f"{name} is not installed", f"This target needs {name}: install it.")
    return found


def run_tool(
    words: Sequence[str | Path],
    data: bytes | BinaryIO = b"",
    *,
    environment: Mapping[str, str] = NOTHING,
    folder: Path | None = None,
) -> bytes:
    """Run a program, and answer what it printed.

    Raises ToolError with the last line it said, PassingError where it may work in a moment.
    """
    name = Path(words[0]).name
    # Not a pipe: an ssh that stays behind for the next command holds on to it.
    with TemporaryFile() as told:
        try:
            done = subprocess.run(
                [program(str(words[0])), *map(str, words[1:])],
                input=data if isinstance(data, bytes) else None,
                stdin=None if isinstance(data, bytes) else data,
                stdout=subprocess.PIPE,
                stderr=told,
                check=False,
                env={**os.environ, **environment},
                cwd=folder,
                timeout=LONGEST,
            )
        except subprocess.TimeoutExpired:
            raise DeployError(f"{name} does not come to an end", AGAIN) from None
        if done.returncode:
            told.seek(0)
            raise _said_no(name, told.read().decode("utf-8", "replace"), done.returncode)
    return done.stdout


def _said_no(name: str, told: str, code: int) -> DeployError:
    told = without_secrets(told)
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    reason, hint = _explained(lines) if lines else (f"exit status {code}", LAST_HINT)
    reason = reason[:200].rstrip(".")
    if PASSING.search(told):
        return PassingError(f"{name}: {reason}", f"Check the network. {AGAIN}")
    return ToolError(f"{name}: {reason}", hint, told)


def _explained(lines: Sequence[str]) -> tuple[str, str]:
    """The line that tells most, and what to do."""
    for pattern, hint in HINTS:
        for line in lines:
            if re.search(pattern, line):
                return line, hint
    failed = (line for line in lines if line.startswith(("fatal:", "error:")))
    return next(failed, lines[-1]), LAST_HINT
