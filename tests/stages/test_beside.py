"""What is done beside gives its answer or none, and no process is left of it."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

import pytest

from generator.stages.beside import beside
from generator.stages.interrupts import undisturbed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked there")


def test_the_answer_comes_from_another_process() -> None:
    with beside(lambda _: str(os.getpid()).encode()) as process:
        assert process.is_there
        heard = process.hear()
    assert heard is not None
    assert int(heard) != os.getpid()


def test_a_message_larger_than_any_pipe_is_taken_and_answered() -> None:
    large = b"news " * 1_000_000
    with beside(lambda message: message()[::-1]) as process:
        assert process.hear(large) == large[::-1]


def test_an_empty_answer_is_an_answer() -> None:
    with beside(lambda message: message()) as process:
        assert process.hear() == b""


def killed(_message: Callable[[], bytes]) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b"yes"


def failed(_message: Callable[[], bytes]) -> bytes:
    raise OSError("no disk")


@pytest.mark.parametrize("work", [killed, failed])
@pytest.mark.parametrize("message", [b"", b"news " * 1_000_000])
def test_nothing_is_heard_from_one_that_died(
    work: Callable[[Callable[[], bytes]], bytes], message: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with beside(work) as process:
        assert process.hear(message) is None
        assert process.hear(message) is None
    assert capfd.readouterr().err == ""


def test_nothing_is_forked_where_it_does_not_pay() -> None:
    with beside(lambda _: b"yes", pays=False) as process:
        assert not process.is_there
        assert process.hear() is None


def test_nothing_is_forked_beside_another_thread() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        with beside(lambda _: b"yes") as process:
            assert process.hear() is None
    finally:
        done.set()
        thread.join()


def test_no_process_and_no_pipe_are_left_however_the_block_ends() -> None:
    pipes = os.listdir("/proc/self/fd")  # noqa: PTH208 - names are all it takes
    for message in (None, b"go"):
        with beside(lambda message: message()) as process:
            if message:
                process.hear(message)
    with pytest.raises(KeyboardInterrupt), beside(_asleep):
        raise KeyboardInterrupt
    assert os.listdir("/proc/self/fd") == pipes  # noqa: PTH208 - as above
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def _asleep(_message: Callable[[], bytes]) -> bytes:
    time.sleep(60)
    return b""


def test_an_interrupt_ends_the_wait_for_an_answer_and_the_process() -> None:
    begun = time.monotonic()
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        with pytest.raises(KeyboardInterrupt), beside(_asleep) as process:
            process.hear()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    assert time.monotonic() - begun < 10
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_one_whose_parent_is_killed_ends_too() -> None:
    reader, writer = os.pipe()
    parent = os.fork()
    if not parent:
        os.close(reader)
        with beside(lambda message: message()):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(parent, 0)
    os.close(writer)
    with os.fdopen(reader, "rb") as end:
        assert end.read() == b""  # when both have let go of the pipe


def test_it_heeds_a_signal_although_its_parent_has_a_handler_for_it() -> None:
    with undisturbed(), beside(_ended_by_itself) as process:
        assert process.hear() is None


def _ended_by_itself(_message: Callable[[], bytes]) -> bytes:
    signal.raise_signal(signal.SIGTERM)
    return b"yes"
