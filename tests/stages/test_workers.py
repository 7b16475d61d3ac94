"""Workers do every task once, in order, whoever does it, and whatever dies on the way."""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from generator.stages import workers
from generator.stages.workers import (
    FEW,
    MOST,
    ExecutorError,
    Submits,
    WorkerDiedError,
    Workers,
    worth_while,
)

Function = Callable[..., bytes]
Call = Callable[[], bytes]

# Tasks are expressions, and `eval` does them: every process can import it by name.
PID = "__import__('os').getpid()"
EXIT = "__import__('os')._exit(3)"
KILLED = "__import__('os').kill(__import__('os').getpid(), 9)"
MANY = [f"{number} + 1" for number in range(3 * FEW)]

on_posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


def results(workers: Workers, tasks: list[str]) -> list[Any]:
    return [result for _, result in workers.each(eval, tasks)]


def elsewhere(executor: Submits, tasks: list[str]) -> list[Any]:
    with Workers(0, executor) as workers:
        return [result for _, result in workers.each_anywhere(eval, tasks)]


def test_a_step_is_taken_for_each_result_that_is_waited_for() -> None:
    taken: list[int] = []

    def step(number: int) -> None:
        taken.append(number)

    steps = map(step, range(1_000))
    with Workers(1) as workers:
        found = workers.each(eval, MANY, steps)
        next(found)
        assert taken == [0]
        assert len(list(found)) == len(MANY) - 1
    assert 1 < len(taken) < len(MANY)


def test_work_goes_on_when_all_steps_are_taken() -> None:
    with Workers(1) as workers:
        assert len(list(workers.each(eval, MANY, iter(["one"])))) == len(MANY)


@pytest.mark.parametrize("number", [0, 1, 2, 7])
def test_tasks_come_back_in_their_order(number: int) -> None:
    with Workers(number) as workers:
        assert list(workers.each(eval, MANY)) == [
            (task, number + 1) for number, task in enumerate(MANY)
        ]


def test_no_tasks_are_no_results() -> None:
    with Workers() as workers, Workers(2) as asked:
        assert results(workers, []) == results(asked, []) == []


def test_a_few_tasks_are_done_here() -> None:
    with Workers() as workers:
        assert set(results(workers, [PID] * FEW)) == {os.getpid()}


@pytest.mark.usefixtures("two_processors")
def test_many_tasks_are_done_by_others() -> None:
    with Workers() as workers:
        assert os.getpid() not in results(workers, [PID] * (FEW + 1))


def test_processes_serve_again() -> None:
    with Workers(1) as workers:
        first, again = (set(results(workers, [PID] * 2)) for _ in range(2))
    assert len(first) == 1
    assert first == again


def test_none_pay_on_one_processor_and_no_more_than_some_on_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for processors, expected in ((1, 0), (2, 2), (64, MOST)):
        have = set(range(processors))
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, have=have: have, raising=False)
        assert worth_while(10_000) == expected
        assert worth_while(FEW) == 0


@pytest.mark.parametrize("number", [0, 2])
def test_tasks_are_taken_as_they_are_needed(number: int) -> None:
    taken = []

    def endless() -> Iterator[str]:
        for each in count():
            taken.append(each)
            yield str(each)

    with Workers(number) as workers:
        done = workers.each(eval, endless())
        assert [next(done)[1] for _ in range(5)] == [0, 1, 2, 3, 4]
    assert len(taken) < 50


@pytest.mark.parametrize("number", [0, 2])
def test_what_a_task_raises_is_raised_here(number: int) -> None:
    with Workers(number) as workers, pytest.raises(ZeroDivisionError):
        results(workers, ["1 / 0"])


@on_posix
@pytest.mark.parametrize("death", [EXIT, KILLED])
def test_a_task_that_kills_its_worker_is_named_and_no_other(death: str) -> None:
    tasks = [*MANY, death, *MANY]
    with Workers(2) as workers:
        done = list(workers.each(eval, tasks))
    assert [task for task, _ in done] == tasks
    assert [task for task, result in done if isinstance(result, WorkerDiedError)] == [death]


@on_posix
def test_deaths_one_after_another_lose_nothing() -> None:
    tasks = [EXIT if number % 5 == 3 else task for number, task in enumerate(MANY)]
    with Workers(2) as workers:
        found = results(workers, tasks)
    for number, result in enumerate(found):
        if number % 5 == 3:
            assert isinstance(result, WorkerDiedError)
        else:
            assert result == number + 1


@on_posix
def test_where_one_after_another_is_killed_the_machine_is_to_blame_and_no_text() -> None:
    with Workers(2) as workers, pytest.raises(ExecutorError) as caught:
        results(workers, [EXIT] * 12)
    assert not caught.value.is_usage
    assert "memory" in caught.value.hint


@on_posix
def test_a_task_whose_worker_was_killed_by_chance_is_done_again(tmp_path: Path) -> None:
    once = (
        f"__import__('os').rename({str(tmp_path / 'a')!r}, {str(tmp_path / 'b')!r})"
        f" or {KILLED} if __import__('os').path.exists({str(tmp_path / 'a')!r}) else 'done'"
    )
    (tmp_path / "a").touch()
    with Workers(2) as workers:
        assert results(workers, [*MANY, once])[-1] == "done"
    assert (tmp_path / "b").exists()


@on_posix
@pytest.mark.usefixtures("two_processors")
def test_what_may_kill_its_process_is_not_tried_in_this_one() -> None:
    with Workers() as workers:
        results(workers, [*MANY, EXIT])
        (result,) = results(workers, [EXIT])
    assert isinstance(result, WorkerDiedError)


