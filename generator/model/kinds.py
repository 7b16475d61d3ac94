"""Kinds that a site brings along: of text, and of page."""

from typing import Any

from generator.model.values import frozen


@frozen
class Kinds:
    """Kinds beside ours: of text (`read.kinds.TextKind`), of page (classes of `plan.kind.Kind`)."""

    texts: tuple[Any, ...] = ()
    pages: tuple[Any, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What tells these kinds from others."""
        values = [kind.value for kind in self.texts]
        return tuple(f"{kind.__module__}.{kind.__qualname__}" for kind in (*values, *self.pages))


NO_KINDS = Kinds()
