"""Own files: what lies with a text, and where it is published with it."""

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote

from generator.model.address_ledger import AddressLedger
from generator.model.addresses import (
    ABSOLUTE,
    author_address,
    files_folder,
    folder_of,
    section_address,
    tag_address,
)
from generator.model.article import (
    Article,
    Author,
    Image,
    Page,
    Section,
    Source,
    SourceFile,
    Tag,
)
from generator.model.config import Config
from generator.model.mentions import Mentions
from generator.model.redirects import RedirectList, RedirectMap
from generator.model.site import Site
from generator.model.values import frozen

INDEX = ("index.md", "index.markdown", "index.html", "index.htm")
BUNDLING = tuple(f"/{name}" for name in INDEX)
TEXT = (".md", ".markdown")
MAY_BE_TEXT = (*TEXT, ".html", ".htm")
ROOTS = ("content/articles/", "content/pages/")

Files = Mapping[str, SourceFile]


@frozen
class Text:
    """A text that may have files of its own: its source, its address, and what its head names."""

    source: Source
    address: str
    names: tuple[str, ...] = ()


@frozen
class OwnFile:
    """A file that goes with a text, and the address under which it is published with it."""

    file: SourceFile
    address: str


def text_of(text: Article | Page) -> Text:
    """A story or standing page, as far as its own files are concerned."""
    return Text(text.source, text.address, named_in_head(text))


def named_in_head(text: Any) -> tuple[str, ...]:  # noqa: ANN401 - a text of any kind
    """The files that the front matter of a text names: its picture, its sound, its film."""
    image: Image | None = getattr(text, "image", None) or getattr(text, "portrait", None)
    names = (image.src,) if image else ()
    if isinstance(text, Article) and (text.audio or text.video):
        return (*names, *(name for clip in text.clips.values() for name in clip.files))
    return names


def naming(texts: Iterable[Article | Page]) -> Iterator[Text]:
    """Those of some texts that may have files of their own, or name another text: few do."""
    for text in texts:
        source = text.source
        has_targets = source.facts.targets or source.path.endswith(BUNDLING)
        if has_targets or text.image or (isinstance(text, Article) and text.clips):
            yield text_of(text)


def text_path(path: str, source_path: str) -> str:
    """The file that a path names: beside the text, or from `content/` with a leading slash."""
    folder = "content" if path.startswith("/") else posixpath.dirname(source_path)
    return posixpath.normpath(posixpath.join(folder, unquote(path).lstrip("/")))


def path_of(target: str) -> str:
    """The target without query and fragment."""
    return target.split("#", 1)[0].split("?", 1)[0]


def own_file(target: str, source_path: str, address: str, files: Files) -> OwnFile | None:
    """The file that a relative target names, or None.

    A file below the text's folder keeps its place relative to it; one from
    elsewhere in `content/` stands directly under the address.
    """
    folder = posixpath.dirname(source_path)
    file = found_file(posixpath.join(folder, target), files)
    if file is None or not file.path.startswith("content/"):
        return None
    inside = file.path.startswith(folder + "/")
    name = file.path[len(folder) + 1 :] if inside else posixpath.basename(file.path)
    return OwnFile(file, files_folder(address) + name)


def static_file(target: str, files: Files) -> SourceFile | None:
    """The file under `static/` that a target from the site's root names, or None."""
    file = found_file("static/" + posixpath.normpath(target).lstrip("/"), files)
    return file if file and file.path.startswith("static/") else None


def static_address(file: SourceFile) -> str:
    """Where a file under `static/` is published."""
    return "/" + file.path.removeprefix("static/")


def is_merged(path: str, site: Site, config: Config) -> bool:
    """Whether a file of the site's own is published in one file with lines of ours."""
    on = config.outputs
    is_on = {
        "static/_redirects": on.redirects_file,
        "static/_headers": on.headers_file,
        "static/.htaccess": RedirectMap.APACHE in config.redirect_maps,
        "static/robots.txt": on.robots and not config.base.path,
    }
    file = site.files.get(path) if is_on.get(path) else None
    return file is not None and bool(file.text or not file.size)


def own_text(address: str, site: Site, config: Config) -> str:
    """The site's own lines for a file that is merged with ours; they come first."""
    path = f"static{address}"
    text = site.files[path].text if is_merged(path, site, config) else ""
    return text + "\n" if text and not text.endswith("\n") else text


def found_file(path: str, files: Files) -> SourceFile | None:
    """The file at a path, which may be percent-encoded and go up and down folders.

    Accents may be stored in another way in its name, as macOS and some archives do (NFD).
    """
    file = files.get(posixpath.normpath(path))
    if file is None and "%" in path:
        path = unquote(path)
        file = files.get(posixpath.normpath(path))
    if file is None and not path.isascii():
        found = (files.get(form) for form in forms_of(posixpath.normpath(path)))
        return next(filter(None, found), None)
    return file


def forms_of(path: str) -> tuple[str, str]:
    """A path with its accents within its letters, and apart from them."""
    return normalize("NFC", path), normalize("NFD", path)


def named_files(text: Text, files: Files) -> Iterator[OwnFile]:
    """The own files that a text names, in its body or in its head."""
    if not (text.source.facts.targets or text.names):
        return
    targets = {path_of(target.target) for target in text.source.facts.targets} | {*text.names}
    for target in sorted(targets):
        if target and not target.startswith("/") and not ABSOLUTE.match(target):
            own = own_file(target, text.source.path, text.address, files)
            if own:
                yield own


