"""What a layout may put into a page: text, numbers, dates and markup, and nothing else.

Anything else would be published as Python writes it: `<generator object … at 0x7f…>` for a
forgotten `()`, which is another text in each build. Every way from a value to text asks here.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from functools import wraps
from typing import Any

from jinja2 import Undefined, pass_eval_context
from jinja2.exceptions import TemplateRuntimeError
from jinja2.filters import do_format, do_join, do_urlencode, make_attrgetter
from jinja2.nodes import EvalContext

from generator.render.extent import ask_joined, ask_places

PRINTED = (str, int, float, Decimal, date, time)
TEXT_FILTERS = (
    *("capitalize", "center", "e", "escape", "forceescape", "indent", "lower", "replace", "safe"),
    *("string", "striptags", "title", "trim", "truncate", "upper", "urlize", "wordcount"),
    "wordwrap",
)
"""Jinja's filters that make text of whatever they are given."""


class UnprintableError(TemplateRuntimeError):
    """A layout prints a `value` that is neither text nor a number, a date or markup."""

    def __init__(self, value: object) -> None:
        self.value = value
        super().__init__(f"prints {type(value).__name__}")


def printable(value: object) -> object:
    """The value itself, if a page may show it; raises UnprintableError.

    An unknown name is passed on: it tells what is wrong by itself.
    """
    if isinstance(value, PRINTED) and not isinstance(value, bool):
        return value
    if isinstance(value, Undefined):
        return value
    raise UnprintableError(value)


def plain(value: object) -> str:
    """A value as text, where nothing is escaped."""
    return str(printable(value))


def filled(values: object) -> None:
    """Ask for all that is filled into a text by `%`: a value, a row or a mapping of them."""
    if isinstance(values, Mapping):
        values = tuple(values.values())
    for value in values if isinstance(values, tuple) else (values,):
        printable(value)


def printing_filters(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Jinja's filters that make text, each given only what a page may show."""
    asked = {name: of_texts(filters[name]) for name in TEXT_FILTERS}
    asked["xmlattr"] = of_texts(filters["xmlattr"], attributes)
    asked["urlencode"] = of_texts(urlencode, queried)
    return {**asked, "format": fill, "join": join}


def of_texts(
    make: Callable[..., Any], ask: Callable[[object], object] = printable
) -> Callable[..., Any]:
    """A filter, or a method of a text, that is given only what a page may show.

    `ask` looks at the value itself; what comes behind it are options, and may be left open.
    """
    first = 1 if hasattr(make, "jinja_pass_arg") else 0

    @wraps(make)
    def asked(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the filter takes
        for value in values[first : first + 1]:
            ask(value)
        for option in (*values[first + 1 :], *named.values()):
            if option is not None and not isinstance(option, bool):
                printable(option)
        return make(*values, **named)

    return asked


def attributes(value: object) -> None:
    """Ask for all in a mapping of attributes: one that has no value is left out."""
    if not isinstance(value, Mapping):
        return
    for name, one in value.items():
        printable(name)
        if one is not None:
            printable(one)


def queried(value: object) -> None:
    """Ask for all in a text that is encoded, or in the pairs of names and values of a query."""
    if isinstance(value, Mapping):
        value = tuple(value.items())
    for pair in value if isinstance(value, tuple | list) else ((value,),):
        for part in pair if isinstance(pair, tuple | list) else (pair,):
            printable(part)


def urlencode(value: object) -> str:
    """Jinja's `urlencode`, of any mapping: it knows no others than Python's own."""
    made: str = do_urlencode(dict(value) if isinstance(value, Mapping) else value)  # type: ignore[arg-type]
    return made


def fill(value: str, *values: object, **named: object) -> str:
    """Jinja's `format`, of what a page may show."""
    filled(named or values)
    ask_places(value, values)
    made: str = do_format(value, *values, **named)
    return made


@pass_eval_context
def join(
    context: EvalContext,
    value: Iterable[Any],
    d: str = "",
    attribute: str | int | None = None,
) -> str:
    """Jinja's `join`, of what a page may show."""
    if attribute is not None:
        value = map(make_attrgetter(context.environment, attribute), value)
    parts = [printable(item) for item in value]
    ask_joined(printable(d), parts)
    joined: str = do_join(context, parts, d)
    return joined
