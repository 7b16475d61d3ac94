"""Layouts: the site's own over the theme's; pages made with them.

Jinja takes longer to import than a hundred pages to make, and many builds make none: what
needs it is imported when it is first used.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from hashlib import blake2b
from typing import Any

from markupsafe import Markup

from generator.model.body import NOTHING_EMBEDDED, Embedding
from generator.model.layouts import LayoutFile
from generator.model.options import near
from generator.model.outputs import Frame
from generator.model.pages import (
    ArticlePage,
    AuthorPage,
    HtmlPage,
    SectionPage,
    StandingPage,
    TagPage,
)
from generator.model.problems import Place, Problem, in_order, warning
from generator.model.values import replace
from generator.render.references import asked_layouts

THEME = "theme/"
"""Before a layout's name: the theme's own file, even where the site has one of that name."""

WithBody = ArticlePage | SectionPage | TagPage | AuthorPage | StandingPage


class LayoutError(Exception):
    """A layout that cannot be rendered; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.place}: {problem.message}")


class Layouts:
    """The layouts of a site, over those of the theme.

    A site's file takes the place of the theme's file of the same name, and reaches that
    one as `theme/<name>`. Nothing is read from disk: all texts are here. It can be sent
    to another process, which compiles the layouts anew. `kept` opens what Jinja compiled before.
    """

    def __init__(
        self,
        own: tuple[LayoutFile, ...],
        theme: tuple[LayoutFile, ...],
        kept: Callable[[], Any] | None = None,
    ) -> None:
        self._own, self._theme, self._open_kept = own, theme, kept
        self._kept: Any = None
        self._files = {file.name: file for file in (*theme, *own)}
        self._files |= {THEME + file.name: file for file in theme}
        self._asked: dict[str, frozenset[str]] = {}

    def __reduce__(self) -> tuple[type["Layouts"], tuple[tuple[LayoutFile, ...], ...]]:
        return Layouts, (self._own, self._theme)

    def render(self, name: str, page: HtmlPage, frame: Frame) -> str:
        """Make a page with the layout `name`. Raises whatever Jinja or the layout raises."""
        html: str = self._compiled.render(name, page, frame)
        return html

    def compile(self, names: Iterable[str]) -> None:
        """Compile some layouts, and all that they need, now and not when they are first used."""
        needed = {other for name in set(names) for other in self.dependencies(name)}
        self._compiled.compile(sorted(needed & self._files.keys()))

    def check(
        self, made_with: Iterable[str] | None = None, embedding: Embedding = NOTHING_EMBEDDED
    ) -> tuple[Problem, ...]:
        """What can be told to be wrong with the layouts before any page is made with them."""
        own = self.check_own(made_with, embedding)
        return in_order((*own, *self._compiled.faults(self._theme)))

    def check_own(
        self, made_with: Iterable[str] | None = None, embedding: Embedding = NOTHING_EMBEDDED
    ) -> tuple[Problem, ...]:
        """As `check`, for the site's own layouts: the theme's are as they were released.

        Whatever they are, no file of the site's can break the theme's: the names
        that these ask for are there. Only the site's are asked for what is shown nowhere.
        `made_with` are the layouts of pages beside those of the theme; None: nobody knows.
        `embedding` has the policy under which readers see what they put out.
        """
        if not self._own:
            return ()
        problems = [
            Problem(
                Place(file.place),
                f'"{THEME}" stands for the built-in theme',
                "Move the file to another folder.",
            )
            for file in self._own
            if file.name.startswith(THEME)
        ]
        compiled = self._compiled
        problems += (*compiled.faults(self._own), *compiled.loops(self._own))
        problems += compiled.unused(self._own)
        if made_with is not None:
            problems += self._unused_files(made_with)
        if embedding.policy:
            from generator.render.layout_policy import forbidden_in  # noqa: PLC0415 - 12 ms

            problems += (told for file in self._own for told in forbidden_in(file, embedding))
        return in_order(problems)

    def _unused_files(self, made_with: Iterable[str]) -> Iterator[Problem]:
        """A warning for each of the site's layouts that no page is made with."""
        theirs = [file.name for file in self._theme]
        used = {name for one in (*theirs, *made_with) for name in self.dependencies(one)}
        for file in self._own:
            if file.name not in used and not file.name.startswith(THEME):
                hint = near(file.name, theirs) or "Include it in another one, or take it out."
                message = "no page is made with this layout, and none that is asks for it"
                yield warning(Place(file.place), message, hint)

    def dependencies(self, name: str) -> tuple[str, ...]:
        """The layouts that a layout may need, itself included, by the names it uses; sorted.

        Names that stand for no file are among them: a new file of that name changes the page.
        """
        found: set[str] = set()
        waiting = {name}
        while waiting:
            found |= waiting
            waiting = {other for one in waiting for other in self._references(one)} - found
        return tuple(sorted(found))

    def digest(self, name: str) -> str:
        """Stands for all that a layout is made of: equal digests, equal layouts."""
        total = blake2b(digest_size=16)
        for other in self.dependencies(name):
            file = self._files.get(other)
            total.update(_digest(other))
            total.update(_digest("+" + file.text if file else "-"))
        return total.hexdigest()

    def problem_of(self, error: Exception) -> Problem:
        """The Problem that an error raised by `render` stands for."""
        problem: Problem = self._compiled.problem_of(error)
        return problem

    @cached_property
    def _compiled(self) -> Any:  # noqa: ANN401 - it is imported late
        from generator.render.compiled import CompiledLayouts  # noqa: PLC0415 - 20 ms: Jinja

        names = sorted(name for name in self._files if not name.startswith(THEME))
        self._kept = self._open_kept() if self._open_kept else None
        return CompiledLayouts(self._files, names, self._kept)

    def keep(self) -> None:
        """Write down what was compiled, if there is a place for it."""
        if self._kept is not None:
            self._kept.store()

    def _references(self, name: str) -> frozenset[str]:
        """The names of layouts that a layout itself asks for; all there are, if it computes one."""
        if name not in self._asked:
            file = self._files.get(name)
            asked = asked_layouts(file.text) if file else ()
            self._asked[name] = frozenset(self._files if None in asked else filter(None, asked))
        return self._asked[name]


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


def render_page(
    layouts: Layouts, page: HtmlPage, frame: Frame, layout_name: str, made_from: str = ""
) -> str:
    """Make a page: `page` and `site` are all that the layout sees.

    The body of `page` is HTML by now; nothing else in it is trusted. `made_from` names
    the page, for people. Raises LayoutError, whatever happens in the layout.
    """
    if isinstance(page, WithBody) and page.body and not isinstance(page.body, Markup):
        page = replace(page, body=Markup(page.body))  # noqa: S704 - a rendered body is HTML
    try:
        return layouts.render(layout_name, page, frame)
    except Exception as error:  # a layout is code: it may raise anything
        problem = layouts.problem_of(error)
        place = problem.place if problem.place.path else Place(f"layouts/{layout_name}")
        hint = f"{problem.hint} Found while making {made_from}." if made_from else problem.hint
        raise LayoutError(replace(problem, place=place, hint=hint.lstrip())) from error
