"""A way to a server by the system's own ssh and rsync, with their own logins and settings.

`RSYNC_RSH` names another ssh, as for rsync itself. All that a deploy does there goes through one
connection, since shaking hands takes longer than most of it; whoever has set up sharing in
`~/.ssh/config` keeps that.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import weakref
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp

from generator.deploy.patience import patiently
from generator.deploy.tools import ToolError, run_tool

READABLE = "--chmod=Du=rwx,Dgo=rx,Fu=rw,Fgo=r"
IS_SHARED = re.compile(rb"^controlpath (?!none$)", re.MULTILINE)
"""What `ssh -G` says where an account shares connections by itself."""
LAST_SECONDS = 10
"""How long a connection waits for another command: it ends with us, but we may be killed."""


class Login:
    """A server that we may log in to; `login` is a host, with user and port where they matter."""

    def __init__(self, login: str) -> None:
        user, at, place = login.rpartition("@")
        host, _, self._port = place.partition(":")
        self._host = f"{user}{at}{host}"

    def run(self, script: str, *words: str, data: bytes = b"") -> bytes:
        """Run a script with these words and this standard input; what it printed."""
        command = shlex.join(["sh", "-c", script, "sh", *words])
        return patiently(lambda: run_tool((*self._ssh, self._host, command), data))

    def send(self, staging: Path, folder: str) -> None:
        """Bring what lies in a folder here into one there."""
        # Whatever is sent differs from what is there, also where size and time are the same; a
        # file may take the place of a folder.
        words = ["rsync", "--recursive", "--protect-args", "--ignore-times", "--force", READABLE]
        words += ["--rsh", shlex.join(self._ssh), f"{staging}/", f"{self._host}:{folder}/"]
        patiently(lambda: run_tool(words))

    @cached_property
    def _ssh(self) -> list[str]:
        words = shlex.split(os.environ.get("RSYNC_RSH") or "ssh")
        port = ["-p", self._port] if self._port else []
        if Path(words[0]).name != "ssh":
            return [*words, *port]
        words += ["-o", "BatchMode=yes", *port]
        return [*words, *self._shared(words)]

    def _shared(self, ssh: Sequence[str]) -> list[str]:
        """What has ssh share one connection, until this object is gone."""
        if sys.platform == "win32":  # its ssh cannot
            return []
        with suppress(ToolError):  # one from before 2015 is not asked
            if IS_SHARED.search(run_tool((*ssh, "-G", self._host))):
                return []
        folder = mkdtemp(prefix="broadsheet-")
        path = ["-o", f"ControlPath={folder}/ssh"]
        weakref.finalize(self, _end, (*ssh, *path, "-O", "exit", self._host), folder)
        return [*path, "-o", "ControlMaster=auto", "-o", f"ControlPersist={LAST_SECONDS}"]


def _end(words: Sequence[str], folder: str) -> None:
    """End a shared connection."""
    with suppress(OSError, subprocess.SubprocessError):
        nowhere = subprocess.DEVNULL
        subprocess.run(words, stdin=nowhere, stdout=nowhere, stderr=nowhere, timeout=5, check=False)
    shutil.rmtree(folder, ignore_errors=True)
