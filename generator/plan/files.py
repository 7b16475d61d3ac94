"""Files published as they are: `static/`, and what lies beside a published text."""

import posixpath
from collections.abc import Callable

from generator.model.article import Newsroom, SourceFile
from generator.model.config import Config
from generator.model.outputs import FileCopy, Output
from generator.model.plan import Planned
from generator.model.problems import Place, Problem, warning
from generator.model.site import Site
from generator.plan.links import LinkResolver
from generator.plan.own_files import (
    Bundles,
    Text,
    bundled_file,
    named_files,
    naming,
    static_address,
    texts_of,
)
from generator.plan.subjects import all_subjects


def plan_files(site: Site, config: Config, links: LinkResolver) -> Planned[Output]:  # noqa: ARG001 - a planner
    """A copy of every file under `static/` and of every file that a published text names."""
    texts = [*naming(site.articles), *naming(site.pages)]
    bundles = Bundles(texts, site.files)
    texts += (
        Text(subject.source, subject.front, subject.image)
        for subject in all_subjects(site, config)
        if subject.source
    )
    copies = {
        (static_address(file), path): file
        for path, file in site.files.items()
        if path.startswith("static/")
    }
    for text in texts:
        for own in (*named_files(text, site.files), *bundles.files_of(text)):
            copies[own.address, own.file.path] = own.file
    return tuple(
        Output(address.lstrip("/"), FileCopy(path, file.digest), "", path)
        for (address, path), file in copies.items()
    ), ()


def file_at(path: str, site: Site, text_at: Callable[[str], Text | None]) -> Output | None:
    """The copy that is published at a path, if there is one; `text_at` knows texts by address."""
    address = "/" + path
    static = site.files.get(f"static/{path}")
    own = static or _own_file_at(address, site, text_at)
    return Output(path, FileCopy(own.path, own.digest), "", own.path) if own else None


def _own_file_at(
    address: str, site: Site, text_at: Callable[[str], Text | None]
) -> SourceFile | None:
    folder = address
    while folder not in ("", "/"):
        folder = posixpath.dirname(folder)
        if text := text_at(folder.rstrip("/") + "/"):
            named = named_files(text, site.files)
            found = next((own.file for own in named if own.address == address), None)
            if found or (found := bundled_file(text, address, site)):
                return found
    return None


def unnamed_files(newsroom: Newsroom) -> tuple[Problem, ...]:
    """A warning for every file under `content/` that no text names, hidden texts included.

    Not for one in the folder of a text that could not be read, which may well name it.
    """
    files = {file.path: file for file in newsroom.files}
    texts = tuple(texts_of(newsroom))
    bundles = Bundles(texts, files)
    known = {
        own.file.path
        for text in texts
        for own in (*named_files(text, files), *bundles.files_of(text))
    }
    doubtful = {posixpath.dirname(path) for path in newsroom.broken}
    hint = "Name it in a text beside it, move it to static/, or begin its name with _."
    return tuple(
        warning(Place(path), "no text names this file: it is not published", hint)
        for path in files
        if path.startswith("content/") and path not in known and not _lies_in(path, doubtful)
    )


def _lies_in(path: str, folders: set[str]) -> bool:
    return any(path.startswith(folder + "/") for folder in folders)
