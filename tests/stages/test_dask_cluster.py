"""A real Dask cluster, in processes that share no folder with the site, gives the same bytes."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.stages import dask_cluster
from generator.stages.dask_cluster import do_with, running_version
from generator.stages.executors import open_executor, open_workers
from generator.stages.tasks import make_sent, self_contained
from generator.stages.workers import ExecutorError, WorkerDiedError
from tests.support.stories import tasks_of

pytestmark = pytest.mark.slow

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
START_SECONDS = 60.0
# Tasks are expressions, and `eval` does them: workers cannot import this file.
SLOW_PID = "__import__('time').sleep(0.05) or __import__('os').getpid()"
SLEEP = "__import__('time').sleep(5)"
EXIT = "__import__('os')._exit(3)"

# As `dask scheduler` and `dask worker`, but nothing is asked of other machines.
SCHEDULER = ["distributed.cli.dask_scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard"]
WORKER = ["distributed.cli.dask_worker", "--host=127.0.0.1", "--nthreads=2", "--no-dashboard"]


@contextmanager
def running(*words: str, folder: Path, path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process of a cluster, in a folder of its own, that finds the package at `path`."""
    folder.mkdir(exist_ok=True)
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=log,
            stderr=log,
        ) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(1)
            process.kill()


@contextmanager
def scheduler(folder: Path, path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A scheduler: its `HOST:PORT`, and its process."""
    contact = folder / "contact.json"
    with running(*SCHEDULER, f"--scheduler-file={contact}", folder=folder, path=path) as process:
        deadline = time.monotonic() + START_SECONDS
        while not contact.exists() or not contact.read_bytes().endswith(b"}"):
            assert time.monotonic() < deadline, (folder / "log").read_text()
            assert process.poll() is None, (folder / "log").read_text()
            time.sleep(0.05)
        yield json.loads(contact.read_bytes())["address"].removeprefix("tcp://"), process


@pytest.fixture(scope="module")
def cluster(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster of two worker processes."""
    with scheduler(tmp_path_factory.mktemp("scheduler"), checkout) as (place, _):
        folders = (tmp_path_factory.mktemp("worker") for _ in range(2))
        words = (*WORKER, f"tcp://{place}")
        with (
            running(*words, folder=next(folders), path=checkout),
            running(*words, folder=next(folders), path=checkout),
        ):
            wait_for_workers(place, 2)
            yield f"dask://{place}"


def wait_for_workers(place: str, number: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    found: set[int] = set()
    while len(found) < number:
        assert time.monotonic() < deadline
        with suppress(ExecutorError), open_executor(f"dask://{place}") as executor:
            calls = [executor.submit(eval, SLOW_PID) for _ in range(4 * number)]
            found = {call.result() for call in calls}


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine workers take longer to begin than people should have to wait."""
    monkeypatch.setattr(dask_cluster, "WORKER_SECONDS", START_SECONDS)
    monkeypatch.setattr(dask_cluster, "ANSWER_SECONDS", START_SECONDS)


@pytest.fixture
def site(make_stories: Callable[[int], Path]) -> Path:
    return make_stories(300)


def test_pages_are_the_same_and_the_site_is_not_read_by_workers(cluster: str, site: Path) -> None:
    here = [make_sent(task) for task in tasks_of(site)]
    sent = [self_contained(task) for task in tasks_of(site)]
    shutil.rmtree(site)
    with open_workers(0, cluster) as workers:
        assert workers.is_remote
        there = [results for _, results in workers.each_anywhere(make_sent, sent)]
    assert there == here


def test_a_whole_build_is_the_same(cluster: str, site: Path, tmp_path: Path) -> None:
    outputs = {"": tmp_path / "here", cluster: tmp_path / "there"}
    for executor, output in outputs.items():
        build(BuildOptions(site, NOW, output, workers=0, executor=executor, clean=True))
    here, there = (published(output) for output in outputs.values())
    assert len(here) > 40
    assert there == here


def published(output: Path) -> dict[str, bytes]:
    files = (file for file in output.rglob("*") if file.is_file())
    return {str(file.relative_to(output)): file.read_bytes() for file in files}


def test_both_workers_work_and_nothing_is_done_here(cluster: str) -> None:
    with open_workers(0, cluster) as workers:
        pids = {result for _, result in workers.each_anywhere(eval, [SLOW_PID] * 60)}
    assert len(pids) == 2
    assert os.getpid() not in pids


def test_a_task_that_kills_workers_is_tried_here_alone_and_named(cluster: str) -> None:
    tasks = [*(f"{number} + 1" for number in range(20)), EXIT]
    with open_workers(0, cluster) as workers:
        *results, killer = (result for _, result in workers.each_anywhere(eval, tasks))
    assert results == [number + 1 for number in range(20)]
    assert isinstance(killer, WorkerDiedError)


def test_what_a_task_raises_is_raised_here(cluster: str) -> None:
    with open_workers(0, cluster) as workers, pytest.raises(ZeroDivisionError):
        list(workers.each_anywhere(eval, ["1 / 0"] * 20))


def test_nobody_there_is_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(ExecutorError, match="nothing answers") as caught:
        enter(f"dask://127.0.0.1:{port}")
    assert not caught.value.is_usage
    assert "dask scheduler" in caught.value.hint


WAITING = """
import sys
from generator.stages import dask_cluster
from generator.stages.executors import open_executor
dask_cluster.ANSWER_SECONDS = 0.3
with open_executor(sys.argv[1]):
    pass
"""


def test_a_stranger_that_does_not_answer_is_not_waited_for() -> None:
    # In a process of its own: the client's thread waits on, and beside it nothing can be forked.
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"
        command = [sys.executable, "-c", WAITING, f"dask://{place}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert f"no Dask cluster answers at {place} within 0.3 s" in done.stderr


def test_a_cluster_without_workers_is_told(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_cluster, "WORKER_SECONDS", 0.1)
    with scheduler(tmp_path, checkout) as (place, _):
        with pytest.raises(ExecutorError, match="has no workers") as caught:
            enter(f"dask://{place}")
        assert caught.value.hint == f"Start some with: dask worker tcp://{place}"


@pytest.mark.parametrize(
    ("has_code", "told"), [(True, "runs another version"), (False, "cannot run Broadsheet")]
)
def test_workers_with_another_code_get_no_work(
    has_code: bool, told: str, checkout: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    if has_code:
        shutil.copytree(checkout / "generator", other / "generator")
        (other / "generator" / "model" / "more.py").touch()
    else:  # not even where it is installed
        other.mkdir()
        (other / "generator.py").write_text("raise ModuleNotFoundError('no generator')\n")
    with scheduler(tmp_path / "scheduler", checkout) as (place, _):
        words = (*WORKER, f"tcp://{place}")
        with (
            running(*words, folder=tmp_path / "worker", path=other),
            pytest.raises(ExecutorError, match=told) as caught,
        ):
            enter(f"dask://{place}")
        assert "same versions" in caught.value.hint


def test_a_worker_of_another_version_that_joins_late_does_nothing() -> None:
    assert do_with(running_version(), len, "abc") == 3
    with pytest.raises(ExecutorError, match="another version"):
        do_with("another", len, "abc")


def test_a_cluster_that_is_lost_is_an_error_of_its_own(checkout: Path, tmp_path: Path) -> None:
    with (
        scheduler(tmp_path / "scheduler", checkout) as (place, process),
        running(*WORKER, f"tcp://{place}", folder=tmp_path / "worker", path=checkout),
        open_workers(0, f"dask://{place}") as workers,
    ):
        done = iter(workers.each_anywhere(eval, ["1", *[SLEEP] * 20]))
        assert next(done) == ("1", 1)
        process.kill()
        with pytest.raises(ExecutorError, match="lost the Dask cluster"):
            list(done)


def test_leaving_waits_for_no_task(cluster: str) -> None:
    started = time.monotonic()
    with open_workers(0, cluster) as workers:
        next(iter(workers.each_anywhere(eval, ["1", *[SLEEP] * 20])))
    assert time.monotonic() - started < 50  # and not for the hundred seconds that they sleep


def enter(address: str) -> None:
    with open_executor(address):
        pass
