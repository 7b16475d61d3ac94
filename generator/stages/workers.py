"""Workers: who reads and renders, and what becomes of work whose worker dies.

Anything with `submit(function, *arguments) -> Future` will do for an executor: functions
are importable by name, arguments and results are bytes, and a task may run twice.
"""

import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from functools import partial
from itertools import chain, islice
from typing import Any, Protocol, Self, TypeVar

from generator.model.problems import HinderedError
from generator.stages.interrupts import undisturbed
from generator.stages.starting import processors, start_method

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Sent = TypeVar("Sent")
Result = TypeVar("Result")

FEW = 8
"""Up to so many tasks, starting processes takes longer than doing the work here."""
MOST = 8
"""More workers than this wait for the one process that plans and publishes."""
MOST_DEATHS = 5
"""Tasks that may kill their processes; more of them are not to blame, but the machine."""
NO_MEMORY = (
    "one process after another was killed",
    "The machine may have too little memory: close other programs, or add --workers 0.",
)
IN_FLIGHT_PER_WORKER = 4
IN_FLIGHT_ELSEWHERE = 128
"""Tasks handed to a foreign executor at a time: enough for some sixty processors, and 40 MB."""

# A renderer belongs to one thread. Some executors have several in a process.
_ONE_AT_A_TIME = threading.Lock()


