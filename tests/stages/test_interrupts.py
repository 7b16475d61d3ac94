"""What must not be cut in two is not; what came meanwhile is heard afterwards."""

import signal
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from generator.stages.interrupts import STOPPING, undisturbed


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """What signals have come; meanwhile they do nothing else."""
    numbers: list[int] = []
    before = {
        number: signal.signal(number, lambda came, _: numbers.append(came)) for number in STOPPING
    }
    yield numbers
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", STOPPING)
def test_a_signal_waits_until_the_block_has_ended(number: int, heard: list[int]) -> None:
    with undisturbed():
        signal.raise_signal(number)
        assert heard == []
    assert heard == [number]


def test_ctrl_c_is_raised_after_the_block() -> None:
    done = []

    def work() -> None:
        with undisturbed():
            signal.raise_signal(signal.SIGINT)
            done.append(True)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done


def test_several_signals_are_heard_once(heard: list[int]) -> None:
    with undisturbed():
        for _ in range(3):
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGINT)
    assert heard == [signal.SIGTERM]


def test_handlers_are_what_they_were() -> None:
    def handlers() -> list[object]:
        return [signal.getsignal(number) for number in STOPPING]

    before = handlers()
    with suppress(ZeroDivisionError), undisturbed():
        assert handlers() != before
        raise ZeroDivisionError
    assert handlers() == before


def test_other_threads_change_nothing() -> None:
    before = [signal.getsignal(number) for number in STOPPING]
    found = []

    def look() -> None:
        with undisturbed():
            found.append([signal.getsignal(number) for number in STOPPING])

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [before]
