"""Why: what a published page is made of, when and why it was last made anew, whether it is stale.

Everything is looked at and nothing is written, not even under `.broadsheet/`.
"""

import errno
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from generator.media.recipe import Cleaning
from generator.model.addresses import address_of
from generator.model.cards import Card
from generator.model.config import Config
from generator.model.digests import content_digest
from generator.model.feeds import FeedItem
from generator.model.kinds import NO_KINDS, Kinds
from generator.model.outputs import FileCopy, Output
from generator.model.pictures import PictureFile
from generator.model.site import Site
from generator.model.values import frozen
from generator.plan.fingerprints import Fingerprints, parts_of, stories_in
from generator.plan.kinds import KINDS
from generator.plan.plan import Plan
from generator.publish.manifest import Manifest, Published
from generator.publish.store import load_manifest, manifest_path
from generator.read.config import load_config
from generator.read.layouts import Theme, read_theme
from generator.render.templates import THEME, Layouts
from generator.stages.pictures import fingerprint_of
from generator.stages.reasons import FILE, causes_of, in_words, reason_for, reasons_path
from generator.stages.version import code_version
from generator.state.folder import state_home
from generator.why.finding import Finder
from generator.why.glimpse import glimpsed


@frozen
class Question:
    """Which page is asked about, as typed, and with which options the site is built.

    `now` is aware.
    """

    asked: str
    site: Path
    now: datetime
    output: Path | None = None
    base_url: str = ""
    drafts: bool = False
    kinds: Kinds = NO_KINDS

    @property
    def folder(self) -> Path:
        """The published folder."""
        return self.output or self.site / "public"

    @property
    def home(self) -> Path:
        """The folder below which its state is kept."""
        return state_home(self.site, self.folder)


@frozen
class Answer:
    """What there is to tell about one published file, or one that is to be published.

    `path` is relative to the output folder, `url` absolute. `layouts` are the files of the
    page's layout and all that it extends or includes, its own first; `stories` the source paths
    of the stories it shows, `feeds` the URLs of those it announces. `fingerprint` pairs parts
    with digests. `rebuilt` is None where it is not known. `stale` says why the next build
    makes the file anew or takes it away; it is empty when it is as it should be.
    """

    path: str
    url: str
    source: str = ""
    layouts: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    fingerprint: tuple[tuple[str, str], ...] = ()
    is_built: bool = False
    is_published: bool = False
    rebuilt: datetime | None = None
    reason: str = ""
    stale: str = ""


def explain(question: Question) -> Answer:
    """What there is to tell about a page.

    Raises UnknownAddressError for one that there is not, SiteError for a faulty
    configuration, NoSiteError and OSError as a build does.
    """
    config, _ = load_config(question.site, question.base_url)
    theme, _ = read_theme(question.site, config.language, config.fonts.display)
    kinds, drafts = question.kinds, question.drafts
    site, _ = glimpsed(
        question.site, question.home, config, question.now, drafts=drafts, kinds=kinds
    )
    try:
        return _Inquiry(question, config, theme, site).answer()
    except sqlite3.Error as error:
        raise OSError(errno.EBUSY, "another build is changing what is known of the site") from error