@on_posix
def test_memory_that_is_not_there_is_an_error_and_no_death() -> None:
    with Workers(1) as workers, pytest.raises(MemoryError):
        results(workers, [f"b' ' * {sys.maxsize // 2}"])


def test_stopping_waits_for_no_task() -> None:
    started = time.monotonic()
    with Workers(2) as workers:
        next(workers.each(eval, ["1", *["__import__('time').sleep(60)"] * 20]))
    assert time.monotonic() - started < 20


def test_several_threads_of_an_executor_do_one_task_at_a_time() -> None:
    busy: list[bool] = []

    def work(_task: int) -> int:
        busy.append(True)
        time.sleep(0.001)
        busy.pop()
        return len(busy)

    with ThreadPoolExecutor(8) as threads, Workers(0, threads) as workers:
        assert {result for _, result in workers.each_anywhere(work, range(50))} == {0}


def test_the_site_is_read_here_even_with_an_executor() -> None:
    with Workers(0, Chaos(1)) as workers:
        assert workers.is_remote
        assert set(results(workers, [PID] * 20)) == {os.getpid()}
    assert not Workers(2).is_remote


Shared = Iterator[tuple[int, object]]


@pytest.fixture
def forking() -> Workers:
    """Two workers that are forked, where that is safe."""
    workers = Workers(2)
    if not workers.can_inherit():
        pytest.skip("nothing is forked on this system, or beside other threads")
    return workers


def made(shared: tuple[object, ...], number: int) -> object:
    """A test's own function: what is forked has it already."""
    result = shared[number]
    if result == "deadly":
        os._exit(3)
    return result


def sharing(workers: Workers, shared: tuple[object, ...], numbers: Sequence[int]) -> Shared:
    """Each number with what is shared at its place; twice the number as text where it is sent."""
    return workers.each_sharing(made, shared, numbers, str, lambda number: number * 2)


def test_what_is_forked_has_everything_already(forking: Workers) -> None:
    shared = (lambda: "cannot be sent", *range(50))
    with forking as workers:
        done = list(sharing(workers, shared, range(1, 50)))
    assert done == [(number, number - 1) for number in range(1, 50)]


def test_what_kills_a_forked_process_is_named_and_no_other(forking: Workers) -> None:
    shared = ("a", "deadly", "b", *range(30))
    found: list[object] = []
    with forking as workers:
        for number, result in sharing(workers, shared, range(len(shared))):
            if isinstance(result, WorkerDiedError):  # asked again in the midst of it
                again = sharing(workers, shared, [number])
                found += [type(result) for _, result in again]
            else:
                found.append(result)
    assert found == ["a", WorkerDiedError, "b", *range(30)]


def test_nothing_is_inherited_by_strangers_or_beside_threads() -> None:
    assert not Workers(2, Chaos(1)).can_inherit()
    assert Workers(0).can_inherit()
    with Workers(0) as workers:
        assert list(sharing(workers, ("a", "b"), [1, 0])) == [(1, "b"), (0, "a")]
    with ThreadPoolExecutor(1) as threads:
        threads.submit(len, "a").result()
        assert not Workers(2).can_inherit()


def test_what_cannot_inherit_is_sent_all_it_needs() -> None:
    with ThreadPoolExecutor(2) as threads, Workers(2, threads) as workers:
        done = list(sharing(workers, (), range(20)))
    assert done == [(number, str(number * 2)) for number in range(20)]


class Chaos:
    """Does tasks in any order, some twice, late, or never: then their worker has died."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a seed, so that a failure can be repeated
        self._waiting: list[tuple[_Awaited, Call]] = []
        self.done = 0

    def submit(self, function: Function, /, *arguments: object) -> Future[bytes]:
        if self._random.random() < 0.05:
            raise BrokenExecutor
        future = _Awaited(self)
        self._waiting.append((future, partial(function, *arguments)))
        return future

    def work(self) -> None:
        """Do whatever waits, in a random order."""
        self._random.shuffle(self._waiting)
        for future, call in self._waiting:
            fate = self._random.random()
            if fate < 0.1:
                future.set_exception(BrokenExecutor())
            elif fate < 0.2:
                future.cancel()
            else:
                for _ in range(self._random.choice((1, 1, 2))):
                    result = call()
                    self.done += 1
                future.set_result(result)
        self._waiting.clear()


class _Awaited(Future[bytes]):
    def __init__(self, chaos: Chaos) -> None:
        super().__init__()
        self._chaos = chaos

    def result(self, timeout: float | None = None) -> bytes:
        self._chaos.work()
        return super().result(timeout)


@pytest.mark.parametrize("seed", range(3))
def test_any_executor_will_do(seed: int) -> None:
    chaos = Chaos(seed)
    assert elsewhere(chaos, MANY) == [number + 1 for number in range(len(MANY))]
    assert chaos.done > len(MANY) / 2


def test_what_an_executor_says_of_itself_stops_the_work() -> None:
    class Lost:
        def submit(self, _function: Function, /, *_arguments: object) -> Future[bytes]:
            future: Future[bytes] = Future()
            future.set_exception(ExecutorError("lost", "Find it."))
            return future

    with pytest.raises(ExecutorError, match="lost"):
        elsewhere(Lost(), MANY)


def test_an_executor_is_not_given_everything_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "IN_FLIGHT_ELSEWHERE", 10)
    held: list[int] = []

    class Counting(Chaos):
        def work(self) -> None:
            held.append(len(self._waiting))
            super().work()

    elsewhere(Counting(5), [*MANY, *MANY])
    assert 5 <= max(held) <= 10
