"""A real SSH server on loopback, for whoever runs the tests, with keys of its own."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
LONGEST_START = 30.0
SHARING = "  ControlMaster auto\n  ControlPath {folder}/%C\n  ControlPersist 30\n"
SEPARATION = Path("/run/sshd")
"""What sshd wants to be there when root starts it."""


@dataclass(frozen=True)
class Login:
    """How to get there: `RSYNC_RSH`, and the address without a folder; `log` is the server's."""

    rsh: str
    address: str
    log: Path

    @property
    def count(self) -> int:
        """How often somebody has logged in."""
        return self.log.read_text("utf-8").count("Accepted publickey")


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def ssh_server(folder: Path, *, shares: bool = True) -> Iterator[Login]:
    """An SSH server that lets this account in with a key that is made for it.

    Who `shares` keeps one connection for many commands, by this account's own settings.
    """
    if not Path(SSHD).exists() or not shutil.which("rsync"):
        if os.environ.get("CI"):
            pytest.fail("no sshd or rsync on this machine: install openssh-server and rsync")
        pytest.skip("no sshd or rsync on this machine")
    port = free_port()
    for name in ("host", "mine"):
        key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(key, check=True)
    shutil.copy(folder / "mine.pub", folder / "authorized")
    (folder / "known").write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}")
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\n"
        f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\n"
        "PasswordAuthentication no\nMaxStartups 100\n"
    )
    (folder / "config").write_text(
        f"Host *\n  IdentityFile {folder}/mine\n  IdentitiesOnly yes\n"
        f"  UserKnownHostsFile {folder}/known\n  LogLevel ERROR\n"
        "  KexAlgorithms curve25519-sha256\n" + (SHARING.format(folder=folder) if shares else "")
        # Shaking hands is most of what a test would wait for.
    )
    if os.geteuid() == 0:
        SEPARATION.mkdir(mode=0o755, exist_ok=True)
    log = folder / "log"
    server = subprocess.Popen([SSHD, "-D", "-E", str(log), "-f", str(folder / "sshd_config")])
    try:
        _wait(port)
        user = getpass.getuser()
        yield Login(f"ssh -F {folder}/config", f"ssh://{user}@127.0.0.1:{port}", log)
    finally:
        server.terminate()
        server.wait(timeout=LONGEST_START)


def _wait(port: int) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("sshd does not start")
