"""TOML settings as texts, as those of YAML are: read, or typed."""

import math
import tomllib
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from generator.model.problems import Problem
from generator.read.characters import control_character
from generator.read.located_yaml import MAX_BYTES, Typed, too_long
from generator.read.plain_yaml import Value
from generator.read.source_spans import KeyPath, SpanFault, stretch_of
from generator.read.toml_faults import explain_toml
from generator.read.toml_tokens import toml_stretches, too_deep


def load_toml(
    text: str, *, path: str, first_line: int = 1
) -> tuple[dict[str, Value] | None, tuple[Problem, ...]]:
    """Read TOML; every scalar is a text: `true`, `7`, `1.10` (as written), `2024-08-15`.

    An instant is in ISO 8601 (`2024-08-15T08:00:00+00:00`). Refused, each in its place:
    what is no TOML, more than `MAX_BYTES` or 32 levels, control characters. When there
    is an error the mapping is None.
    """
    slip = too_long(text, MAX_BYTES) or control_character(text) or too_deep(text)
    values: dict[str, Value] = {}
    if slip is None:
        try:
            values = _mapped(tomllib.loads(text, parse_float=str), _as_text)
        except ValueError as error:
            slip = explain_toml(text, str(error))
        else:
            slip = _hidden(text, values)
    if slip is not None:
        return None, (slip.problem(text, path, first_line),)
    return values, ()


def typed_toml(text: str) -> dict[str, Typed]:
    """Read once more what `load_toml` has read, with its types; dates and infinities stay text."""
    typed: dict[str, Typed] = _mapped(tomllib.loads(text), _as_typed)
    return typed


def _mapped(value: Any, scalar: Callable[[Any], Any]) -> Any:  # noqa: ANN401 # any TOML value
    if isinstance(value, dict):
        return {key: _mapped(inner, scalar) for key, inner in value.items()}
    if isinstance(value, list):
        return [_mapped(inner, scalar) for inner in value]
    return scalar(value)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def _as_typed(value: object) -> object:
    keeps = isinstance(value, bool | int | str) or (
        isinstance(value, float) and math.isfinite(value)
    )
    return value if keeps else _as_text(value)


def _hidden(text: str, values: dict[str, Value]) -> SpanFault | None:
    """A control character that an escape brings in."""
    if "\\" not in text:
        return None
    for keys, value in _texts((), values):
        slip = control_character(value)
        if slip is not None:
            start, end = stretch_of(toml_stretches(text), keys) or (0, 0)
            return SpanFault(start, end, slip.message, slip.hint)
    return None


def _texts(keys: KeyPath, value: Value) -> list[tuple[KeyPath, str]]:
    if isinstance(value, str):
        return [(keys, value)]
    inner = value.items() if isinstance(value, dict) else enumerate(value or ())
    return [found for key, item in inner for found in _texts((*keys, key), item)]
