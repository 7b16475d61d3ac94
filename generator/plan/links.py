"""Links in bodies: where each target that a text names leads, on this site."""

import posixpath
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from urllib.parse import unquote

from generator.model.addresses import AUTHORS, PAGE, TAGS, archive_address, numbered_address
from generator.model.article import Article, Page, Source
from generator.model.body import Body, ResolvedTarget, template_hint
from generator.model.config import Config
from generator.model.site import Site
from generator.plan.numbering import older_pages
from generator.plan.own_files import (
    ABSOLUTE,
    TEXT,
    Bundles,
    named_files,
    naming,
    own_file,
    path_of,
    static_address,
    static_file,
    text_of,
    text_path,
)
from generator.plan.subjects import all_subjects

NO_TEXT = "Write its path, relative to this text's or from content/: /articles/2024/story.md."
NOTHING = "Check the spelling; a file must lie beside the article or under static/."

LONGEST_ADDRESS = 2000
"""Characters; nothing is published at a longer one."""
MOST_TEXTS_KEPT = 256


class LinkResolver:
    """Resolves the targets in bodies against everything the site publishes.

    `further` gives the addresses that lead somewhere beside those of texts and listings: old
    ones, feeds, sitemaps. Made once for a plan; what it looks things up in is made when it is
    first needed.
    """

    def __init__(
        self, site: Site, config: Config, further: Callable[[], frozenset[str]] = frozenset
    ) -> None:
        self._site, self._config = site, config
        self._base = config.base
        self._language = config.language
        self._further = further

    @cached_property
    def _older_pages(self) -> dict[str, int]:
        """How many numbered pages each listing has behind its front."""
        site, size = self._site, self._config.page_size
        listings = {"/": site.articles}
        listings |= {about.front: about.articles for about in all_subjects(site, self._config)}
        return {front: older_pages(len(stories), size) for front, stories in listings.items()}

    @cached_property
    def _other_texts(self) -> dict[str, str]:
        """The addresses of texts that are no articles, by source path."""
        pages = {page.source.path: page.address for page in self._site.pages}
        subjects = all_subjects(self._site, self._config)
        return pages | {about.source.path: about.front for about in subjects if about.source}

    @cached_property
    def _other_addresses(self) -> frozenset[str]:
        """Where everything else stands that is no article."""
        indexes = _index_addresses(self._site, self._config)
        fronts = self._older_pages
        return frozenset((*self._other_texts.values(), *fronts, *indexes, *self._further()))

    def _address_of(self, file: str) -> str:
        """Where a text is published; empty when it is not."""
        article = self._site.article_of.get(file)
        return article.address if article else self._other_texts.get(file, "")

    def body(self, source: Source, address: str, language: str = "") -> Body:
        """All that rendering the body of a text published at `address` takes."""
        inner = {t.target for t in source.facts.targets if not _is_outside(t.target)}
        resolved = tuple(self._resolve(target, source.path, address) for target in sorted(inner))
        return Body(source.path, source.digest, source.facts, resolved, language or self._language)

    def _resolve(self, target: str, source_path: str, address: str) -> ResolvedTarget:
        path = path_of(target)
        tail = target[len(path) :]
        is_text = unquote(path).endswith(TEXT)
        if is_text and (found := self._resolve_text(target, path, tail, source_path)):
            return found
        file, place = None, ""
        if path.startswith("/"):
            file = static_file(path, self._site.files)
            place = static_address(file) if file else ""
        elif own := own_file(path, source_path, address, self._site.files):
            file, place = own.file, own.address
        if file:
            return ResolvedTarget(target, self._base.url(place) + tail, file.width, file.height)
        wanted = unquote(path if path.startswith("/") else _joined(address, path))
        if existing := self._existing(wanted):
            return ResolvedTarget(target, self._base.url(existing) + tail)
        what, hint = ("no such article", NO_TEXT) if is_text else ("leads nowhere", NOTHING)
        return _dead(
            target,
            f'{what}: "{target}"',
            template_hint(target) or self._capitals(path, source_path) or hint,
        )

    def _resolve_text(
        self, target: str, path: str, tail: str, source_path: str
    ) -> ResolvedTarget | None:
        """A link to another text by its file: relative, or from `content/` with a leading slash."""
        file = text_path(path, source_path)
        if address := self._address_of(file):
            return ResolvedTarget(target, self._base.url(address) + tail)
        reason = self._site.unpublished.get(file)
        if reason:
            hint = "Publish that story first, or take the link out."
            return _dead(target, f'links to "{target}", which is {reason}', hint)
        return None if reason is None else ResolvedTarget(target, "")

    def _existing(self, address: str) -> str:
        """The address as it is published: with its slash, or "" where nothing is."""
        if len(address) > LONGEST_ADDRESS:
            return ""
        for published in (address, address + "/"):
            if published in self._site.article_at or published in self._other_addresses:
                return published
        front, page, number = address.rstrip("/").rpartition(f"/{PAGE}/")
        is_number = page and number.isascii() and number.isdigit() and number[0] != "0"
        if is_number and 1 <= int(number) <= self._older_pages.get(front + "/", 0):
            return numbered_address(front + "/", int(number))
        return address if self._is_file_of_another(address) else ""

    def _is_file_of_another(self, address: str) -> bool:
        """Whether some text's own file is published at the address."""
        folder = posixpath.dirname(address)
        while folder not in ("", "/"):
            if text := self._site.article_at.get(folder + "/") or self._page_at.get(folder + "/"):
                return address in self._own_addresses(text.source.path)
            folder = posixpath.dirname(folder)
        return False

    @cached_property
    def _page_at(self) -> dict[str, Page]:
        return {page.address: page for page in reversed(self._site.pages)}

    @cached_property
    def _own_addresses(self) -> Callable[[str], frozenset[str]]:
        """Where the files of a text (by its path) are published; it may be asked for often."""

        @lru_cache(maxsize=MOST_TEXTS_KEPT)
        def find(path: str) -> frozenset[str]:
            about = text_of(self._site.article_of.get(path) or self._page_of[path])
            own = (*named_files(about, self._site.files), *self._bundles.files_of(about))
            return frozenset(file.address for file in own)

        return find

    @cached_property
    def _page_of(self) -> dict[str, Page]:
        return {page.source.path: page for page in self._site.pages}

    @cached_property
    def _bundles(self) -> Bundles:
        texts: tuple[Article | Page, ...] = (*self._site.articles, *self._site.pages)
        return Bundles(naming(texts), self._site.files)

    @cached_property
    def _by_folded_path(self) -> dict[str, str]:
        paths = (*self._site.files, *self._site.article_of, *self._other_texts)
        return {path.casefold(): path for path in paths}

    def _capitals(self, path: str, source_path: str) -> str:
        """A hint for a path that differs from a file's in capital letters only."""
        written = unquote(path)
        for wanted in (text_path(path, source_path), "static" + posixpath.normpath(written)):
            if found := self._by_folded_path.get(wanted.casefold()):
                return f'There is "{posixpath.basename(found)}": mind capital letters.'
        return ""


def _dead(target: str, fault: str, hint: str) -> ResolvedTarget:
    return ResolvedTarget(target, "", fault=fault, hint=hint)


def _is_outside(target: str) -> bool:
    return not target or target.startswith("#") or bool(ABSOLUTE.match(target))


def _joined(address: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(address, path))
    return joined + "/" if path.endswith("/") and joined != "/" else joined


def _index_addresses(site: Site, config: Config) -> Iterator[str]:
    """Where the indexes stand that are switched on."""
    on = config.outputs
    if on.tags:
        yield TAGS
    if on.authors:
        yield AUTHORS
    if on.archive:
        yield archive_address()
        yield from (archive_address(year) for year in {year for year, _ in site.months})
        yield from (archive_address(*month) for month in site.months)
