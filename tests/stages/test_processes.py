"""Processes work however they began, and end with the build, also with one that is killed."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from generator.stages.processes import Processes
from generator.stages.starting import Method, start_method

GONE_SECONDS = 5.0

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="forks, and /proc")


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
@on_linux
def test_processes_work_however_they_begin(method: Method) -> None:
    pool = Processes(2, method)
    try:
        pids = {pool.submit(os.getpid).result() for _ in range(10)}
    finally:
        pool.end()
    assert os.getpid() not in pids
    assert 1 <= len(pids) <= 2
    assert not any(Path("/proc", str(pid)).exists() and not is_zombie(pid) for pid in pids)


def is_zombie(pid: int) -> bool:
    try:
        return (
            Path("/proc", str(pid), "stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
        )
    except OSError:
        return True


@on_linux
def test_nothing_is_forked_that_has_threads() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    assert start_method() == "forkserver"
    stop.set()
    thread.join()


def test_ctrl_c_is_not_for_workers() -> None:
    pool = Processes(1)
    try:
        handlers = [pool.submit(signal.getsignal, n).result() for n in (2, 15)]
    finally:
        pool.end()
    assert handlers == [signal.SIG_IGN, signal.SIG_DFL]


PARENT = """
    import os, sys, threading, time
    from generator.stages.processes import Processes
    if __name__ == "__main__":
        pool = Processes(2, sys.argv[1])
        print(*{pool.submit(os.getpid).result() for _ in range(10)}, flush=True)
        for _ in range(2):
            pool.submit(time.sleep, 60)
        time.sleep(60)
"""


@on_linux
@pytest.mark.parametrize("method", ["fork", "forkserver"])
def test_no_process_outlives_a_parent_that_is_killed(
    method: str, tmp_path: Path, checkout: Path
) -> None:
    script = tmp_path / "parent.py"
    script.write_text(textwrap.dedent(PARENT), "utf-8")
    with subprocess.Popen(
        [sys.executable, script, method],
        env={**os.environ, "PYTHONPATH": str(checkout)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as parent:
        assert parent.stdout
        assert parent.stdout.readline().split()
        parent.kill()
    deadline = time.monotonic() + GONE_SECONDS
    while left := in_session(parent.pid):
        assert time.monotonic() < deadline, left
        time.sleep(0.02)


def in_session(session: int) -> list[int]:
    """The processes that began in a session, but for those that nobody has buried yet."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state, _parent, _group, its = (
                    (folder / "stat").read_text("utf-8").rpartition(")")[2].split()[:4]
                )
            except OSError:
                continue
            if int(its) == session and state != "Z":
                found.append(int(folder.name))
    return found
