"""Rendering: from an Output's value and the texts of its bodies to the bytes of its file."""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup

from generator.limits import MOST_MEMORY, MemoryUp, TimeUp, watching, within
from generator.model.body import Body, MarkdownOptions, RenderedBody, ResolvedTarget
from generator.model.feeds import Feed
from generator.model.layouts import ThemeFile
from generator.model.outputs import FileCopy, Frame, Output, RedirectPage, TextFile
from generator.model.pages import HtmlPage
from generator.model.pictures import PictureFile
from generator.model.problems import Place, Problem
from generator.model.sitemaps import NewsSitemap, Sitemap, SitemapIndex
from generator.model.values import frozen, replace
from generator.render.feeds import render_feed
from generator.render.first_heading import without_headline
from generator.render.redirects import render_redirect
from generator.render.sitemaps import render_sitemap
from generator.render.templates import LayoutError, Layouts, render_page

BodyKey = tuple[str, str, tuple[ResolvedTarget, ...]]
LONGEST = 10.0
"""Seconds that a layout may work on one page: a loop that never ends ends here."""
MOST_ENDLESS = 2
"""Pages that a layout may take too long for; no other one is tried with it then."""
KEPT_BODIES = 64
"""Rendered bodies that are kept: a feed's stories, for its other two formats."""


@frozen
class Rendered:
    """A file's bytes, and what was wrong on the way; no bytes when it could not be made.

    Bytes that have been written already do not travel: `digest` stands for them then (in
    hexadecimal, as in the manifest), and `size` is their number. Otherwise it is "".
    """

    data: bytes | None
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    size: int = 0


class Renderer:
    """Renders Outputs. Set up once for many: it holds compiled layouts and Markdown parsers."""

    def __init__(self, frame: Frame, layouts: Layouts, options: MarkdownOptions) -> None:
        self._frame, self._layouts, self._options = frame, layouts, options
        self._endless: Counter[str] = Counter()
        self._bodies: dict[BodyKey, tuple[str, tuple[Problem, ...]]] = {}

    def prepare(self, layouts: Iterable[str]) -> None:
        """Set up at once what the first pages need, those made with some layouts.

        Processes that are forked after it have it all.
        """
        self._layouts.compile(layouts)
        self._markdown.prepare()

    def render(self, output: Output, texts: Mapping[str, str]) -> Rendered:
        """Make the file of an Output; `texts` are the texts of its bodies, by source path."""
        value = output.value
        if isinstance(value, FileCopy | PictureFile):
            raise TypeError(f"{output.path} is copied, not rendered")
        if isinstance(value, ThemeFile):
            return Rendered(value.data)
        if isinstance(value, TextFile):
            return Rendered(value.text.encode())
        if isinstance(value, RedirectPage):
            return Rendered(render_redirect(value, self._frame).encode())
        if isinstance(value, Sitemap | SitemapIndex | NewsSitemap):
            return Rendered(render_sitemap(value, self._frame))
        if isinstance(value, Feed):
            return self._feed(output, value, texts)
        return self._page(output, value, texts)

    def watching(self) -> AbstractContextManager[None]:
        """Let one alarm serve for the time limits of all bodies that are rendered in the block."""
        return watching()

    @cached_property
    def _markdown(self) -> Any:  # noqa: ANN401 - it is imported late
        from generator.render.markdown import MarkdownRenderer  # noqa: PLC0415 - 30 ms

        return MarkdownRenderer(self._options)

    def _page(self, output: Output, page: HtmlPage, texts: Mapping[str, str]) -> Rendered:
        problems: tuple[Problem, ...] = ()
        for body in output.bodies:
            html, problems = self._body(body, texts, getattr(page, "title", ""))
            page = replace(page, body=Markup(html))  # noqa: S704 - a rendered body is HTML
        if self._endless[output.layout] >= MOST_ENDLESS:
            return Rendered(None, (*problems, _endless(output)))
        made_from = output.source or output.path
        make = partial(render_page, self._layouts, page, self._frame, output.layout, made_from)
        try:
            html = within(LONGEST, make)
        except LayoutError as error:
            return Rendered(None, (*problems, error.problem))
        except TimeUp as up:
            self._endless[output.layout] += 1
            return Rendered(None, (*problems, _endless(output, isinstance(up, MemoryUp))))
        try:
            return Rendered(html.encode(), problems)
        except UnicodeEncodeError as error:
            return Rendered(None, (*problems, _no_letter(output, error)))

    def _feed(self, output: Output, feed: Feed, texts: Mapping[str, str]) -> Rendered:
        titles = {item.path: item.title for item in feed.items}
        bodies = {
            body.source_path: self._body(body, texts, titles[body.source_path])[0]
            for body in output.bodies
        }
        data, problems = render_feed(feed, self._frame, bodies)
        return Rendered(data, problems)

    def _body(
        self, body: Body, texts: Mapping[str, str], title: str
    ) -> tuple[str, tuple[Problem, ...]]:
        """A body's HTML below a title, and what is wrong with it."""
        key = (body.source_path, body.digest, body.resolved)
        if key not in self._bodies:
            path, line = body.source_path, body.facts.line
            below = without_headline(texts[path], title, path, line)
            rendered: RenderedBody = self._markdown.render(body, below.text)
            while len(self._bodies) >= KEPT_BODIES:
                del self._bodies[next(iter(self._bodies))]
            self._bodies[key] = (rendered.html, below.problems + rendered.problems)
        return self._bodies[key]


def _endless(output: Output, is_large: bool = False) -> Problem:
    """What is wrong with a layout that comes to no end."""
    message = f"takes longer than {LONGEST:.0f} seconds to make {output.path}"
    if is_large:
        message = f"takes more than {MOST_MEMORY >> 20:,} MB of memory to make {output.path}"
    hint = "Look for a loop in it that has no end."
    return Problem(Place(f"layouts/{output.layout}"), message, hint)


def _no_letter(output: Output, error: UnicodeEncodeError) -> Problem:
    """What is wrong with a layout that puts half a letter into a page."""
    code = ord(error.object[error.start])
    message = f"puts U+{code:04X} into {output.path}, which is no letter"
    hint = f"Look for \\u{code:04x} in it: such numbers come in pairs in other languages only."
    return Problem(Place(f"layouts/{output.layout}"), message, hint)
