"""The surroundings of a command: what the shell gave it, put right before anything is done.

A build depends on none of it: not on the locale, nor on which streams are open.
"""

import io
import os
import sys
from contextlib import suppress
from typing import Any

STREAMS = (("stdin", os.O_RDONLY), ("stdout", os.O_WRONLY), ("stderr", os.O_WRONLY))


def put_right() -> None:
    """Let every stream be open, and file names be UTF-8 whatever the locale says."""
    for number, (name, flags) in enumerate(STREAMS):
        _open_closed(number, name, flags)
    _let_nobody_listen()
    _forget_zone_that_is_none()
    _read_names_as_utf8()


def colour() -> bool | None:
    """Whether to colour what is told: not with NO_COLOR (no-color.org), else on a terminal."""
    return False if os.environ.get("NO_COLOR") else None


def _open_closed(number: int, name: str, flags: int) -> None:
    """Let a stream that was closed (`2>&-`) lead nowhere: else the next file takes its number."""
    try:
        os.fstat(number)
    except OSError:
        os.dup2(os.open(os.devnull, flags), number)
    if getattr(sys, name) is None:
        mode = "r" if flags == os.O_RDONLY else "w"
        setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


class _Heard(io.FileIO):
    """Standard error, which may be a full disk or closed: what was done is not less done for it."""

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer, as its class has it
        """Write what can be written; the rest is gone."""
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def _let_nobody_listen() -> None:
    """Let the exit code be right where standard error cannot be written to."""
    if type(sys.stderr) is io.TextIOWrapper:  # and no test has put another one in its place
        raw = _Heard(sys.stderr.fileno(), "w", closefd=False)
        sys.stderr = io.TextIOWrapper(
            io.BufferedWriter(raw, buffer_size=1),
            encoding=sys.stderr.encoding,
            errors=sys.stderr.errors,
            write_through=True,
        )


def _forget_zone_that_is_none() -> None:
    """Drop a TZ that names a file which is no time zone: Babel fails with it when it is loaded."""
    named = os.environ.get("TZ", "").removeprefix(":")
    if os.path.isabs(named):  # noqa: PTH117 - a text, and seldom one
        with suppress(OSError), open(named, "rb") as file:  # noqa: PTH123 - as above
            if file.read(4) == b"TZif":
                return
        del os.environ["TZ"]


def _read_names_as_utf8() -> None:
    """Begin anew in Python's UTF-8 mode (PEP 540) in a locale of another encoding.

    The very bytes of a file's name are its address. The terminal keeps its own encoding.
    """
    if sys.getfilesystemencoding().lower() in ("utf-8", "utf8") or sys.flags.utf8_mode:
        return
    os.environ["PYTHONUTF8"] = "1"
    os.environ.setdefault("PYTHONIOENCODING", sys.stdout.encoding)
    with suppress(OSError):
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - the same
