"""Files made of pictures: the widths, formats and parts of every picture that a text shows."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from generator.model.addresses import ABSOLUTE
from generator.model.article import Author, Image, SourceFile
from generator.model.outputs import Output
from generator.model.pictures import UNSHOWN
from generator.model.problems import Place, Problem, Severity
from generator.model.site import Site
from generator.model.values import frozen, replace
from generator.plan.change import Change
from generator.plan.kind import Kind
from generator.plan.own_files import address_of_text, naming, path_of
from generator.plan.pictures import file_of
from generator.plan.variants import ADDRESS, FOLDER, output_of, recipe_of

SAVE_AGAIN = "Save the picture again as a JPEG, PNG or WebP, and put that in its place."
RENAME = "Give its name the ending of what it is, here and in the text."


@frozen
class Use:
    """A file that a text shows as a picture; `image` where it is the text's own."""

    file: SourceFile
    image: Image | None = None
    is_cut: bool = False


class PictureFiles(Kind):
    """What is made of every picture that a published text shows."""

    order = 0
    has_texts = False

    def slots(self) -> Iterable[Output]:
        """Every file. Two pictures of one name and the same bytes share theirs."""
        found: dict[str, Output] = {}
        for text in self._texts() if self._has_any else ():
            for output in self._of_text(text):
                known = found.get(output.path)
                if known is None or output.source < known.source:
                    found[output.path] = output
        return found.values()

    @cached_property
    def _has_any(self) -> bool:
        return any(file.raster for file in self.site.files.values())

    def _texts(self) -> Iterator[Any]:
        for text in naming(self.site.articles):
            yield self.site.article_of[text.source.path]
        yield from (text for path, text in self.site.texts.items() if self.plan.address_of(path))

    def at(self, address: str) -> Output | None:
        """The file at an address."""
        found = ADDRESS.fullmatch(address)
        files = self._by_key.get(found[1], ()) if found else ()
        path = address.lstrip("/")
        made = (
            output
            for file in files
            for text in self._naming(file.path)
            for output in self._of_text(text)
            if output.path == path
        )
        return min(made, key=lambda output: output.source, default=None)

    def has(self, address: str) -> bool:
        """Whether such a file stands at an address."""
        return address.startswith(FOLDER) and self.at(address) is not None

    @cached_property
    def _by_key(self) -> dict[str, list[SourceFile]]:
        recipe, found = recipe_of(self.config.pictures), dict[str, list[SourceFile]]()
        for file in self.site.files.values():
            if file.raster:
                found.setdefault(recipe.key(file), []).append(file)
        return found

    def _naming(self, path: str) -> Iterator[Any]:
        """The published texts that name a file."""
        for source in self.site.mentions.of(path):
            if text := self._text(source):
                yield text

    def _text(self, path: str) -> Any:  # noqa: ANN401 - of any kind
        article = self.site.article_of.get(path)
        if article or not self.plan.address_of(path):
            return article
        return self.site.texts.get(path)

    def _of_text(self, text: Any) -> Iterator[Output]:  # noqa: ANN401 - of any kind
        recipe = recipe_of(self.config.pictures)
        for use in uses(text, self.site):
            yield from recipe.outputs(use.file)
            if use.is_cut:
                focus = use.image.focus if use.image else None
                yield from (output_of(made) for _, made in recipe.crops(use.file, focus))

    def listed(self) -> Iterable[tuple[str, datetime | None]]:
        """None: they are no pages."""
        return ()

    def touched(self, change: Change, before: Self) -> Iterator[str]:
        """The files of texts that are others, and of pictures that are."""
        for edit in change.edits:
            for article, there in ((edit.old, before), (edit.new, self)):
                if article:
                    yield from there._addresses(article)  # noqa: SLF001 - its own kind
        for path in change.naming(change.files) | change.texts:
            for there in (before, self):
                if text := there._text(path):  # noqa: SLF001 - as above
                    yield from there._addresses(text)  # noqa: SLF001 - as above

    def _addresses(self, text: Any) -> Iterator[str]:  # noqa: ANN401 - of any kind
        return (f"/{output.path}" for output in self._of_text(text))


def uses(text: Any, site: Site) -> Iterator[Use]:  # noqa: ANN401 - of any kind
    """The pictures made of pixels that a text shows, in its body or as its own."""
    source = text.source
    if source is None:
        return
    image: Image | None = getattr(text, "image", None) or getattr(text, "portrait", None)
    address = address_of_text(text)
    targets = (t.target for t in source.facts.targets if t.is_picture and not t.is_html)
    for target in dict.fromkeys(targets):
        path = path_of(target)
        if path and not ABSOLUTE.match(target):
            file = file_of(path, source.path, address, site.files)[0]
            if file and file.raster:
                yield Use(file)
    if image and not ABSOLUTE.match(image.src):
        file = file_of(image.src, source.path, address, site.files)[0]
        if file and file.raster:
            yield Use(file, image, is_cut=not isinstance(text, Author))


def doubtful_pictures(
    site: Site, among: Iterable[str]
) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """Pictures that are not what their names say, or that readers would not see.

    With a warning for each text that names one; a link may well lead to a TIFF.
    """
    for file in filter(None, map(site.files.get, among)):
        if kind := UNSHOWN.get(file.path.rpartition(".")[2].lower()):
            fault = f"is {kind}, which few browsers show"
            shown = where_shown(file, fault, site, is_linked_too=False)
        elif file.doubt:
            hint = RENAME if file.raster else SAVE_AGAIN
            shown = where_shown(file, file.doubt, site, hint=hint)
        else:
            continue
        yield file.path, tuple(replace(told, severity=Severity.WARNING) for told in shown)


def where_shown(
    file: SourceFile, fault: str, site: Site, *, hint: str = SAVE_AGAIN, is_linked_too: bool = True
) -> Iterator[Problem]:
    """A Problem for each text that names a faulty picture, at the place where it does."""
    for path in sorted(site.mentions.of(file.path)):
        text = site.article_of.get(path) or site.texts.get(path)
        if text is None:
            continue
        message = f'"{file.path}" {fault}'
        address = address_of_text(text)
        for target in text.source.facts.targets:
            found = file_of(path_of(target.target), path, address, site.files)[0]
            is_meant = target.is_picture or is_linked_too
            if found is file and is_meant and not ABSOLUTE.match(target.target):
                yield Problem(Place(path, target.line, target.column), message, hint)
        image: Image | None = getattr(text, "image", None) or getattr(text, "portrait", None)
        if image and file_of(image.src, path, address, site.files)[0] is file:
            key = "portrait" if isinstance(text, Author) else "image"
            yield Problem(Place(path), message, hint, keys=(key,))
