"""An old project's own small templates, expanded: in a sandbox, with a limit, from its own files.

Only those that arrange what they are given come out as they should. One that asks for more (the
list of all posts, a program of the project) has no result, and is told as having none.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from jinja2 import TemplateError, Undefined
from jinja2.runtime import Context, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape

from generator.limits import TimeUp, within
from generator.render import extent
from generator.render.weighing import WeighingCode

SECONDS = 0.5
"""Of the processor, for one expansion."""
LONGEST = 200_000
"""Characters of a result."""
SIZED = (str, list, tuple)
"""What a sign `+` makes longer."""


class UnknownNameError(Exception):
    """A template asks for something that it was not given."""


class _Missing(Undefined):
    """A name that is not there: false in a condition, and an end to all else."""

    def __str__(self) -> str:
        raise UnknownNameError(self._undefined_name or "?")

    __iter__ = __len__ = __html__ = __str__  # type: ignore[assignment]


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which nothing makes more at once than a page can show."""

    code_generator_class = WeighingCode
    intercepted_binops = frozenset({"%", "*", "**", "+"})
    weighed = staticmethod(extent.weighed)

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Jinja has it
        super().__init__(*args, **options)
        self.filters.update(extent.bounded_filters(self.filters))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        """Calculate. Raises OverflowError for what would have no end."""
        extent.ask_product(operator, left, right)
        if operator == "+" and isinstance(left, SIZED) and isinstance(right, SIZED):
            extent.ask_letters(len(left) + len(right))
        return super().call_binop(context, operator, left, right)

    @staticmethod
    def joined(values: tuple[object, ...], is_escaped: bool) -> str:
        """Values as one text. Raises OverflowError for one that would fill the memory."""
        extent.ask_letters(sum(len(one) for one in values if isinstance(one, str)))
        return (markup_join if is_escaped else str_join)(values)

    def call(self, context: Context, called: Any, /, *args: Any, **named: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        """Call something. Raises OverflowError for a text that would fill the memory."""
        text, name = getattr(called, "__self__", None), getattr(called, "__name__", "")
        if isinstance(text, str):
            extent.ask_method(text, name, args)
        return super().call(context, called, *args, **named)


class Sandbox:
    """Expands templates of Jinja's kind; set up once for many."""

    def __init__(self, filters: Mapping[str, Callable[..., object]] | None = None) -> None:
        self._environment = BoundedEnvironment(undefined=_Missing)
        self._environment.filters["h"] = escape
        self._environment.filters.update(filters or {})

    def expanded(self, source: str, values: Mapping[str, Any]) -> str | None:
        """What a template makes of some values; None where it needs what it has not."""
        try:
            made = within(SECONDS, partial(self._rendered, source, dict(values)))
        except (TemplateError, UnknownNameError, TimeUp, RecursionError):
            return None
        except Exception:  # noqa: BLE001 - whatever a template runs into is its own fault
            return None
        return made if len(made) <= LONGEST else None

    def _rendered(self, source: str, values: dict[str, Any]) -> str:
        return self._environment.from_string(source).render(values)