class Bundles:
    """The folders that are one text each: those with an `index.md`; all their files go with it.

    A file in a folder within such a folder goes with the nearest `index.md`.
    """

    def __init__(self, texts: Iterable[Text], files: Files) -> None:
        self._files: dict[str, list[SourceFile]] = {}
        for text in texts:
            if folder := _bundle(text.source.path):
                self._files[folder] = []
        if self._files:
            for file in files.values():
                self._add(file)

    def _add(self, file: SourceFile) -> None:
        folder = posixpath.dirname(file.path)
        while folder and folder not in self._files:
            folder = posixpath.dirname(folder)
        if folder:
            self._files[folder].append(file)

    def files_of(self, text: Text) -> Iterator[OwnFile]:
        """The files in the folder of an `index.md`; none for any other text."""
        folder = _bundle(text.source.path)
        for file in self._files.get(folder, ()):
            yield OwnFile(file, files_folder(text.address) + file.path[len(folder) + 1 :])


def _bundle(path: str) -> str:
    """The folder that a text stands for, or nothing."""
    folder, _, name = path.rpartition("/")
    is_one = name.startswith("index.") and folder.startswith(ROOTS)
    return folder if is_one and posixpath.splitext(name)[0] == "index" else ""


def bundled_file(text: Text, address: str, site: Site) -> SourceFile | None:
    """The file that an `index.md` takes with it to an address; None for any other text."""
    bundle = _bundle(text.source.path)
    inside = address.removeprefix(files_folder(text.address))
    file = site.files.get(f"{bundle}/{inside}") if bundle else None
    if file is None:
        return None
    texts = {page.source.path for page in site.pages}
    folder = posixpath.dirname(file.path)
    while folder != bundle:
        # The folder of another `index.md`, further in: the file goes with that one.
        if any(f in site.article_of or f in texts for f in (f"{folder}/{name}" for name in INDEX)):
            return None
        folder = posixpath.dirname(folder)
    return file


@dataclass(frozen=True, slots=True, eq=False)
class Shown(Mapping[str, SourceFile]):
    """The files that belong not to hidden texts alone, by path."""

    every: Files
    concealed: frozenset[str]

    def __getitem__(self, path: str) -> SourceFile:
        """What is known of a file."""
        if path in self.concealed:
            raise KeyError(path)
        return self.every[path]

    def __contains__(self, path: object) -> bool:
        """Whether there is such a file, and readers may see it."""
        return path not in self.concealed and path in self.every

    def __iter__(self) -> Iterator[str]:
        """The paths of all files that readers may see."""
        return (path for path in self.every if path not in self.concealed)

    def __len__(self) -> int:
        """How many files there are."""
        return sum(1 for _ in self)


def concealed_files(
    hidden: Iterable[Article | Page], files: Files, mentions: Mentions, unseen: Collection[str]
) -> frozenset[str]:
    """The files that belong to `hidden` texts, whose paths are `unseen`, and to no others.

    What a hidden text names, or what lies in its folder, stays hidden with it, unless
    another text names it too.
    """
    texts = [text_of(text) for text in hidden]
    bundles = Bundles(texts, files) if any(_bundle(text.source.path) for text in texts) else None
    theirs = {own.file.path for text in texts for own in named_files(text, files)}
    if bundles:
        theirs |= {own.file.path for text in texts for own in bundles.files_of(text)}
    return frozenset(path for path in theirs if mentions.of(path) <= {*unseen})


def mentions_of(text: Any) -> frozenset[str]:  # noqa: ANN401 - a text of any kind
    """All that a text names: the paths of texts and files, and addresses without a last slash.

    Where it cannot be told which of some is meant, it is all of them.
    """
    source: Source | None = text.source
    names = named_in_head(text)
    if source is None or not (source.facts.targets or names):
        return frozenset()
    targets = {target.target for target in source.facts.targets} | {*names}
    return frozenset(
        name
        for target in targets
        if target and target[0] != "#" and not ABSOLUTE.match(target)
        for name in _names_of(path_of(target), source.path, address_of_text(text))
    )


def _names_of(path: str, source_path: str, address: str) -> Iterator[str]:
    """What a path in a text at `source_path`, published at `address`, may stand for."""
    folder = posixpath.dirname(source_path)
    spelt = {path, unquote(path), unquote(path).removesuffix("index.html")}
    if not unquote(path).isascii():
        spelt |= {form for one in spelt for form in forms_of(one)}
    for written in spelt:
        if written.startswith("/"):
            yield posixpath.normpath("static/" + written.lstrip("/"))
            yield posixpath.normpath("content/" + written.lstrip("/"))
            yield written.rstrip("/")
        else:
            yield posixpath.normpath(posixpath.join(folder, written))
            yield posixpath.normpath(posixpath.join(folder_of(address), written))


def address_of_text(text: Any) -> str:  # noqa: ANN401 - a text of any kind
    """Where a text is published; every kind says so by an address or a slug."""
    match text:
        case Tag():
            return tag_address(text.slug)
        case Section():
            return section_address(text.slug)
        case Author():
            return author_address(text.slug)
        case RedirectList() | AddressLedger():
            return ""
    address: str = text.address
    return address