class _Inquiry:
    """One question, asked of a site that has been arranged."""

    def __init__(self, question: Question, config: Config, theme: Theme, site: Site) -> None:
        self._question, self._config, self._theme, self._site = question, config, theme, site
        self._plan = Plan(site, config, theme.files, (*KINDS, *question.kinds.pages))
        self._layouts = Layouts(theme.own, theme.built_in)
        self._output = question.folder.resolve()
        stored = manifest_path(question.home, self._output)
        self._reasons = reasons_path(stored)
        # What SQLite has yet to take back, only a build may: nothing is written here.
        is_whole = not Path(f"{stored}-journal").exists()
        self._manifest: Manifest | None = load_manifest(stored) if is_whole else None

    def answer(self) -> Answer:
        """All there is to tell, or UnknownAddressError."""
        asked, folder = self._question.asked.strip(), self._question.site
        finder = Finder(asked, folder, self._output, self._plan, self._manifest)
        for path in finder.candidates():
            output, published = self._plan.at(path), self._published(path)
            if output or published:
                return self._told(path, output, published)
        raise finder.unknown()

    def _told(self, path: str, output: Output | None, published: Published | None) -> Answer:
        reason = reason_for(self._reasons, path, published) if published else None
        layout = output.layout if output else ""
        fingerprint = published.fingerprint if published else self._now(output)
        return Answer(
            path=path,
            url=self._config.base.absolute(address_of(path)),
            source=output.source if output else published.source if published else "",
            layouts=tuple(self._places_of(layout)) if layout else (),
            stories=tuple(self._stories_in(output)) if output else (),
            feeds=tuple(_feeds_of(output)) if output else (),
            fingerprint=tuple((str(part), text) for part, text in parts_of(fingerprint).items()),
            is_built=self._manifest is not None,
            is_published=published is not None,
            rebuilt=reason.instant if reason else None,
            reason=in_words(reason.causes, layout) if reason else "",
            stale=self._stale(path, output, published),
        )

    def _published(self, path: str) -> Published | None:
        return self._manifest.get(path) if self._manifest else None

    def _now(self, output: Output | None) -> str:
        """The fingerprint that the next build would find."""
        if output is None or isinstance(output.value, FileCopy | PictureFile):
            return ""
        options = self._config.body_options
        rendering = f"{code_version()} {options!r}"
        return Fingerprints(self._plan.frame, rendering, self._layouts.digest).of(output)

    def _stale(self, path: str, output: Output | None, published: Published | None) -> str:
        """Why the next build makes or deletes the file, or why it should."""
        if published is None:
            return "it is not published yet"
        if output is None:
            return "nothing makes it any more: the next build deletes it"
        try:
            data = (self._output / path).read_bytes()
        except OSError:
            return "it is not in the output folder any more"
        if len(data) != published.size:
            return "it was changed in the output folder"
        return self._outdated(output, published) or self._by_hand(data, published)

    def _outdated(self, output: Output, published: Published) -> str:
        """What the file is made from that is not as it was."""
        if isinstance(output.value, FileCopy):
            credit = self._config.pictures.keep_credit
            copied = Cleaning(code_version(), credit).fingerprint(output.value.digest)
            return "" if copied == published.fingerprint else in_words((FILE,))
        if isinstance(output.value, PictureFile):
            made = fingerprint_of(output.value)
            return "" if made == published.fingerprint else in_words((FILE,))
        now = published._replace(fingerprint=self._now(output))
        if now.fingerprint == published.fingerprint:
            return ""
        return in_words(causes_of(published, now), output.layout)

    def _by_hand(self, data: bytes, published: Published) -> str:
        """Whether somebody changed the file, in a way that a build does not look for."""
        if content_digest(data) == published.digest:
            return ""
        return "it was changed in the output folder, to the same size: build with --clean"

    def _places_of(self, layout: str) -> Iterator[str]:
        """The files that a layout is made of, its own first."""
        theme = self._theme
        files = {file.name: file.place for file in (*theme.built_in, *theme.own)}
        files |= {THEME + file.name: file.place for file in theme.built_in}
        names = self._layouts.dependencies(layout)
        places = dict.fromkeys(files[name] for name in (layout, *names) if name in files)
        yield from places

    def _stories_in(self, output: Output) -> Iterator[str]:
        """The source paths of the stories that a page shows, or their URLs."""
        found = dict.fromkeys(map(self._source_of, stories_in(output.value)))
        yield from (path for path in found if path)

    def _source_of(self, met: object) -> str:
        if isinstance(met, FeedItem):
            return met.path or self._source_of(met.card)
        if not isinstance(met, Card):
            return ""
        address = unquote(met.url).removeprefix(self._config.base.path)
        article = self._site.article_at.get(address)
        return article.source.path if article else met.url


def _feeds_of(output: Output) -> Iterator[str]:
    """The URLs of the feeds that a page announces."""
    head = getattr(output.value, "head", None)
    yield from (feed.url for feed in getattr(head, "feeds", ()))
