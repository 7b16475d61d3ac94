"""The machine that a measurement ran on, in words, and whether it is quiet and fit."""

import os
import platform
import re
import shutil
import sys
import time
from pathlib import Path

MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 - a tmpfs; files are made in a folder of our own
QUIET = 0.2
"""Processors that may be at work for others before figures are called poor."""


def describe() -> str:
    """Processor, number of cores, memory, system and Python; nothing that names the machine."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    python = f"Python {platform.python_version()}"
    return f"{_processor()}, {cores} cores, {memory:.0f} GB, {system}, {python}"


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo").read_text("utf-8")
    found = re.search(r"^model name\s*: (.+)$", cpuinfo, re.MULTILINE)
    return found[1].strip() if found else platform.machine()


def unfit() -> str:
    """Why nothing can be measured here, or nothing."""
    if sys.platform != "linux":
        return "Memory is measured by what Linux tells of processes: run this on Linux."
    return ""


def busy(seconds: float = 1.0) -> float:
    """How many processors are at work for others, seen over some seconds."""
    before, started = _idle_ticks(), time.monotonic()
    time.sleep(seconds)
    idle = (_idle_ticks() - before) / os.sysconf("SC_CLK_TCK")
    cores = os.cpu_count() or 1
    return max(0.0, round(cores - idle / (time.monotonic() - started), 2))


def _idle_ticks() -> int:
    # The fourth and fifth numbers of the first line: idle, and idle but for a disk.
    fields = Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()
    return int(fields[4]) + int(fields[5])


def scratch_parent(need_mb: float) -> Path | None:
    """A folder in memory with room for so many MiB; None when there is none: then on disk."""
    if not os.access(MEMORY_FOLDER, os.W_OK):
        return None
    roomy = shutil.disk_usage(MEMORY_FOLDER).free > need_mb * 2**20
    return MEMORY_FOLDER if roomy else None
