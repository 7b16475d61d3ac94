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
    r"|Network is unreachable|returned error: (?:429|5[0-9]{2})|unexpected disconnect",
    re.IGNORECASE,
)
"""What programs say of failures that may be gone in a moment."""
NOT_LET_IN = re.compile(
    r"Permission denied \(|Host key verification failed|could not read Username"
)
LOGIN = "Log in by hand once: what works there without a question works here too."
NOTHING: Mapping[str, str] = MappingProxyType({})
LONGEST = 3600.0
"""Seconds that a program may take."""
AGAIN = "Deploy again: the next run finishes what is not done."


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
    last = next((line for line in lines if line.startswith(("fatal:", "error:"))), "")
    reason = (last or (lines[-1] if lines else f"exit status {code}"))[:200].rstrip(".")
    if PASSING.search(told):
        return PassingError(f"{name}: {reason}", f"Check the network. {AGAIN}")
    hint = LOGIN if NOT_LET_IN.search(told) else "Mend that, and deploy again."
    return ToolError(f"{name}: {reason}", hint, told)
