"""Compiled layouts: what takes Jinja to do. Each is compiled when it is first asked for."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from jinja2 import BytecodeCache, TemplateError, TemplateSyntaxError, nodes

from generator.model.layouts import LayoutFile
from generator.model.outputs import Frame
from generator.model.pages import HtmlPage
from generator.model.problems import Place, Problem
from generator.model.values import replace
from generator.render.environment import make_environment
from generator.render.layout_blocks import stray_text, unused_blocks
from generator.render.layout_faults import missing_layout, problem_of
from generator.render.layout_loops import Loops

TOO_DEEP = (RecursionError, SyntaxError, MemoryError)
"""What Python says of a layout in which too much stands within itself."""
OWN_OF_THEME = "theme/"
REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


class CompiledLayouts:
    """The layouts of a site by all names that they have, ready to be rendered.

    `names` are those to propose where one is not there; `kept` is what was compiled before.
    """

    def __init__(
        self,
        files: Mapping[str, LayoutFile],
        names: list[str],
        kept: BytecodeCache | None = None,
    ) -> None:
        self._files, self._names = files, names
        self._environment = make_environment(files, kept)

    def render(self, name: str, page: HtmlPage, frame: Frame) -> str:
        """Make a page with the layout `name`. Raises whatever Jinja or the layout raises."""
        return self._environment.get_template(name).render(page=page, site=frame)

    def compile(self, names: Iterable[str]) -> None:
        """Compile some layouts; what fails is told when a page is made with it."""
        for name in names:
            with suppress(TemplateError, *TOO_DEEP):
                self._environment.get_template(name)

    def faults(self, asked: Iterable[LayoutFile]) -> Iterator[Problem]:
        """What can be told to be wrong with some layouts before any page is made with them."""
        environment = self._environment
        for file in asked:
            try:
                tree = environment.parse(file.text, file.name, file.place)
                yield from self._dead_references(file, tree)
                environment.compile(tree, file.name, file.place, raw=True)
            except TemplateSyntaxError as error:
                error.filename = error.filename or file.place  # some of Jinja's do not know it
                yield self.problem_of(error)
            except TOO_DEEP as error:
                yield replace(self.problem_of(error), place=Place(file.place))

    def loops(self, asked: Iterable[LayoutFile]) -> Iterator[Problem]:
        """An error for each loop of layouts that goes through one of some."""
        loops = Loops(self._files, self._environment)
        for file in asked:
            yield from loops.of(file)

    def unused(self, asked: Iterable[LayoutFile]) -> Iterator[Problem]:
        """A warning for each block of some layouts, and each text, that is shown nowhere."""
        for file in asked:
            with suppress(TemplateSyntaxError, *TOO_DEEP):  # which is told already
                tree = self._environment.parse(file.text, file.name, file.place)
                yield from unused_blocks(file, tree, self._files, self._environment)
                yield from stray_text(file, tree)

    def problem_of(self, error: Exception) -> Problem:
        """The Problem that an error raised by a layout stands for."""
        environment = self._environment
        known = {
            "layout": self._names,
            "theme": [name for name in self._files if name.startswith(OWN_OF_THEME)],
            "filter": sorted(environment.filters),
            "test": sorted(environment.tests),
        }
        return problem_of(error, {file.place: file for file in self._files.values()}, known)

    def _dead_references(self, file: LayoutFile, tree: nodes.Template) -> Iterator[Problem]:
        """The layouts that a layout cannot do without, and that are not there."""
        node: Any
        for node in tree.find_all(REFERENCES):
            name = str(node.template.value) if isinstance(node.template, nodes.Const) else ""
            if name and name not in self._files and not getattr(node, "ignore_missing", False):
                yield missing_layout(file, node.lineno, name, self._names)
