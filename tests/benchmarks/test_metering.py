"""What a command costs, its children included."""

import sys

import pytest

from benchmarks.metering import CommandFailedError, metered

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells of its processes")

HOLD = "import time; held = bytearray(60_000_000); time.sleep(0.3)"
WORK = "import time\nwhile time.process_time() < 0.3: pass"
START = "import subprocess, sys; subprocess.{how}([sys.executable, '-c', {code!r}])"


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_memory_of_children_counts() -> None:
    alone = metered(python("pass")).memory_mb
    assert metered(python(START.format(how="run", code=HOLD))).memory_mb > alone + 50


def test_processor_time_of_children_counts() -> None:
    assert metered(python(START.format(how="run", code=WORK))).cpu_seconds > 0.3


def test_processor_time_counts_of_a_child_that_nobody_waits_for() -> None:
    assert metered(python(START.format(how="Popen", code=WORK))).cpu_seconds > 0.3


def test_waiting_costs_time_but_no_processor() -> None:
    cost = metered(python("import time; time.sleep(0.4)"))
    assert cost.seconds > 0.4
    assert cost.cpu_seconds < cost.seconds


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(CommandFailedError, match="no such story"):
        metered(python("raise SystemExit('no such story')"))
