"""A site is built by one process at a time."""

import errno
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.publish import lock
from generator.publish.lock import BusyError, hold, holder
from tests.support.publishing import sound

HOLD = """
import sys, time
from pathlib import Path
from generator.publish.lock import hold
with hold(Path(sys.argv[1])):
    {then}
    print("held", flush=True)
    sys.stdin.read()
"""
BUILD = """
import sys
from pathlib import Path
from generator.publish.guard import open_output
from generator.publish.lock import hold
site, name = Path(sys.argv[1]), sys.argv[2]
with hold(site, wait_seconds=60), open_output(site / "public", site) as transaction:
    for number in range(40):
        transaction.put(f"{number}/index.html", f"{name} {number}".encode())
    transaction.put(f"{name}.txt", b"")
    transaction.commit(name)
"""
FORKED = "import os; child = os.fork(); child or time.sleep(60); print(child, flush=True)"
WORKERS = """
    import multiprocessing
    worker = multiprocessing.get_context("{method}").Process(target=time.sleep, args=(60,))
    worker.start()
    print(worker.pid, flush=True)
"""

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(site: Path) -> Iterator[Start]:
    """A function that starts a Python program in a process of its own, on the site."""
    started = []

    def start_program(program: str, *arguments: str) -> "subprocess.Popen[str]":
        file = site / "program.py"
        file.write_text(program)
        command = [sys.executable, str(file), str(site), *arguments]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        started.append(process)
        return process

    yield start_program
    for process in started:
        process.kill()
        if process.stdin and not process.stdin.closed:
            process.communicate()


def line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline().strip()


@pytest.fixture
def other(start: Start) -> "subprocess.Popen[str]":
    """Another process, which holds the lock."""
    process = start(HOLD.format(then="pass"))
    assert line(process) == "held"
    return process


def is_free(site: Path) -> bool:
    try:
        with hold(site):
            return True
    except BusyError:
        return False


def test_a_lock_is_held_once_and_then_free(site: Path) -> None:
    with hold(site):
        assert not is_free(site)
    assert is_free(site)
    with pytest.raises(KeyError), hold(site):
        raise KeyError
    assert is_free(site)


def test_each_site_has_its_own_lock(site: Path, tmp_path: Path) -> None:
    with hold(site), hold(tmp_path / "other"):
        assert not is_free(tmp_path / "other")


def test_threads_are_kept_apart_too(site: Path) -> None:
    found = []
    with hold(site):
        thread = threading.Thread(target=lambda: found.append(is_free(site)))
        thread.start()
        thread.join()
    assert found == [False]


def test_whoever_is_busy_is_named(site: Path, other: "subprocess.Popen[str]") -> None:
    with pytest.raises(BusyError) as raised, hold(site):
        pass
    told = rf"process {other.pid} \(program\.py {re.escape(str(site))[:60]}.*\) since 20\d\d-.*"
    assert re.fullmatch(told, raised.value.holder)
    assert raised.value.holder in str(raised.value)
    assert raised.value.hint in str(raised.value)
    assert (site / ".broadsheet/lock").read_text().count("\n") == 3


def test_whoever_holds_it_describes_itself_while_it_does(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/lib/generator/__main__.py", "build", "--drafts"])
    path = site / ".broadsheet/lock"
    assert holder(path) == "another process"
    with hold(site):
        assert holder(path).startswith(f"process {os.getpid()} (generator build --drafts) since ")
    assert holder(path) == "another process"


def test_waiting_is_said_once_and_ends_when_the_other_is_done(
    site: Path, other: "subprocess.Popen[str]"
) -> None:
    said: list[str] = []
    let_go = threading.Timer(0.3, other.communicate)

    def say(text: str) -> None:
        said.append(text)
        let_go.start()

    with hold(site, wait_seconds=30, said=say):
        # One thread at a time may talk to a process: this one, from here on.
        let_go.join(10)
        assert other.wait(10) == 0
    assert len(said) == 1
    assert f"process {other.pid} " in said[0]


def test_nobody_waits_longer_than_asked(site: Path) -> None:
    with hold(site):
        start = time.monotonic()
        with pytest.raises(BusyError), hold(site, wait_seconds=0.2):
            pass
        assert 0.2 <= time.monotonic() - start < 5


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_process_lets_go(
    site: Path, other: "subprocess.Popen[str]", sent: signal.Signals
) -> None:
    assert not is_free(site)
    other.send_signal(sent)
    other.wait()
    assert is_free(site)


@pytest.mark.parametrize(
    "then", [FORKED, *(WORKERS.format(method=method) for method in ("fork", "forkserver", "spawn"))]
)
def test_workers_of_a_killed_process_do_not_hold_its_lock(
    site: Path, start: Start, then: str
) -> None:
    program = HOLD.format(then=then)
    process = start(program.replace("\nwith", "\nif __name__ == '__main__':\n  with"))
    worker = int(line(process))
    try:
        assert line(process) == "held"
        assert not is_free(site)
        process.kill()
        process.wait()
        with hold(site, wait_seconds=1):
            os.kill(worker, 0)  # it lives
    finally:
        os.kill(worker, signal.SIGKILL)


def test_a_forked_child_that_ends_does_not_let_go_for_its_parent(site: Path) -> None:
    with hold(site):
        pid = os.fork()
        if not pid:
            os._exit(0)
        os.waitpid(pid, 0)
        assert not is_free(site)


def test_a_program_that_is_started_does_not_inherit_it(site: Path) -> None:
    with hold(site):
        (number,) = lock._held  # noqa: SLF001 - nobody else knows
        assert not os.get_inheritable(number)


def test_a_lock_that_was_thrown_away_meanwhile_is_none(
    site: Path, other: "subprocess.Popen[str]"
) -> None:
    """Whoever waited for a file that is gone waits for the one in its place."""
    shutil.rmtree(site / ".broadsheet")
    with hold(site):
        assert other.poll() is None
        assert not is_free(site)


def test_what_is_written_in_it_does_not_matter(site: Path) -> None:
    path = site / ".broadsheet/lock"
    path.parent.mkdir()
    for text in (b"", b"\xff\x00\n", b"process 1\n" * 10_000):
        path.write_bytes(text)
        assert is_free(site)


def test_a_disk_without_locks_is_told_of(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)
    said: list[str] = []
    with hold(site, said=said.append):
        assert said == ["This disk has no locks: take care not to build this site twice at once."]


def test_a_lock_that_cannot_be_made_is_an_os_error(site: Path) -> None:
    (site / ".broadsheet").write_text("a file")
    with pytest.raises(FileExistsError), hold(site):
        pass


def test_many_builds_at_once_leave_the_site_of_one_of_them(site: Path, start: Start) -> None:
    names = ["one", "two", "three", "four"]
    builds = [start(BUILD, name) for name in names]
    assert [build.wait() for build in builds] == [0] * len(names)
    found = sound(site, site / "public")
    (winner,) = (path.removesuffix(".txt") for path in found if path.endswith(".txt"))
    assert found == {f"{winner}.txt": ""} | {
        f"{number}/index.html": f"{winner} {number}" for number in range(40)
    }