class Submits(Protocol):
    """What does work: an Executor of the standard library, or a stranger of that shape."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:  # noqa: ANN401 - as Executor
        """Begin a call; its result, or what it raised, comes with the Future.

        BrokenExecutor there stands for a worker that died.
        """


class Pool(Submits, Protocol):
    """Submits to processes of its own."""

    def end(self) -> None:
        """End them at once."""


class WorkerDiedError(Exception):
    """A task killed its worker, even when it ran alone."""


class ExecutorError(HinderedError):
    """A foreign executor cannot be used; `is_usage` when what was asked for is at fault."""

    def __init__(self, message: str, hint: str, is_usage: bool = False) -> None:
        super().__init__(message, hint, is_usage)


class Workers:
    """Some processes that do tasks, or none: then tasks are done here, one after another.

    With `count` None there are as many as pay for the tasks that come; they begin with the
    first task. An `executor` takes the tasks that can be done anywhere; it is not ended here.
    """

    def __init__(self, count: int | None = None, executor: Submits | None = None) -> None:
        self._asked = count
        self._executor = executor
        self._pool: Pool | None = None
        self._forked: list[Pool] = []
        self._has_lost_one = False
        self._deaths = 0

    @property
    def is_remote(self) -> bool:
        """Whether `each_anywhere` may hand tasks to where the site's folder is not."""
        return self._executor is not None

    def __enter__(self) -> Self:
        """Begin; no process starts before there is a task for it."""
        return self

    def __exit__(self, *_rest: object) -> None:
        """End the processes."""
        self.stop()

    def each(
        self,
        function: Callable[[Task], Result],
        tasks: Iterable[Task],
        meanwhile: Iterator[object] | None = None,
    ) -> Iterator[tuple[Task, Result | WorkerDiedError]]:
        """Do every task on this machine; each comes back with its result, in their order.

        No more tasks are taken from `tasks` than are worked on at a time. While others work,
        this process takes a step of `meanwhile` after another; what is left of it is left.
        """
        first, tasks = _beginning(tasks)
        count = worth_while(len(first)) if self._asked is None else self._asked
        if self._has_lost_one:
            count = max(count, 1)  # what may kill its process is not done here
        if count:
            window = count * IN_FLIGHT_PER_WORKER
            others = lambda: self._own(count)  # noqa: E731 - as in the other two
            return self._by_others(function, tasks, others, window, meanwhile=meanwhile)
        return ((task, function(task)) for task in tasks)

    def each_anywhere(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[tuple[Task, Result | WorkerDiedError]]:
        """As `each`, for tasks that hold all they need: a foreign executor may do them."""
        first, tasks = _beginning(tasks)
        executor = self._executor
        if executor is None or len(first) <= FEW:
            return self.each(function, tasks)
        return self._by_others(function, tasks, lambda: executor, IN_FLIGHT_ELSEWHERE)

    def can_inherit(self) -> bool:
        """Whether processes may be forked, here and now, that have all that is here.

        Those that have begun with less end first.
        """
        if self._executor is not None:
            return False
        if self._asked == 0:
            return True
        if self._pool:
            self._pool.end()
            self._pool = None
        return start_method() == "fork"

    def each_sharing(
        self,
        function: Callable[[Shared, Task], Result],
        shared: Shared,
        tasks: Sequence[Task],
        elsewhere: Callable[[Sent], Result],
        sent: Callable[[Task], Sent],
    ) -> Iterator[tuple[Task, Result | WorkerDiedError]]:
        """As `each`, with something `shared` that is too large to go with every task.

        Processes that are forked have it already. For others `sent` makes of a task one that
        holds all it needs, and they call `elsewhere` with that.
        """
        if self.can_inherit():
            yield from self._each_inheriting(function, shared, tasks)
        else:
            results = self.each_anywhere(elsewhere, map(sent, tasks))
            yield from ((task, found) for task, (_, found) in zip(tasks, results, strict=True))

    def _each_inheriting(
        self,
        function: Callable[[Shared, Task], Result],
        shared: Shared,
        tasks: Sequence[Task],
    ) -> Iterator[tuple[Task, Result | WorkerDiedError]]:
        count = worth_while(len(tasks)) if self._asked is None else self._asked
        if self._has_lost_one:
            count = max(count, 1)
        if not count:
            yield from ((task, function(shared, task)) for task in tasks)
            return
        from generator.stages.processes import inherited  # noqa: PLC0415 - 3 ms, as in _processes

        window = count * IN_FLIGHT_PER_WORKER
        pool = _processes(min(count, len(tasks)), shared)
        self._forked.append(pool)
        call = partial(inherited, function)
        yield from self._by_others(call, tasks, lambda: pool, window, inheritance=shared)
        self._forked.remove(pool)
        pool.end()

    def stop(self) -> None:
        """End the processes at once; work not yet done is lost."""
        pools = [*self._forked, *([self._pool] if self._pool else [])]
        with undisturbed():  # a second Ctrl-C must not leave one of them running
            for pool in pools:
                pool.end()
        self._forked.clear()
        self._pool = None

    def _own(self, count: int) -> Pool:
        if self._pool is None:
            self._pool = _processes(count)
        return self._pool

    def _by_others(
        self,
        function: Callable[[Task], Result],
        tasks: Iterable[Task],
        executor: Callable[[], Submits],
        window: int,
        *,
        inheritance: object = None,
        meanwhile: Iterator[object] | None = None,
    ) -> Iterator[tuple[Task, Result | WorkerDiedError]]:
        waiting: deque[tuple[Task, Future[bytes]]] = deque()
        steps = meanwhile or iter(())
        for task in tasks:
            waiting.append((task, _submit(executor(), function, task)))
            if len(waiting) >= window:
                next(steps, None)
                yield self._outcome(function, *waiting.popleft(), inheritance)
        while waiting:
            yield self._outcome(function, *waiting.popleft(), inheritance)

    def _outcome(
        self,
        function: Callable[[Task], Result],
        task: Task,
        future: Future[bytes],
        inheritance: object,
    ) -> tuple[Task, Result | WorkerDiedError]:
        """The result of a task; one whose worker died is tried once more, alone."""
        try:
            packed = future.result()
        except (BrokenExecutor, CancelledError):
            self._has_lost_one = True
            alone = _processes(1, inheritance)
            try:
                packed = _submit(alone, function, task).result()
            except BrokenExecutor:
                self._deaths += 1
                if self._deaths > MOST_DEATHS:
                    raise ExecutorError(*NO_MEMORY) from None
                return task, WorkerDiedError()
            finally:
                alone.end()
        result: Result = pickle.loads(packed)  # noqa: S301 - by this build's own processes
        return task, result


def _processes(count: int, inheritance: object = None) -> Pool:
    from generator.stages.processes import Processes  # noqa: PLC0415 - 3 ms, and many builds need none

    return Processes(count, "fork" if inheritance is not None else "", inheritance)


def worth_while(tasks: int) -> int:
    """How many processes pay for so many tasks: none for few, else one for each processor."""
    if tasks <= FEW:
        return 0
    count = processors()
    return min(count, MOST) if count > 1 else 0


def _beginning(tasks: Iterable[Task]) -> tuple[tuple[Task, ...], Iterable[Task]]:
    """The first few tasks, enough to tell whether they are few; and all of them."""
    rest = iter(tasks)
    first = tuple(islice(rest, FEW + 1))
    return first, chain(first, rest)


def _submit(doer: Submits, function: Callable[[Task], object], task: Task) -> Future[bytes]:
    packed = pickle.dumps(task)
    try:
        return doer.submit(do_packed, function, packed)
    except BrokenExecutor as error:
        failed: Future[bytes] = Future()
        failed.set_exception(error)
        return failed


def do_packed(function: Callable[[Any], object], packed: bytes) -> bytes:
    """Do a task that comes as bytes; its result goes back as bytes."""
    with _ONE_AT_A_TIME:
        return pickle.dumps(function(pickle.loads(packed)))  # noqa: S301 - by this build's own processes
