"""YAML settings whose values are the very text in the file: read, typed, or found again."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from generator.model.problems import Problem
from generator.read.plain_yaml import Value, as_typed, read_plain
from generator.read.source_spans import KeyPath, SourceSpan, SpanFault, Stretch, span_in, stretch_of

Typed: TypeAlias = "str | bool | int | float | list[Typed] | dict[str, Typed] | None"
"""A value with a type of its own: what a layout gets of `extra`."""

MAX_BYTES = 64 * 1024
"""How long a front matter may be, in bytes of UTF-8."""


def load_yaml(
    text: str,
    *,
    path: str,
    first_line: int = 1,
    max_bytes: int = MAX_BYTES,
    prose: frozenset[str] = frozenset(),
) -> tuple[dict[str, Value] | None, tuple[Problem, ...]]:
    """Read a YAML mapping; every scalar is the text in the file, an empty one None.

    `first_line` is the file's line on which it begins. Under the keys of `prose` stands text
    for readers: what YAML takes for a comment there may be more of it.
    Refused, each in its place: more than `max_bytes` or 32 levels, anchors, aliases,
    merge keys, tags, a key given twice, a second document, control characters, and
    anything but a mapping at the top. An empty text is an empty mapping. When there is
    an error the mapping is None; warnings come beside it.
    """
    slip = too_long(text, max_bytes)
    if slip is not None:
        return None, (slip.problem(text, path, first_line),)
    values = read_plain(text)
    if values is not None:
        return values, ()
    from generator.read.library_yaml import load  # noqa: PLC0415 - 9 ms: PyYAML, which few texts need

    return load(text, path=path, first_line=first_line, prose=prose)


def typed_yaml(text: str) -> dict[str, Typed]:
    """Read once more what `load_yaml` has read, its plain scalars typed (see `as_typed`)."""
    values = read_plain(text, as_typed)
    if values is not None:
        return values
    from generator.read.library_yaml import typed  # noqa: PLC0415 - 9 ms: PyYAML

    return typed(text)


@lru_cache(maxsize=2)  # the Problems of one text come one after another
def yaml_stretches(text: str) -> Mapping[KeyPath, Stretch]:
    """Where all values and keys stand: only worth it when there is a Problem to place."""
    from generator.read.library_yaml import stretches  # noqa: PLC0415 - 9 ms: PyYAML

    return stretches(text)


def locate_in_yaml(
    text: str, keys: KeyPath, *, path: str, first_line: int = 1, of_key: bool = False
) -> SourceSpan:
    """Find the value at `keys` in a text that `load_yaml` has read, or (`of_key`) its key.

    An empty value is shown at its key, what is not there at the key around it, or at the
    text's first line.
    """
    start, end = stretch_of(yaml_stretches(text), keys, of_key=of_key) or (0, 0)
    return span_in(text, start, end, path=path, first_line=first_line)


def too_long(text: str, max_bytes: int) -> SpanFault | None:
    """Refuse a text of more than `max_bytes` bytes of UTF-8."""
    if len(text) * 4 <= max_bytes:
        return None
    size = len(text.encode("utf-8", "surrogatepass"))
    if size <= max_bytes:
        return None
    hint = "Move long texts into the body of an article or page."
    return SpanFault(0, 0, f"{size:,} bytes of settings; the limit is {max_bytes:,}", hint)
