"""Whether the system would watch one more folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.serve.allowance import is_used_up

ASK = "import sys; from pathlib import Path; from generator.serve.allowance import is_used_up; "
ASK += "print(is_used_up(Path(sys.argv[1])))"


def alone(command: str) -> list[str]:
    """A command of the shell for a user of its own, whose allowance is its own too."""
    return ["unshare", "--user", "--map-root-user", "sh", "-c", command]


def may_be_alone() -> bool:
    return (
        bool(shutil.which("unshare"))
        and not subprocess.run(
            alone("test -w /proc/sys/user/max_inotify_watches"), check=False, capture_output=True
        ).returncode
    )


def test_there_is_room(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - names are enough
    assert not is_used_up(tmp_path)
    assert not is_used_up(tmp_path / "missing")
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


@pytest.mark.skipif(not may_be_alone(), reason="no user namespaces on this machine")
@pytest.mark.parametrize(("most", "said"), [(0, "True"), (1, "False")])
def test_the_last_one_is_known(tmp_path: Path, most: int, said: str) -> None:
    command = f'echo {most} > /proc/sys/user/max_inotify_watches; exec "$@"'
    asked = [*alone(command), "sh", sys.executable, "-c", ASK, str(tmp_path)]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.strip() == said
