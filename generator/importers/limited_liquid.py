"""Liquid, but for templates that never end or would fill the memory."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TextIO

from liquid import Environment, Mode, RenderContext, Token
from liquid.builtin.expressions import LoopExpression
from liquid.builtin.tags.for_tag import ForNode, ForTag
from liquid.builtin.tags.tablerow_tag import TablerowNode, TablerowTag
from liquid.exceptions import LiquidError, LoopIterationLimitError, ResourceLimitError
from liquid.loader import BaseLoader

from generator.render import extent

LONGEST = 5_000_000
MOST_LOOPS = 20_000
DEEPEST = 20
LARGEST_VALUES = 20_000_000
"""Bytes of all values that a template sets."""


class LimitedLiquid(Environment):
    """Liquid in which nothing makes more than a page can show; what is unknown is passed over."""

    loop_iteration_limit = MOST_LOOPS
    output_stream_limit = LONGEST
    context_depth_limit = DEEPEST
    local_namespace_limit = LARGEST_VALUES

    def __init__(self, loader: BaseLoader | None = None) -> None:
        super().__init__(tolerance=Mode.LAX, strict_filters=False, loader=loader)
        asked = {name: _asking(make, ASKS.get(name)) for name, make in self.filters.items()}
        self.filters.update(asked)
        self.add_tag(_For)
        self.add_tag(_Tablerow)

    def error(
        self,
        exc: type[LiquidError] | LiquidError,
        msg: str | None = None,
        token: Token | None = None,
    ) -> None:
        """Pass over a fault, as Liquid does, but for a limit that is reached: that ends all."""
        if isinstance(exc, ResourceLimitError):
            raise exc
        super().error(exc, msg, token)


def _asking(make: Callable[..., Any], ask: Callable[..., None] | None) -> Callable[..., Any]:
    """A filter that is asked beforehand what comes of it. Raises OverflowError."""

    @wraps(make)  # and with it the marks that say what Liquid gives it besides
    def asked(value: object, *options: object, **named: object) -> Any:  # noqa: ANN401 - any value
        _ask_range(value)
        if ask is not None:
            ask(value, *options)
        return make(value, *options, **named)

    return asked


def _ask_range(value: object) -> None:
    """Refuse a range of numbers that no page needs: many filters make a list of it at once."""
    if isinstance(value, range) and value.stop - value.start > MOST_LOOPS:
        raise LoopIterationLimitError("a range without an end", token=None)


def _replaced(text: object, old: object = "", new: object = "") -> None:
    extent.ask_replaced(text, old, new)


def _joined(parts: object, separator: object = " ") -> None:
    """A list may have the same long text in it many times."""
    if isinstance(parts, list | tuple):
        between = len(str(separator))
        texts = sum(len(part) for part in parts if isinstance(part, str))
        extent.ask_letters(texts + between * len(parts))


def _date(_value: object, pattern: object = "") -> None:
    extent.ask_places(pattern)


def _product(number: object, other: object = 1) -> None:
    extent.ask_repeated(number, other)


ASKS: Mapping[str, Callable[..., None]] = {
    "replace": _replaced,
    "join": _joined,
    "date": _date,
    "times": _product,
}


class _ForNode(ForNode):
    """A loop; a reversed one makes a list of its range at once."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        _ask_loop(self.expression, context)
        return super().render_to_output(context, buffer)


class _For(ForTag):
    node_class = _ForNode


class _TablerowNode(TablerowNode):
    """The same in the rows of a table."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        _ask_loop(self.expression, context)
        return super().render_to_output(context, buffer)


class _Tablerow(TablerowTag):
    node_class = _TablerowNode


def _ask_loop(loop: LoopExpression, context: RenderContext) -> None:
    _ask_range(loop.iterable.evaluate(context))
