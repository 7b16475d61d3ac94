"""A build that is stopped ends at once, leaves no process behind, and the old site as it was."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="signals of POSIX, and /proc"),
]

STORIES = 300
MOST_WORK = 2.0
"""Seconds that all processes of a build may still work once it is stopped."""
SOON = 20.0
"""Seconds on the clock until nothing of it is left, however busy the machine is."""
NOW = ["--now", "2026-01-15T12:00Z"]

# The command, and word of what it is doing: a byte into the pipe, when a moment has come.
CHILD = """
import os, sys, time
moment, pipe = sys.argv[1], int(sys.argv[2])

def has_come(event, arguments):
    if event == "os.rename":
        folder = os.readlink(f"/proc/self/fd/{arguments[3]}") if arguments[3] >= 0 else ""
        return moment == "committing" and "/public/" in folder + "/"
    path, flags = str(arguments[0]), arguments[2]
    if moment == "reading":
        return "content/articles/" in path
    is_written = flags & (os.O_WRONLY | os.O_RDWR)
    return moment == "rendering" and is_written and ".public.staging" in path

def watch(event, arguments):
    global moment
    if event in ("open", "os.rename") and has_come(event, arguments):
        moment = ""
        os.write(pipe, b".")
        time.sleep(0.05)

sys.addaudithook(watch)
from generator.cli.main import main
main(sys.argv[3:], prog_name="broadsheet")
"""


@dataclass(frozen=True)
class Ended:
    """How a build ended: what it `worked` after the signal; `left` are processes that it left."""

    code: int
    stdout: str
    stderr: str
    worked: float
    left: list[int]


def stopped(site: Path, moment: str, workers: int, send: Callable[[int], None]) -> Ended:
    """Begin a build, and send it a signal when the moment has come."""
    come, tell = os.pipe()
    words = ["build", "--quiet", "--workers", str(workers), *NOW]
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, moment, str(tell), *words],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        pass_fds=[tell],
        start_new_session=True,
    )
    os.close(tell)
    assert os.read(come, 1), process.communicate()
    before = worked_by_the_ended() + sum(map(worked_by, in_session(process.pid)))
    send(process.pid)
    stdout, stderr = process.communicate(timeout=60)
    worked = worked_by_the_ended() - before
    until = time.monotonic() + SOON
    while (left := in_session(process.pid)) and time.monotonic() < until:
        time.sleep(0.02)
    os.close(come)
    return Ended(process.returncode, stdout, stderr, worked, left)


def worked_by_the_ended() -> float:
    """Seconds that the processes have worked that this one has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def worked_by(process: int) -> float:
    """Seconds that a process has worked, and those that it has waited for; 0 when it is gone."""
    try:
        text = Path(f"/proc/{process}/stat").read_text("utf-8")
    except OSError:
        return 0
    ticks = map(int, text.rpartition(")")[2].split()[11:15])
    return sum(ticks) / os.sysconf("SC_CLK_TCK")


def in_session(session: int) -> list[int]:
    """The processes that began in a session, but for those that nobody has buried yet."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                text = (folder / "stat").read_text("utf-8")
            except OSError:
                continue
            state, _parent, _group, its = text.rpartition(")")[2].split()[:4]
            if int(its) == session and state != "Z":
                found.append(int(folder.name))
    return found


def build(site: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "generator", "build", "--quiet", *NOW],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=True,
        timeout=60,
    )


def state(site: Path, *, times: bool = True) -> dict[str, object]:
    """What is published, and when each file was written."""
    files = (file for file in (site / "public").rglob("*") if file.is_file())
    return {
        str(file.relative_to(site)): (file.read_bytes(), times and file.stat().st_mtime_ns)
        for file in files
    }


@pytest.fixture(scope="module")
def built(make_stories: Callable[[int], Path]) -> Path:
    site = make_stories(STORIES)
    build(site)
    return site


@pytest.fixture(scope="module")
def renamed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What is published of the site when its name has changed: every page is another."""
    site = Path(shutil.copytree(built, tmp_path_factory.mktemp("renamed") / "site"))
    rename(site)
    build(site)
    return state(site, times=False)


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """The built site, its name changed since."""
    site = Path(shutil.copytree(built, tmp_path / "site"))
    rename(site)
    return site


def rename(site: Path) -> None:
    (site / "config.yaml").write_text("title: Ferry News\n", "utf-8")


def by_keyboard(process: int) -> None:
    """As a terminal does it: to all processes of the group."""
    os.killpg(process, signal.SIGINT)


def by_keyboard_twice(process: int) -> None:
    by_keyboard(process)
    time.sleep(0.02)
    by_keyboard(process)


def by_service(process: int) -> None:
    """As a service manager does it: to all processes of the group."""
    os.killpg(process, signal.SIGTERM)


def by_name(process: int) -> None:
    os.kill(process, signal.SIGTERM)


@pytest.mark.parametrize(
    ("moment", "workers", "send", "code"),
    [
        ("reading", 0, by_keyboard, 130),
        ("reading", 2, by_service, 143),
        ("reading", 7, by_keyboard, 130),
        ("rendering", 0, by_name, 143),
        ("rendering", 2, by_keyboard, 130),
        ("rendering", 2, by_keyboard_twice, 130),
        ("rendering", 7, by_name, 143),
    ],
)
def test_a_build_that_is_stopped_ends_at_once_and_changes_nothing(
    moment: str, workers: int, send: Callable[[int], None], code: int, site: Path
) -> None:
    before = state(site)
    ended = stopped(site, moment, workers, send)
    assert ended.stderr.strip() == ("Stopped." if code == 130 else "")
    assert (ended.code, ended.stdout, ended.left) == (code, "", [])
    assert ended.worked < MOST_WORK
    assert state(site) == before
    assert [path.name for path in site.glob(".public*")] == []


@pytest.mark.parametrize(("workers", "send", "code"), [(0, by_service, 143), (2, by_keyboard, 130)])
def test_a_site_that_is_being_put_in_place_is_put_there_wholly(
    workers: int,
    send: Callable[[int], None],
    code: int,
    site: Path,
    renamed: dict[str, object],
) -> None:
    ended = stopped(site, "committing", workers, send)
    assert "Traceback" not in ended.stderr
    assert (ended.code, ended.left) == (code, [])
    assert ended.worked < MOST_WORK
    assert state(site, times=False) == renamed


def kill_workers(process: int) -> None:
    for worker in in_session(process):
        if worker != process:
            os.kill(worker, signal.SIGKILL)


@pytest.mark.parametrize("moment", ["reading", "rendering"])
def test_workers_that_are_killed_are_replaced(
    moment: str, site: Path, renamed: dict[str, object]
) -> None:
    ended = stopped(site, moment, 2, kill_workers)
    assert (ended.code, ended.stderr, ended.left) == (0, "", [])
    assert state(site, times=False) == renamed


def test_after_a_build_that_was_stopped_the_next_one_does_it_all(
    site: Path, renamed: dict[str, object]
) -> None:
    assert stopped(site, "rendering", 2, by_keyboard).code == 130
    build(site)
    assert state(site, times=False) == renamed
