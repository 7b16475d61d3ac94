"""What a layout reaches: fields and what Python's plain values offer, never the program behind.

Jinja's sandbox, which changes nothing (`ImmutableSandboxedEnvironment`), and what it leaves
open: the clock, the machine's time zone and its time zone files. Most names can do no harm
whatever they belong to; for these a layout is compiled to ask nothing.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import partial, wraps
from typing import Any

from jinja2.compiler import Frame as Scope
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.nodes import Getattr
from jinja2.runtime import Context, Macro
from jinja2.sandbox import (
    ImmutableSandboxedEnvironment,
    SandboxedEscapeFormatter,
    SandboxedFormatter,
)
from jinja2.utils import missing
from markupsafe import Markup

from generator.model.frozen import FrozenMap
from generator.render import extent
from generator.render.printing import filled, printable
from generator.render.weighing import WeighingCode

OF_FRAMES = ("ag_", "cr_", "gi_")
"""Before the names by which functions that have not ended show their insides."""
CLOCK = frozenset({"fromtimestamp", "now", "today", "utcfromtimestamp", "utcnow"})
OF_ZONES = frozenset({"clear_cache", "from_file", "no_cache"})
BYTES = frozenset({"encode", "to_bytes"})
INTO_TEXT = frozenset({"escape", "format", "format_map", "join", "replace", "translate"})
"""Methods of texts and markup that make text of other values."""
CHANGING = frozenset(
    (
        *("add", "append", "appendleft", "clear", "difference_update", "discard", "extend"),
        *("extendleft", "insert", "pop", "popitem", "popleft", "remove", "reverse", "rotate"),
        *("setdefault", "sort", "symmetric_difference_update", "update"),
    )
)
OF_MAPPINGS = frozenset({"get", "items", "items_", "keys", "values"})
OF_DATES = frozenset({"astimezone", "strftime", "strptime", "timestamp"})
ASKED = CHANGING | CLOCK | OF_ZONES | INTO_TEXT | extent.WIDTHS | BYTES | OF_DATES | {"mro"}
"""Names for which it must be asked what they belong to."""
IN_SECONDS = re.compile(r"%[-_^#+:0-9EO]*s")
"""The sign of `strftime` that is reckoned in the machine's time zone, however it is adorned."""


class ForbiddenError(SecurityError):
    """A layout asks for a `name` that would lead out of the page; `why` says where to."""

    hint = "A layout sees what the newsroom's words are: fields of `page` and `site`."

    def __init__(self, name: str, why: str) -> None:
        self.name, self.why = name, why
        if name in CHANGING:
            self.hint = "Make a new list instead: {% set all = all + [one] %}."
        super().__init__(f"{name}: {why}")


class ForbiddenNameError(TemplateSyntaxError):
    """As ForbiddenError, told when the layout is read: the `forbidden` name stands in it."""

    def __init__(self, error: ForbiddenError, line: int, *layout: str | None) -> None:
        self.forbidden = error
        super().__init__(str(error), line, *layout)


INTERNAL = "it begins with an underscore, as what is Python's own does"
INSIDE = "it belongs to Python's insides"
CHANGES = "it would change what other pages show too"
READS_CLOCK = "it reads the clock, and each build would give another page"
NO_TEXT = "it makes bytes, which are no text"
READS_MACHINE = "it asks this machine, and another one would give another page"


class ReachCode(WeighingCode):
    """Writes the Python of a layout; a harmless name is compiled to a plain question."""

    def visit_Getattr(self, node: Getattr, frame: Scope) -> None:  # noqa: N802 - as Jinja has it
        """Write what asks for a field."""
        name = node.attr
        if name.startswith("_"):
            error = ForbiddenError(name, INTERNAL)
            raise ForbiddenNameError(error, node.lineno, self.name, self.filename)
        asked = name in ASKED or name.startswith(OF_FRAMES)
        way = "getattr" if asked else "entry" if name in OF_MAPPINGS else "field"
        self.write(f"environment.{way}(")
        self.visit(node.node, frame)
        self.write(f", {name!r})")


class ReachEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, quicker at what every page does a hundred times."""

    intercepted_binops = frozenset({"%", "*", "**"})
    weighed = staticmethod(extent.weighed)

    def field(self, obj: Any, name: str) -> Any:  # noqa: ANN401 - as Jinja has it
        """A field of a value, or else what it has under that key, as Jinja has it."""
        found = getattr(obj, name, missing)
        if found is not missing:
            return found
        try:
            return obj[name]
        except (TypeError, LookupError, AttributeError):
            return self.undefined(obj=obj, name=name)

    def entry(self, obj: Any, name: str) -> Any:  # noqa: ANN401 - as Jinja has it
        """As `field`, but a key of the newsroom's own comes first, whatever Python calls so."""
        return obj[name] if type(obj) is FrozenMap and name in obj else self.field(obj, name)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as Jinja has it
        """As `field`, for a name that may lead anywhere. Raises ForbiddenError."""
        if attribute.startswith("_"):
            raise ForbiddenError(attribute, INTERNAL)
        if attribute in OF_MAPPINGS:
            return self.entry(obj, attribute)
        found = getattr(obj, attribute, missing)
        return self.field(obj, attribute) if found is missing else self._allowed(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        """What a value has under a key or number, or else a field of that name."""
        try:
            return obj[argument]
        except (TypeError, LookupError, AttributeError):
            if isinstance(argument, str):
                return self.getattr(obj, str(argument))
            return self.undefined(obj=obj, name=argument)

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        """Call something: a macro at once, since only others can be anything."""
        if type(called) is not Macro:
            made = super().call(context, called, *args, **kwargs)
            return extent.weighed(made) if type(made) is dict else made
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(context.eval_ctx, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Calculate; no more than a page needs, and no Python text by way of `%`."""
        if operator == "%" and isinstance(left, str):
            filled(right)
        extent.ask_product(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:  # noqa: ANN401 - as Jinja has it
        """A method of a text that formats, asking for every field and value in it."""
        text = getattr(value, "__self__", None)
        name = getattr(value, "__name__", "")
        if name not in ("format", "format_map") or not isinstance(text, str):
            return None
        formatter: SandboxedFormatter = (
            _MarkupFormatter(self, escape=text.escape)
            if isinstance(text, Markup)
            else _TextFormatter(self)
        )

        @wraps(value)
        def formatted(*values: Any, **named: Any) -> str:  # noqa: ANN401 - as `str.format`
            if name == "format_map":
                (named,), values = values, ()
            return type(text)(formatter.vformat(text, values, named))

        return formatted

    def _allowed(self, obj: Any, name: str) -> Any:  # noqa: ANN401 - any value's any field
        """A field that is there, or what takes its place. Raises ForbiddenError."""
        found = getattr(obj, name)
        if not self.is_safe_attribute(obj, name, found):
            raise ForbiddenError(name, CHANGES if name in CHANGING else INSIDE)
        if name in BYTES:
            raise ForbiddenError(name, NO_TEXT)
        if isinstance(obj, date):
            return _of_date(obj, name, found)
        if isinstance(obj, tzinfo) and name in OF_ZONES:
            raise ForbiddenError(name, READS_MACHINE)
        if isinstance(obj, str) and name in INTO_TEXT:
            return self.wrap_str_format(found) or _of_texts(obj, found)
        if isinstance(obj, str) and name in extent.WIDTHS:
            return partial(_filled_up, obj, found)
        return found


class _TextFormatter(SandboxedFormatter):
    """Fills values into a text: only what a page may show."""

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - as the library has it
        if isinstance(value, date):
            _ask_pattern(format_spec)
        extent.ask_places(format_spec)
        text: str = super().format_field(printable(value), format_spec)
        return text

    def convert_field(self, value: Any, conversion: Any) -> Any:  # noqa: ANN401 - as above
        return super().convert_field(printable(value) if conversion else value, conversion)


class _MarkupFormatter(_TextFormatter, SandboxedEscapeFormatter):
    """The same, escaping what it fills in."""


def _of_date(day: date, name: str, found: Any) -> Any:  # noqa: ANN401 - any field
    """A field of a date that asks neither the clock nor the machine."""
    if name in CLOCK:
        raise ForbiddenError(name, READS_CLOCK)
    if name == "strftime":
        return partial(_in_words, day)
    if name == "strptime":
        return partial(_out_of_words, found)
    if isinstance(day, datetime) and not day.tzinfo and name in ("astimezone", "timestamp"):
        raise ForbiddenError(name, READS_MACHINE)
    if name == "astimezone":
        return partial(_in_zone, found)
    return found


def _in_words(day: date, pattern: str) -> str:
    _ask_pattern(pattern)
    return day.strftime(pattern)


def _out_of_words(read: Callable[[str, str], datetime], text: str, pattern: str) -> datetime:
    if "Z" in pattern:  # it knows the names of the machine's own time zone
        raise ForbiddenError("strptime", READS_MACHINE)
    return read(text, pattern)


def _in_zone(change: Callable[[tzinfo], datetime], zone: tzinfo | None = None) -> datetime:
    if zone is None:
        raise ForbiddenError("astimezone", READS_MACHINE)
    return change(zone)


def _ask_pattern(pattern: str) -> None:
    """Refuse the one sign of `strftime` that is reckoned in the machine's time zone."""
    if IN_SECONDS.search(pattern.replace("%%", "")):
        raise ForbiddenError("%s", READS_MACHINE)
    extent.ask_places(pattern)


def _filled_up(text: str, method: Callable[..., str], *options: Any) -> str:  # noqa: ANN401 - as the method
    """A text that is filled up to some width."""
    extent.ask_method(text, method.__name__, options)
    return method(*options)


def _of_texts(text: str, method: Callable[..., Any]) -> Callable[..., Any]:
    """A method of a text that makes text of its arguments, given only what a page may show."""
    name = method.__name__

    @wraps(method)
    def asked(*values: Any) -> Any:  # noqa: ANN401 - as the method
        if name == "join":
            values = ([printable(item) for item in values[0]],)
        extent.ask_method(text, name, values)
        if name in ("join", "translate"):
            return method(*values)
        return method(*(printable(value) for value in values))

    return asked
