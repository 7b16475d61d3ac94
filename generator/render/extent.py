"""How much a layout may make at once: what no page needs would use up the machine's memory.

A single call into Python's own code cannot be stopped before it ends, and may ask for a
billion letters. So it is reckoned beforehand what comes of it. What many calls make together
is stopped by the limits on a whole page (`generator/limits.py`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import wraps
from itertools import chain, islice
from typing import Any, TypeVar

from jinja2 import Environment, pass_environment
from jinja2.filters import make_attrgetter
from markupsafe import Markup

Value = TypeVar("Value")

MOST = 1_000_000
"""Letters, repetitions, or things within one another that a layout makes at once."""
DEEPEST = 100
"""Lists that stand within one another."""
HOLDERS = (list, tuple, dict)
SINGLE = frozenset({str, Markup, int, float, bool, type(None), datetime})
"""Types of nearly all that stands in lists: to look here first spares half the time."""
LARGEST_BITS = 10_000
"""Of a whole number."""
WIDE_PLACE = re.compile(r"[0-9]{7}")
"""A width or a precision that is too large, in a pattern for `format` or `%`."""
WIDTHS = frozenset({"center", "expandtabs", "ljust", "rjust", "zfill"})
"""Methods of a text that fill it up."""


def ask_number(value: object) -> None:
    """Refuse a width or a count that no page needs."""
    if isinstance(value, int) and abs(value) > MOST:
        raise OverflowError(f"no page needs a number here that is larger than {MOST:,}")


def ask_letters(number: int) -> None:
    """Refuse a text of so many letters, made by one call."""
    if number > MOST:
        raise OverflowError(f"nothing of more than {MOST:,} letters is made at once")


def ask_repeated(left: object, right: object) -> None:
    """Refuse a product that no page can show: of numbers, or a text or list many times."""
    if isinstance(left, int) and isinstance(right, int):
        ask_bits(left.bit_length() + right.bit_length())
    for one, other in ((left, right), (right, left)):
        if isinstance(other, int) and other > 1 and isinstance(one, str | list | tuple):
            size = len(one) if isinstance(one, str) else _weight(one)
            if size * other > MOST:
                raise OverflowError(f"nothing is repeated more than {MOST:,} times")


def ask_bits(number: float) -> None:
    """Refuse a whole number of so many bits."""
    if number > LARGEST_BITS:
        raise OverflowError(f"no number is larger than 2 ** {LARGEST_BITS}")


def ask_replaced(text: object, old: object, new: object, *_: object, **_named: object) -> None:
    """Refuse a text that would grow too long when all that is `old` in it becomes `new`."""
    text, old, new = str(text), str(old), str(new)
    if len(new) > len(old):
        times = text.count(old) if old else len(text) + 1
        ask_letters(times * (len(new) - len(old)))


def ask_joined(separator: object, parts: Iterable[object]) -> None:
    """Refuse a text that would grow too long by what stands between its parts."""
    ask_letters(len(str(separator)) * sum(1 for _ in parts))


def ask_places(pattern: object, values: object = ()) -> None:
    """Refuse a pattern for `%` or `format` with a width that no page needs."""
    if WIDE_PLACE.search(str(pattern)):
        raise OverflowError(f"no value is made wider than {MOST:,} letters")
    if "*" in str(pattern) and isinstance(values, tuple):
        for value in values:
            ask_number(value)


def ask_product(operator: str, left: Any, right: Any) -> None:  # noqa: ANN401 - any values
    """Refuse what `%`, `*` or `**` would make of two values, if no page needs it."""
    if operator == "%" and isinstance(left, str):
        ask_places(left, right)
    if operator == "**" and isinstance(left, int):
        ask_bits(left.bit_length() * right)
    if operator == "*":
        ask_repeated(left, right)


def ask_method(text: str, name: str, values: tuple[Any, ...]) -> None:
    """Refuse what a method of a text would make, if no page needs it."""
    if name in WIDTHS:
        for value in values:
            ask_number(value)
        tabs = text.count("\t")
        ask_letters(max((tabs * one for one in values if isinstance(one, int)), default=0))
    elif name == "join" and values:
        ask_joined(text, values[0] if isinstance(values[0], list | tuple) else ())
    elif name == "translate" and values and isinstance(values[0], dict):
        longest = max((len(new) for new in values[0].values() if isinstance(new, str)), default=0)
        ask_letters(longest * len(text))
    elif name == "replace" and len(values) > 1:
        ask_replaced(text, *values)
    elif name in ("format", "format_map"):
        ask_places(text)


def weighed(value: Value) -> Value:
    """A list or mapping that a layout made, if no page needs a larger one.

    Lists in lists can hold more than any memory: `[a, a]`, and that twice, forty times. Whatever
    compares them, or makes text of them, would come to no end.
    """
    _weight(value)
    return value


def _weight(value: object) -> int:
    """How many things stand in lists and mappings within one another."""
    level: list[Any] = [value]
    total = 0
    for _depth in range(DEEPEST):
        inner = [one for one in level if type(one) not in SINGLE and isinstance(one, HOLDERS)]
        if not inner:
            return total
        total += sum(map(len, inner))
        if total > MOST:
            raise OverflowError(f"no list holds more than {MOST:,} things")
        level = list(chain.from_iterable(map(_parts, inner)))
    raise OverflowError(f"no list stands in more than {DEEPEST} others")


def _parts(value: Mapping[Any, Any] | Iterable[Any]) -> Iterable[Any]:
    return chain(value, value.values()) if isinstance(value, dict) else value


def bounded_filters(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Jinja's filters that make much of little, each asked beforehand what comes of it."""
    asks: dict[str, Callable[..., None]]
    asks = dict.fromkeys(("batch", "center", "round", "slice"), _numbers)
    asks |= {"indent": _indented, "replace": ask_replaced}
    asked = {name: _asking(filters[name], ask) for name, ask in asks.items()}
    made = {name: _weighing(filters[name]) for name in ("list", "sort")}
    return {**asked, **made, "sum": total}


def _asking(make: Callable[..., Any], ask: Callable[..., None]) -> Callable[..., Any]:
    first = 1 if hasattr(make, "jinja_pass_arg") else 0

    @wraps(make)
    def asked(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the filter takes
        ask(*values[first:], **named)
        return make(*values, **named)

    return asked


def _weighing(make: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(make)
    def asked(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the filter takes
        return weighed(make(*values, **named))

    return asked


def _numbers(_value: object, *options: object, **named: object) -> None:
    for option in (*options, *named.values()):
        ask_number(option)


def _indented(text: object, width: int | str = 4, *_how: object, **_named: object) -> None:
    wide = width if isinstance(width, int) else len(width)
    ask_letters(wide * (str(text).count("\n") + 1))


@pass_environment
def total(
    environment: Environment,
    iterable: Iterable[Any],
    attribute: str | int | None = None,
    start: Any = 0,  # noqa: ANN401 - whatever can be added
) -> Any:  # noqa: ANN401 - as above
    """Jinja's `sum`; many lists make one without each being copied again and again."""
    if attribute is not None:
        iterable = map(make_attrgetter(environment, attribute), iterable)
    if not isinstance(start, list | tuple):
        return sum(iterable, start)
    parts = islice(chain(start, chain.from_iterable(iterable)), MOST + 1)
    return weighed(type(start)(parts))
