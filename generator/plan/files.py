"""Files published as they are: `static/`, and what lies beside a published text."""

import posixpath
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Self

from generator.media.findings import KEPT_HINT, TELLS_MORE
from generator.model.addresses import output_path, owners_of
from generator.model.article import SourceFile
from generator.model.caches import keep
from generator.model.config import PictureOptions
from generator.model.outputs import FileCopy, Output
from generator.model.pictures import PictureFile
from generator.model.problems import Place, Problem, warning
from generator.model.site import Site
from generator.plan.change import Change
from generator.plan.kind import Kind, Whole
from generator.plan.own_files import (
    BUNDLING,
    INDEX,
    ROOTS,
    Bundles,
    Text,
    bundled_file,
    is_merged,
    named_files,
    named_in_head,
    naming,
    static_address,
    text_of,
)
from generator.plan.variants import recipe_of

MOST_TEXTS = 256
"""Texts whose files are kept by their addresses."""


class Files(Kind):
    """A copy of every file under `static/` and of every file that a published text names."""

    order = 0

    def __init__(self, plan: Whole) -> None:
        super().__init__(plan)
        self._own: dict[str, dict[str, SourceFile]] = {}

    def slots(self) -> Iterator[Output]:
        """Every copy, made at once: it holds no more than a path and a digest."""
        files = self.site.files
        copies = {
            (static_address(file), path): file
            for path, file in files.items()
            if path.startswith("static/") and not is_merged(path, self.site, self.config)
        }
        texts = [*self._texts()]
        bundles = Bundles(texts, files)
        for text in texts:
            for own in (*named_files(text, files), *bundles.files_of(text)):
                copies[own.address, own.file.path] = own.file
        options = self.config.pictures
        return (_published(address, file, options) for (address, _), file in copies.items())

    def _texts(self) -> Iterator[Text]:
        """Every published text that may have files of its own."""
        yield from naming(self.site.articles)
        yield from self._few_texts.values()

    @cached_property
    def _few_texts(self) -> dict[str, Text]:
        """Those that are no stories, by address."""
        found = {}
        for path, text in self.site.texts.items():
            if address := self.plan.address_of(path):
                found[address] = Text(text.source, address, named_in_head(text))
        return found

    def at(self, address: str) -> Output | None:
        """The copy at an address."""
        place = "/" + output_path(address)  # a file may be named index.html
        path = f"static{place}"
        is_ours = is_merged(path, self.site, self.config)
        file = None if is_ours else self.site.files.get(path) or self._own_file(place)
        return _published(place, file, self.config.pictures) if file else None

    def has(self, address: str) -> bool:
        """Whether a copy stands at an address."""
        return self.at(address) is not None

    def _own_file(self, address: str) -> SourceFile | None:
        folder = address
        while folder.strip("/"):
            folder = posixpath.dirname(folder)
            for text in filter(None, map(self._text_at, owners_of(folder))):
                found = self._named_by(text).get(address)
                if found or (found := bundled_file(text, address, self.site)):
                    return found
        return None

    def _named_by(self, text: Text) -> dict[str, SourceFile]:
        """The files that a text names, by address; each of many links may ask."""
        known = self._own.get(text.address)
        if known is None:
            known = {own.address: own.file for own in named_files(text, self.site.files)}
            keep(self._own, text.address, known, MOST_TEXTS)
        return known

    def _text_at(self, address: str) -> Text | None:
        story = self.site.article_at.get(address)
        return text_of(story) if story else self._few_texts.get(address)

    def address_of(self, path: str) -> str:
        """Where a file under `static/` stands."""
        return path.removeprefix("static") if path.startswith("static/") else ""

    def listed(self) -> Iterable[tuple[str, datetime | None]]:
        """None: they are no pages."""
        return ()

    def touched(self, change: Change, before: Self) -> Iterator[str]:
        """The files that are others, and those of texts that are others, or stand elsewhere."""
        yield from (path.removeprefix("static") for path in change.files)
        for edit in change.edits:
            for article, there in ((edit.old, before), (edit.new, self)):
                if article:
                    yield from there._files_of(text_of(article))  # noqa: SLF001 - its own kind
        texts = change.texts.union(a.source.path for edit in change.edits for a in edit)
        # A text in a folder within another's takes files along that were the other's.
        inner = (path for path in texts if path.endswith(BUNDLING))
        naming = change.naming(change.files) | change.texts
        for path in naming | self._bundling({*change.files, *inner}):
            yield from before._of_source(path)
            yield from self._of_source(path)

    def _bundling(self, files: Iterable[str]) -> frozenset[str]:
        """The texts in whose folders some files lie, if they take all files of the folder along."""
        folders = {folder for path in files for folder in _folders_of(path)}
        return frozenset(f"{folder}/{name}" for folder in folders for name in INDEX)

    def _of_source(self, path: str) -> Iterator[str]:
        article = self.site.article_of.get(path)
        address = self.plan.address_of(path)
        text = text_of(article) if article else self._few_texts.get(address)
        if text:
            yield from self._files_of(text)

    def _files_of(self, text: Text) -> Iterator[str]:
        """The addresses of the files that go with a text."""
        yield from (own.address for own in named_files(text, self.site.files))
        yield from (own.address for own in Bundles([text], self.site.files).files_of(text))


def telling_files(files: Iterable[SourceFile]) -> Iterator[tuple[str, Problem]]:
    """A warning for every file that would tell readers more than is seen."""
    for file in files:
        if file.tells:
            message = f"{TELLS_MORE}: {file.tells}"
            yield file.path, warning(Place(file.path), message, KEPT_HINT)


def _published(address: str, file: SourceFile, options: PictureOptions) -> Output:
    """A file at its own address: as it is, or a picture as large as readers need it."""
    rendition = recipe_of(options).own(file) if file.raster else None
    digest, path = file.digest, file.path
    value = PictureFile(path, digest, rendition) if rendition else FileCopy(path, digest)
    return Output(address.lstrip("/"), value, "", path)


def _folders_of(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path


def unnamed_files(site: Site, among: Iterable[str]) -> Iterator[tuple[str, Problem]]:
    """A warning for every file under `content/` that no text names, hidden texts included.

    Not for one in the folder of a text that could not be read, which may well name it.
    """
    doubtful = {posixpath.dirname(path) for path in site.broken}
    hint = "Name it in a text beside it, move it to static/, or begin its name with _."
    for path in among:
        is_own = path.startswith("content/") and path in site.every_file
        if is_own and not _is_named(path, site) and doubtful.isdisjoint(_folders_of(path)):
            message = "no text names this file: it is not published"
            yield path, warning(Place(path), message, hint)


def _is_named(path: str, site: Site) -> bool:
    """Whether some text names a file, or takes it along with its folder."""
    if site.mentions.of(path):
        return True
    folders = (folder for folder in _folders_of(path) if folder.startswith(ROOTS))
    texts = (f"{folder}/{name}" for folder in folders for name in INDEX)
    return any(
        text in site.article_of or text in site.texts or text in site.hidden for text in texts
    )


def files_to_name(change: Change) -> frozenset[str]:
    """The files of which it may have become known, or unknown, who names them."""
    bundles = tuple(posixpath.dirname(p) + "/" for p in change.news if p.endswith(INDEX))
    found = change.news | change.named
    if bundles:
        found |= {path for path in change.after.every_file if path.startswith(bundles)}
    return frozenset(path for path in found if path.startswith("content/"))
