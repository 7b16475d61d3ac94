import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import monotonic, sleep

import pytest

from generator import limits
from generator.limits import MemoryUp, TimeUp, watching, within

LIMIT = 0.05


def never_ends() -> None:
    while True:
        with suppress(Exception):  # as a library might swallow what it can
            sum(range(1000))


def one_long_match() -> None:
    re.match(r"(a*)*b", "a" * 64)


def only_grows() -> None:
    kept = []
    while True:
        kept.append(b"x" * 1_000_000)


def in_thread(seconds: float) -> list[str]:
    outcome: list[str] = []

    def work() -> None:
        try:
            within(seconds, never_ends)
        except TimeUp:
            outcome.append("stopped")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(timeout=10)
    return outcome


@pytest.fixture
def alarm() -> Iterator[list[int]]:
    """Another user of the alarm, and how often it has rung for them."""
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _frame: rung.append(number))
    earlier = signal.setitimer(signal.ITIMER_REAL, 0)
    yield rung
    signal.signal(signal.SIGALRM, before)
    signal.setitimer(signal.ITIMER_REAL, *earlier)


def test_work_that_ends_in_time_gives_its_result() -> None:
    assert within(5, lambda: 42) == 42


def test_without_a_limit_work_is_only_done() -> None:
    assert within(0, lambda: 42) == 42


@pytest.mark.parametrize("work", [never_ends, one_long_match])
def test_work_that_takes_too_long_is_stopped(work: Callable[[], None]) -> None:
    started = monotonic()
    with pytest.raises(TimeUp):
        within(LIMIT, work)
    assert monotonic() - started < 60


def test_time_that_passes_without_work_does_not_count() -> None:
    def waits() -> int:
        for _ in range(3):
            sleep(2 * LIMIT)  # as a machine that sleeps, or a process that is stopped
        return 42

    assert within(LIMIT, waits) == 42
    with watching():
        assert within(LIMIT, waits) == 42


def test_in_another_thread_waiting_does_not_count_either() -> None:
    outcome: list[str] = []

    def work() -> None:
        within(LIMIT, lambda: sleep(4 * LIMIT))
        outcome.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(timeout=10)
    assert outcome == ["done"]


def test_an_exception_of_the_work_comes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 // 0)


def test_the_alarm_of_others_is_as_it_was(alarm: list[int]) -> None:
    handler = signal.getsignal(signal.SIGALRM)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    with pytest.raises(TimeUp):
        within(LIMIT, never_ends)
    assert signal.getsignal(signal.SIGALRM) is handler
    assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] < 0.2
    assert not alarm
    sleep(0.3)
    assert len(alarm) == 1


def test_no_alarm_rings_after_the_work(alarm: list[int]) -> None:
    within(LIMIT, lambda: None)
    sleep(2 * LIMIT)
    assert not alarm


@pytest.mark.parametrize("work", [never_ends, one_long_match])
def test_one_alarm_stops_whichever_work_takes_too_long(
    work: Callable[[], None], alarm: list[int]
) -> None:
    handler = signal.getsignal(signal.SIGALRM)
    with watching():
        for _ in range(2):
            assert within(5, lambda: 42) == 42
            with pytest.raises(TimeUp):
                within(LIMIT, work)
        sleep(3 * LIMIT)  # nobody's time is up
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert not alarm


def test_work_within_work_may_not_take_longer_than_the_other() -> None:
    started = monotonic()
    with watching(), pytest.raises(TimeUp):
        within(LIMIT, lambda: within(60, never_ends))
    assert monotonic() - started < 60


def test_in_another_thread_the_alarm_that_is_set_does_not_count() -> None:
    with watching():
        assert in_thread(LIMIT) == ["stopped"]


def test_in_another_thread_work_is_stopped_as_well() -> None:
    assert in_thread(LIMIT) == ["stopped"]


def test_in_another_thread_nothing_rings_after_the_work() -> None:
    outcome: list[int] = []

    def work() -> None:
        outcome.append(within(LIMIT, lambda: 42))
        sleep(2 * LIMIT)
        outcome.append(43)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(timeout=10)
    assert outcome == [42, 43]


def test_work_that_takes_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MEMORY", 10_000_000)
    with pytest.raises(MemoryUp):
        within(60, only_grows)
    assert within(60, lambda: 42) == 42


def test_in_another_thread_memory_counts_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MEMORY", 10_000_000)
    outcome: list[type[BaseException]] = []

    def work() -> None:
        try:
            within(60, only_grows)
        except TimeUp as error:
            outcome.append(type(error))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(timeout=50)
    assert outcome == [MemoryUp]
