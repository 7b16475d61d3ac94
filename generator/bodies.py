"""Bodies alone: the HTML of single texts as their pages would have it, with a site or without.

Where a text lies in a site, the site's configuration counts, and links lead where they do on its
page. Elsewhere, or with no site at all, links stay as they are written. Nothing is written.
"""

import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from generator.model.article import Article, Page, Source, SourceFile
from generator.model.body import Body, ResolvedTarget
from generator.model.config import Config
from generator.model.digests import content_digest
from generator.model.languages import language_fault
from generator.model.line_text import line_text
from generator.model.problems import Problem, in_order
from generator.model.values import frozen, replace
from generator.plan.arrange import arrange
from generator.plan.own_files import address_of_text
from generator.plan.plan import Plan
from generator.read.articles import Opened
from generator.read.config import NoSiteError, find_site, load_config
from generator.read.front_matter import FrontMatter, split_front_matter
from generator.read.memory import ReadFile
from generator.read.newsroom import ReadTask, read_files, read_newsroom, survey
from generator.read.text_files import decode
from generator.render.first_heading import without_headline
from generator.render.markdown import MarkdownRenderer

FENCE = re.compile(r"\s*(?:---|\+\+\+)[ \t]*\n")
SETTINGS = re.compile(r"\s*(?:---|\+\+\+)[ \t]*\n\s*[\w\"']+\s*[:=]")


@frozen
class RenderedText:
    """A text's body as HTML, and what is wrong with the text; `path` as it was asked for."""

    path: str
    html: str
    problems: tuple[Problem, ...] = ()


class Bodies:
    """Renders the bodies of texts, one after another; what a site tells is looked up once."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._sites: dict[Path | None, _Around] = {}

    def render(self, path: str, data: bytes, file: Path | None = None) -> RenderedText:
        """The HTML of a text's body. `path` names it in Problems, `file` is where it lies.

        Front matter is optional. Raises SiteError where the site's configuration has an error.
        """
        around = self._around(file)
        front = _opened(path, data)
        if not isinstance(front, FrontMatter):
            return RenderedText(path, "", front)
        read = around.read(file)
        source = Opened(read.path if read else path, content_digest(data), front)
        body = around.body(source.source(opening=False), read, _language_of(front))
        title = front.values.get("title")
        headline = line_text(" ".join(title.split())).plain if isinstance(title, str) else ""
        below = without_headline(front.body, headline, path, front.body_line)
        rendered = around.markdown.render(replace(body, source_path=path), below.text)
        of_settings = _renamed(read.problems, path) if read else front.problems
        problems = in_order((*of_settings, *below.problems, *rendered.problems))
        return RenderedText(path, rendered.html, problems)

    def _around(self, file: Path | None) -> "_Around":
        site: Path | None = None
        with suppress(NoSiteError):
            site = find_site(file.resolve().parent if file else Path.cwd())
        if site not in self._sites:
            self._sites[site] = _Around(site, self._now)
        return self._sites[site]


class _Around:
    """What there is around a text: a site, or none."""

    def __init__(self, site: Path | None, now: datetime) -> None:
        self._site, self._now = site, now
        self._config = load_config(site)[0] if site else Config()
        self._arranged: _OnSite | None = None
        self.markdown = MarkdownRenderer(self._config.body_options)

    def read(self, file: Path | None) -> ReadFile | None:
        """What the site takes a file for; None where it is no text of it."""
        if file is None or self._site is None:
            return None
        place = file.resolve().relative_to(self._site.resolve()).as_posix()
        found = survey(self._site, self._config)
        files = tuple(one for one in found.content if one.path == place and one.is_text)
        task = ReadTask(self._site, self._config, found.section_slugs, files)
        return next(iter(read_files(task)), None)

    def body(self, source: Source, read: ReadFile | None, written: str) -> Body:
        """All that rendering takes: links resolved for a text of the site, else as written.

        `written` is the language that the text itself names.
        """
        text = read.value if read else None
        own = text.language if isinstance(text, Article | Page) else "" if text else written
        language = own or self._config.language
        targets = sorted({target.target for target in source.facts.targets})
        if self._site and targets and text is not None and not isinstance(text, SourceFile):
            return self._on_site(self._site).body(source, language)
        resolved = tuple(ResolvedTarget(target, target) for target in targets)
        return Body(source.path, source.digest, source.facts, resolved, language)

    def _on_site(self, site: Path) -> "_OnSite":
        """Where links lead; all of the site is read, the first time that a text has some."""
        if self._arranged is None:
            self._arranged = _OnSite(site, self._config, self._now)
        return self._arranged


class _OnSite:
    """Bodies whose links lead where they do on the pages of a site."""

    def __init__(self, folder: Path, config: Config, now: datetime) -> None:
        newsroom, _ = read_newsroom(folder, config)
        site, _ = arrange(newsroom, config, now)
        self._plan = Plan(site, config, ())

    def _address_of(self, path: str) -> str:
        """Where a text stands, or will: hidden ones too may be asked for."""
        hidden = self._plan.site.hidden.get(path)
        return address_of_text(hidden) if hidden else self._plan.address_of(path)

    def body(self, source: Source, language: str) -> Body:
        """All that rendering a text of the site takes."""
        address = self._address_of(source.path) or "/"
        return self._plan.links.body(source, address, language)


def _language_of(front: FrontMatter) -> str:
    """The language that a text's settings name, if they do."""
    named = (front.values.get(key) for key in ("lang", "language"))
    return next((one for one in named if isinstance(one, str) and not language_fault(one)), "")


def _opened(path: str, data: bytes) -> FrontMatter | tuple[Problem, ...]:
    """A text's settings and body; the whole is body where it begins with no settings."""
    text = decode(data, path=path)
    if not isinstance(text, str):
        return (text,)
    split = split_front_matter(data, path=path) if FENCE.match(text) else ()
    if isinstance(split, FrontMatter) or SETTINGS.match(text):
        return split
    return FrontMatter(path, {}, text, 1)


def _renamed(problems: tuple[Problem, ...], path: str) -> tuple[Problem, ...]:
    """Problems of a text under the name that was asked for."""
    return tuple(replace(one, place=replace(one.place, path=path)) for one in problems)
