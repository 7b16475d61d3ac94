"""Cold builds on a Dask cluster of this machine: seconds, and what goes over the network."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.builds import Tell
from benchmarks.metering import CommandFailedError, metered
from benchmarks.workspace import Workspace

COUNTERS = Path("/proc/net/dev")
HOST = "127.0.0.1"
WITHIN = 60.0
"""Seconds in which a cluster must stand."""
MEGA = 1e6


@dataclass(frozen=True, slots=True)
class Measured:
    """A cold build: where its pages were made, seconds of the clock, megabytes over the network."""

    where: str
    seconds: float
    megabytes: float = 0.0


def measure_distributed(
    space: Workspace, cluster_sizes: tuple[int, ...], tell: Tell
) -> Iterator[Measured]:
    """Build everything in processes of this machine, then on clusters of so many workers."""
    [contender] = space.contenders
    plain = contender.generator.build
    for number in (0, *cluster_sizes):
        command = (*plain(contender.site, contender.output), "--workers", str(number))
        yield _built(space, command, f"here, --workers {number}", tell)
    for number in cluster_sizes:
        with _cluster(number) as address:
            command = (*plain(contender.site, contender.output), "--executor", f"dask://{address}")
            yield _built(space, command, f"Dask, {number} workers", tell)


def table_of(rows: Iterable[Measured]) -> str:
    """The measurements as a table of Markdown."""
    head = ("| pages are made | seconds | MB over the network |", "|---|---|---|")
    lines = (
        f"| {row.where} | {row.seconds:.1f} | {f'{row.megabytes:.0f}' if row.megabytes else ''} |"
        for row in rows
    )
    return "\n".join((*head, *lines))


def _built(space: Workspace, command: tuple[str, ...], where: str, tell: Tell) -> Measured:
    [contender] = space.contenders
    contender.forget()
    before = _sent()
    cost = metered(command)
    done = Measured(where, cost.seconds, (_sent() - before) / MEGA)
    tell(f"{where}: {done.seconds:.1f} s, {done.megabytes:.0f} MB")
    return done if "Dask" in where else replace(done, megabytes=0.0)


def _sent() -> int:
    """The bytes that this machine has sent to itself."""
    for line in COUNTERS.read_text("ascii").splitlines():
        name, _, counters = line.partition(":")
        if name.strip() == "lo":
            return int(counters.split()[8])  # the ninth is what was sent (proc(5))
    return 0


@contextmanager
def _cluster(workers: int) -> Iterator[str]:
    """A scheduler and its workers; its address. They end with the block."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "scheduler.json"
        running: list[subprocess.Popen[bytes]] = []
        try:
            options = ("--host", HOST, "--port", "0", "--no-dashboard")
            running.append(_dask("scheduler", *options, "--scheduler-file", str(found)))
            _wait_for(found)
            file = ("--scheduler-file", str(found), "--local-directory", folder)
            size = ("--nworkers", str(workers), "--nthreads", "1")
            running.append(_dask("worker", *file, *size, "--no-dashboard", "--host", HOST))
            yield _address_in(found, workers)
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait(WITHIN)


def _dask(*command: str) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen((sys.executable, "-m", "dask", *command), stdout=quiet, stderr=quiet)


def _wait_for(file: Path) -> None:
    until = time.monotonic() + WITHIN
    while not (file.exists() and file.stat().st_size):
        if time.monotonic() > until:
            raise CommandFailedError("the Dask scheduler does not start")
        time.sleep(0.1)


def _address_in(file: Path, workers: int) -> str:
    from distributed import Client  # noqa: PLC0415 - only here, and slow to load

    with Client(scheduler_file=str(file), timeout=WITHIN) as client:  # type: ignore[no-untyped-call] # it has no types
        client.wait_for_workers(workers, timeout=WITHIN)
        address: str = client.scheduler.address
    return address.removeprefix("tcp://")
