"""Text files: from bytes to text, whatever wrote them."""

from codecs import BOM_UTF8

from generator.model.problems import Place, Problem
from generator.read.source_spans import span_in

MAX_FILE_BYTES = 10 * 1024 * 1024
"""How long a text file may be."""


def decode(data: bytes, *, path: str) -> str | Problem:
    """Read a text file's bytes as UTF-8, without a byte order mark, every line end an LF."""
    if len(data) > MAX_FILE_BYTES:
        message = f"{len(data):,} bytes; the limit for a text is {MAX_FILE_BYTES:,}"
        return Problem(Place(path), message, "If it is a text, split it in two.")
    try:
        text = data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        return _undecodable(error, path)
    if b"\0" in data:
        at = text.index("\0")
        span = span_in(text, at, at + 1, path=path)
        return span.error("a NUL character: not a text file", "Save the file as UTF-8 text.")
    return _with_lf(text)


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _undecodable(error: UnicodeDecodeError, path: str) -> Problem:
    data = error.object  # without the byte order mark: so the offsets are
    before = _with_lf(data[: error.start].decode())
    after = data[error.start + 1 :].split(b"\n", 1)[0].decode("utf-8", "replace")
    span = span_in(f"{before}\ufffd{after}", len(before), len(before) + 1, path=path)
    return span.error(f"not UTF-8: byte 0x{data[error.start]:02X}", "Save the file as UTF-8.")
