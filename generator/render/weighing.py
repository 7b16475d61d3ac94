"""Templates of which each new list, mapping and joined text is asked how large it is.

Lists in lists can hold more than any memory (see `extent.weighed`).
"""

from collections.abc import Callable
from typing import Any

from jinja2.compiler import CodeGenerator
from jinja2.compiler import Frame as Scope
from jinja2.nodes import Concat, Const, Dict, Expr, List, Tuple


class WeighingCode(CodeGenerator):
    """Writes the Python of a template; what its signs make is asked how large it is.

    For that the environment has `weighed`, for lists and mappings, and `joined`, for texts.
    """

    def visit_List(self, node: List, frame: Scope) -> None:  # noqa: N802 - as Jinja has it
        """Write a list."""
        self._weighed(super().visit_List, node, node.items, frame)

    def visit_Tuple(self, node: Tuple, frame: Scope) -> None:  # noqa: N802 - as Jinja has it
        """Write a row of values, or of the names that get them."""
        items = node.items if node.ctx == "load" else []
        self._weighed(super().visit_Tuple, node, items, frame)

    def visit_Dict(self, node: Dict, frame: Scope) -> None:  # noqa: N802 - as Jinja has it
        """Write a mapping."""
        self._weighed(super().visit_Dict, node, [pair.value for pair in node.items], frame)

    def visit_Concat(self, node: Concat, frame: Scope) -> None:  # noqa: N802 - as Jinja has it
        """Write what joins values to a text."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        known = bool(frame.eval_ctx.autoescape)
        self.write(f"), {'context.eval_ctx.autoescape' if frame.eval_ctx.volatile else known})")

    def _weighed(
        self, write: Callable[[Any, Scope], None], node: Expr, parts: list[Expr], frame: Scope
    ) -> None:
        """Write a list of `parts` that are not known yet so that it is asked how large it is."""
        is_known = all(isinstance(part, Const) for part in parts)
        self.write("" if is_known else "environment.weighed(")
        write(node, frame)
        self.write("" if is_known else ")")
