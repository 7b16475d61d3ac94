"""Run Broadsheet in this process and tell how much processor time each stage takes.

    python -m benchmarks.sampling RESULT.json build --site SITE --workers 0

A second thread looks every millisecond at what the first one does, and books the processor time
since its last look on that stage. Looking costs some 5 %; nothing else is slowed down, as a
profiler that follows every call would do.
"""

import json
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Self

from benchmarks.stages import REST, START, StageFinder

EVERY = 0.001
AT_ONCE = 1e-6
"""Seconds until the looking thread gets its turn. Were it longer, that would mostly come where the
other thread reads or writes a file, and those stages would seem to take more than they do.
"""


class Sampler:
    """Books the processor time of the thread that makes it, by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        watched = threading.get_ident()
        self._thread = watched
        self._clock = time.pthread_getcpuclockid(watched)
        self._finder = StageFinder()
        self._ended = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
        sys.setswitchinterval(AT_ONCE)
        self._looking.start()
        return self

    def __exit__(self, *_rest: object) -> None:
        """Stop looking."""
        self._ended.set()
        self._looking.join()

    def _look(self) -> None:
        before = 0.0  # from the start of the process: what came before this was start-up
        stage = START
        while not self._ended.wait(EVERY):
            frame = sys._current_frames().get(self._thread)  # noqa: SLF001 - the documented way to look
            stage = self._finder.stage(frame)
            now = time.clock_gettime(self._clock)
            self.seconds[stage] += now - before
            before = now
        self.seconds[REST] += time.clock_gettime(self._clock) - before


def main() -> None:
    """Run the command that follows the name of the file for the result."""
    result, *arguments = sys.argv[1:]
    with Sampler() as sampler:
        from generator.cli.main import main as broadsheet  # noqa: PLC0415 - its import is measured

        broadsheet(arguments, standalone_mode=False)
    Path(result).write_text(json.dumps(sampler.seconds), "utf-8")


if __name__ == "__main__":
    main()
