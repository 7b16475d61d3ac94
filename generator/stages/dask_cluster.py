"""A Dask cluster as an executor: the one module that knows Dask."""

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

from distributed import Client
from distributed.scheduler import KilledWorker

from generator.stages.version import code_version
from generator.stages.workers import ExecutorError, Submits

ANSWER_SECONDS = 10.0
"""How long the scheduler and its workers may take to answer, all together."""
WORKER_SECONDS = 5.0
"""How long of that the first worker may take to appear."""
CLOSING_SECONDS = 1.0
LOGS = ("distributed", "distributed.client")
VERSION_HINT = "Install the same versions of Broadsheet and of Python on every worker."
SCHEDULER_HINT = "Start one with: dask scheduler. Or build without --executor."
LOST_HINT = "See whether its scheduler runs, or build without --executor."


@contextmanager
def open_cluster(host: str, port: int) -> Iterator[Submits]:
    """The cluster whose scheduler listens there, while the block runs.

    Raises ExecutorError when it does not answer, has no workers, or they run other code.
    """
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    for name in LOGS:  # what Dask would log comes as an ExecutorError
        logging.getLogger(name).setLevel(logging.CRITICAL)
    client = _connected(host, port, place)
    try:
        yield _Cluster(client.get_executor(pure=False), place)
    finally:
        client.close(timeout=CLOSING_SECONDS)


def _connected(host: str, port: int, place: str) -> Any:  # noqa: ANN401 - Dask has no types
    """A client of the cluster, once its workers are known to be right."""
    try:
        # Dask itself would knock for all of its time at a door where nobody is.
        socket.create_connection((host, port), ANSWER_SECONDS).close()
    except OSError:
        raise ExecutorError(f"nothing answers at {place}", SCHEDULER_HINT) from None
    answer: Future[Any] = Future()
    arguments = (place, answer)
    threading.Thread(target=_connect, args=arguments, daemon=True).start()
    try:
        return answer.result(ANSWER_SECONDS)
    except OSError:  # as are TimeoutError and all of Dask's own for this
        answer.add_done_callback(_close_late)
        message = f"no Dask cluster answers at {place} within {ANSWER_SECONDS:g} s"
        raise ExecutorError(message, SCHEDULER_HINT) from None


def _connect(place: str, answer: "Future[Any]") -> None:
    """Connect, in a thread of its own: for some steps of this Dask knows no time limit."""
    client: Any = None
    try:
        client = Client(  # type: ignore[no-untyped-call] # Dask has no types here
            f"tcp://{place}", timeout=ANSWER_SECONDS, set_as_default=False
        )
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=WORKER_SECONDS)
        _check_workers(client.run(running_version, on_error="return"), place)
    except BaseException as error:  # noqa: BLE001 - the other thread raises it
        if client:
            client.close(timeout=CLOSING_SECONDS)
        answer.set_exception(error)
    else:
        answer.set_result(client)


def _close_late(answer: "Future[Any]") -> None:
    """Close a client that came when nobody waited for it any more."""
    if not answer.exception():
        answer.result().close(timeout=CLOSING_SECONDS)


def _check_workers(versions: dict[str, object], place: str) -> None:
    """Raise ExecutorError unless there are workers, all with this version of the code."""
    if not versions:
        hint = f"Start some with: dask worker tcp://{place}"
        raise ExecutorError(f"the Dask cluster at {place} has no workers", hint)
    for worker, version in sorted(versions.items()):
        if isinstance(version, Exception):  # with what was raised, as text
            message = f"the Dask worker at {worker} cannot run Broadsheet: {version}"
            raise ExecutorError(message, VERSION_HINT)
        if version != running_version():
            raise _another_version(f"the Dask worker at {worker}")


@cache
def running_version() -> str:
    """The version of the code in this process."""
    return code_version()


def _another_version(worker: str) -> ExecutorError:
    message = f"{worker} runs another version of Broadsheet or Python"
    return ExecutorError(message, VERSION_HINT)


class _Cluster:
    """Submits to a Dask cluster; what goes wrong comes in the words of `Submits`."""

    def __init__(self, executor: Submits, place: str) -> None:
        self._executor = executor
        self._place = place

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:  # noqa: ANN401 - as Executor
        """Begin a call on any worker; Dask itself tries again when one dies."""
        ours: Future[Any] = Future()

        def pass_on(theirs: Future[Any]) -> None:
            error = self._lost() if theirs.cancelled() else theirs.exception()
            if isinstance(error, KilledWorker):
                ours.set_exception(BrokenExecutor(str(error)))
            elif error:
                ours.set_exception(error)
            else:
                ours.set_result(theirs.result())

        theirs = self._executor.submit(do_with, running_version(), function, *arguments)
        theirs.add_done_callback(pass_on)
        return ours

    def _lost(self) -> ExecutorError:
        return ExecutorError(f"lost the Dask cluster at {self._place}", LOST_HINT)


def do_with(version: str, function: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401 - as Executor
    """Do a call on a worker, if it has this version of the code: it may have joined late."""
    if running_version() != version:
        raise _another_version("a Dask worker that joined late")
    return function(*arguments)
