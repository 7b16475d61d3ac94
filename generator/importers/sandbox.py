"""An old project's own small templates, expanded: in a sandbox, with a limit, from its own files.

Only those that arrange what they are given come out as they should. One that asks for more (the
list of all posts, a program of the project) has no result, and is told as having none.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from jinja2 import TemplateError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape

from generator.limits import TimeUp, within

SECONDS = 0.5
"""Of the processor, for one expansion."""
LONGEST = 200_000
"""Characters of a result."""


class UnknownNameError(Exception):
    """A template asks for something that it was not given."""


class _Missing(Undefined):
    """A name that is not there: false in a condition, and an end to all else."""

    def __str__(self) -> str:
        raise UnknownNameError(self._undefined_name or "?")

    __iter__ = __len__ = __html__ = __str__  # type: ignore[assignment]


class Sandbox:
    """Expands templates of Jinja's kind; set up once for many."""

    def __init__(self, filters: Mapping[str, Callable[..., object]] | None = None) -> None:
        self._environment = ImmutableSandboxedEnvironment(undefined=_Missing)
        self._environment.filters["h"] = escape
        self._environment.filters.update(filters or {})

    def expanded(self, source: str, values: Mapping[str, Any]) -> str | None:
        """What a template makes of some values; None where it needs what it has not."""
        try:
            template = self._environment.from_string(source)
            made = within(SECONDS, partial(template.render, dict(values)))
        except (TemplateError, UnknownNameError, TimeUp, RecursionError):
            return None
        except Exception:  # noqa: BLE001 - whatever a template runs into is its own fault
            return None
        return made if len(made) <= LONGEST else None
