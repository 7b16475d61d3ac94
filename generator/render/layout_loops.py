"""Loops of layouts: one that extends or includes itself whatever the page is, told where it begins.

Only what is certain is told: names that are written out, and not within a `for` or a macro, where
the loop may have an end. Within an `if` it has none either, as long as no layout on the way sets
or calls anything: what is asked there has the same answer each time round.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.model.layouts import LayoutFile
from generator.model.problems import Place, Problem
from generator.model.values import frozen

MAYBE = (nodes.For, nodes.Macro, nodes.CallBlock)
"""What is in these may never be done, or come to an end."""
CHANGES = (nodes.Assign, nodes.AssignBlock, nodes.With)
"""What lets an `if` have another answer the next time."""
THEME = "theme/"
Names = tuple[str, ...]


@frozen
class _Reference:
    """A layout that another one asks for in a line, within a block or in none.

    With `is_asked` only if something holds.
    """

    name: str
    line: int
    block: str
    is_parent: bool
    is_asked: bool = False


class Loops:
    """Finds loops among layouts, by all their names."""

    def __init__(self, files: Mapping[str, LayoutFile], environment: Environment) -> None:
        self._files, self._environment = files, environment
        self._references: dict[str, tuple[_Reference, ...]] = {}
        self._told: set[str] = set()

    def of(self, file: LayoutFile) -> Iterator[Problem]:
        """The first reference of a layout that leads back to it; each loop is told once."""
        for reference in self._asked(file.name):
            if file.name not in self._told and (ring := self._ring(file.name, reference)):
                self._told.update(ring)
                yield self._problem(file, reference, ring)

    def _ring(self, start: str, first: _Reference) -> tuple[str, ...]:
        """The layouts on the way from a reference back to where it stands; nothing if it ends."""
        seen: set[tuple[str, Names, bool]] = set()
        waiting: list[tuple[Names, Names, _Reference, bool]]
        waiting = [((start,), (start,), first, first.is_asked)]
        while waiting:
            way, heirs, reference, is_asked = waiting.pop()
            if self._is_filled_in(reference, heirs):
                continue
            heirs = (*heirs, reference.name) if reference.is_parent else (reference.name,)
            if reference.name == start and not self._is_filled_in(first, heirs):
                if not is_asked or all(map(self._is_steady, way)):
                    return way
                continue
            if (reference.name, heirs, is_asked) not in seen and reference.name not in way:
                seen.add((reference.name, heirs, is_asked))
                new = (*way, reference.name)
                waiting += [
                    (new, heirs, further, is_asked or further.is_asked)
                    for further in self._asked(reference.name)
                ]
        return ()

    def _is_filled_in(self, reference: _Reference, heirs: Names) -> bool:
        """Whether a layout that extends fills in the block with a reference: it is not done then.

        `heirs` are the layouts from the one that is shown up to the one with the reference.
        """
        if reference.is_parent or not reference.block:
            return False
        return any(reference.block in self._blocks(heir) for heir in heirs[:-1])

    def _problem(self, file: LayoutFile, reference: _Reference, ring: tuple[str, ...]) -> Problem:
        excerpt = file.text.splitlines()[reference.line - 1]
        column = excerpt.find(reference.name) + 1
        meant = next((name for name in (reference.name, *ring) if THEME + name in self._files), "")
        hint = f'If the theme\'s file is meant, write "{THEME}{meant}".' if meant else ""
        if reference.is_asked and not hint:
            hint = "The {% if … %} round it has the same answer each time: take it out."
        return Problem(
            Place(file.place, reference.line, column),
            f"{file.name} extends or includes itself without end",
            hint or "Take one of them out.",
            excerpt=excerpt,
            width=len(reference.name) if column else 1,
        )

    def _asked(self, name: str) -> tuple[_Reference, ...]:
        if name not in self._references:
            found: list[_Reference] = []
            if name in self._files:
                # What cannot be read is told where it stands.
                with suppress(TemplateSyntaxError, RecursionError):
                    found += _references(self._environment.parse(self._files[name].text))
            self._references[name] = tuple(found)
        return self._references[name]

    def _is_steady(self, name: str) -> bool:
        """Whether a layout leaves everything that is asked as it was."""
        with suppress(TemplateSyntaxError, RecursionError):
            tree = self._environment.parse(self._files[name].text)
            return next(tree.find_all(CHANGES), None) is None
        return False

    def _blocks(self, name: str) -> frozenset[str]:
        with suppress(TemplateSyntaxError, RecursionError):
            tree = self._environment.parse(self._files[name].text)
            return frozenset(block.name for block in tree.find_all(nodes.Block))
        return frozenset()


def _references(
    node: nodes.Node, block: str = "", *, is_asked: bool = False
) -> Iterator[_Reference]:
    """What a layout asks for by a name that is written out, whatever the page is."""
    for child in node.iter_child_nodes():
        if isinstance(child, MAYBE):
            continue
        if isinstance(child, nodes.If):
            if not isinstance(child.test, nodes.Call) and not child.test.find(nodes.Call):
                yield from _references(child, block, is_asked=True)
            continue
        if isinstance(child, nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport):
            asked: Any = child.template
            if isinstance(asked, nodes.Const) and isinstance(asked.value, str):
                is_parent = isinstance(child, nodes.Extends)
                yield _Reference(asked.value, child.lineno, block, is_parent, is_asked)
        inner = child.name if isinstance(child, nodes.Block) else block
        yield from _references(child, inner, is_asked=is_asked)
