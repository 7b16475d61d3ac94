"""Processes: how those that work for a build begin, what they are handed, and how they end.

The executor of the standard library has one pipe for all results: a worker that is killed
while it writes leaves everybody waiting for the rest. Here each has its own two pipes,
and its death, whenever it comes, is the end of them. There is no thread in this process.
"""

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from multiprocessing import connection, forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Literal

from generator.stages.collector import spare_collector
from generator.stages.interrupts import undisturbed
from generator.stages.starting import Method, start_method

if sys.platform == "linux":
    import fcntl

PRELOADED = ["generator.read.newsroom", "generator.stages.tasks"]
"""What workers do; a server process imports it once for all of them."""
AHEAD = 3
"""Calls handed to a process: the one it does, and those it goes on with."""
PIPE_BYTES = 1 << 20
"""Room in a pipe, where it can be asked for: so that nobody waits to be rid of a result."""

_INHERITANCE: ContextVar[Any] = ContextVar("inheritance")


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    tasks: Connection
    results: Connection
    calls: deque["_Result"] = field(default_factory=deque)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.tasks.close()
        self.results.close()


class Processes:
    """So many processes, and calls for them. It belongs to one thread.

    `method` is the one of `start_method`, unless another is named. What is forked has an
    `inheritance`, that is there already and is handed to nobody: see `inherited`.
    """

    def __init__(
        self, count: int, method: Method | Literal[""] = "", inheritance: object = None
    ) -> None:
        self._method: Method = method or start_method()
        self._inheritance = inheritance
        self._waiting: deque[tuple[bytes, _Result]] = deque()
        self._workers: list[_Worker] = []
        for _ in range(count):
            self._begin()

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:  # noqa: ANN401 - as Executor
        """Begin a call, of a function that can be imported by name.

        BrokenExecutor comes for a call whose process died; another process takes its place.
        """
        result = _Result(self)
        self._waiting.append((pickle.dumps((function, arguments)), result))
        self.move(wait=False)
        return result

    def move(self, *, wait: bool) -> None:
        """Take the results that have come, at least one if it is to `wait`; hand out calls."""
        self._hand_out()
        busy = {worker.results: worker for worker in self._workers if worker.calls}
        for ready in connection.wait(list(busy), None if wait else 0):
            worker = busy[ready]  # type: ignore[index] # what is ready is one of them
            try:
                is_done, value = pickle.loads(worker.results.recv_bytes())  # noqa: S301 - our own
            except (EOFError, OSError):
                self._bury(worker)
            else:
                result = worker.calls.popleft()
                (result.set_result if is_done else result.set_exception)(value)
        self._hand_out()

    def end(self) -> None:
        """End them at once; work not yet done is lost."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _hand_out(self) -> None:
        while self._waiting:
            worker = min(self._workers, key=lambda worker: len(worker.calls))
            if len(worker.calls) >= AHEAD:
                return
            message, result = self._waiting.popleft()
            worker.calls.append(result)
            with suppress(OSError):  # it has died: no result comes
                worker.tasks.send_bytes(message)

    def _begin(self) -> None:
        context: Any = multiprocessing.get_context(self._method)
        if self._method == "forkserver":
            context.set_forkserver_preload(PRELOADED)
            with _no_interrupts_inherited():
                forkserver.ensure_running()
        their_tasks, tasks = _pipe()
        results, their_results = _pipe()
        ends = [tasks, results, *self._ends()] if self._method == "fork" else []
        arguments = (their_tasks, their_results, ends, self._inheritance)
        process = context.Process(target=_work, args=arguments, daemon=True)
        with undisturbed():  # one that has just begun must not be forgotten
            process.start()
            self._workers.append(_Worker(process, tasks, results))
        their_tasks.close()
        their_results.close()

    def _ends(self) -> Iterator[Connection]:
        for worker in self._workers:
            yield from (worker.tasks, worker.results)

    def _bury(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()
        self._begin()
        for result in worker.calls:
            result.set_exception(BrokenExecutor())


class _Result(Future[Any]):
    """What comes of a call; whoever waits for it sees to it that results are taken."""

    def __init__(self, processes: Processes) -> None:
        super().__init__()
        self._processes = processes

    def result(self, timeout: float | None = None) -> Any:  # noqa: ANN401 - as Future
        while not self.done():
            self._processes.move(wait=True)
        return super().result(timeout)


def _pipe() -> tuple[Connection, Connection]:
    """A pipe's two ends: to read from, and to write to."""
    reader, writer = multiprocessing.Pipe(duplex=False)
    if sys.platform == "linux":
        with suppress(OSError):  # as large as it is, then
            fcntl.fcntl(writer.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return reader, writer


@contextmanager
def _no_interrupts_inherited() -> Iterator[None]:
    """Start a process that Ctrl-C does not reach: it would answer with a traceback."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def inherited(function: Callable[[Any, Any], object], task: object) -> Any:  # noqa: ANN401 - as the function
    """In a process that was forked: call a function with what it inherited, and a task."""
    return function(_INHERITANCE.get(), task)


def _work(
    tasks: Connection, results: Connection, ends: Iterable[Connection], inheritance: object
) -> None:
    """Do one call after another, in a process of its own, until it is killed.

    `ends` are the parent's ends of pipes that came along: while they are open here, nobody
    learns that the parent has died.
    """
    for end in ends:
        end.close()
    # Ctrl-C goes to the whole process group: the parent decides what becomes of workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    spare_collector(is_new=True)
    _INHERITANCE.set(inheritance)
    inbox: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_take, args=(tasks, inbox), daemon=True).start()
    while True:
        results.send_bytes(_done(inbox.get()))


def _take(tasks: Connection, inbox: SimpleQueue[bytes]) -> None:
    """Take calls even while one is done: the parent must never wait to be rid of one."""
    try:
        while True:
            inbox.put(tasks.recv_bytes())
    except (EOFError, OSError):
        os._exit(1)  # a parent that was killed cannot end its workers itself


def _done(message: bytes) -> bytes:
    """Do a call: whether it went well, and its result or what it raised."""
    function, arguments = pickle.loads(message)  # noqa: S301 - from our own parent
    try:
        return pickle.dumps((True, function(*arguments)))
    except Exception as error:  # noqa: BLE001 - it is raised where the result is wanted
        try:
            return pickle.dumps((False, error))
        except Exception:  # noqa: BLE001 - some cannot be sent
            return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
