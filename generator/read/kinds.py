"""The kinds of text that a site is written in: every other list of them is made from this one."""

from collections.abc import Callable, Iterable, Mapping
from types import GenericAlias
from typing import Any

from generator.model.address_ledger import LEDGER, AddressLedger
from generator.model.article import Article, Author, Page, Section, SourceFile, Tag
from generator.model.config import Config
from generator.model.problems import Problem
from generator.model.redirects import LISTS, RedirectList
from generator.model.values import frozen
from generator.read.address_ledger import read_ledger

Read = tuple[Any, tuple[Problem, ...]]
"""What a text holds, None where it has an error; and what is wrong with it."""
Reader = Callable[[str, bytes, Config, frozenset[str]], Read]
"""Reads a text: its path from the site's folder, its bytes, the configuration, the sections."""


@frozen
class TextKind:
    """A kind of text: the files in one folder under `content/`, or `files` at the top of a site.

    `value` is the class of what `read` makes of a file: frozen, with a `source`, and with an
    `address` where it has a page of its own; with a `draft`, it may be one.
    """

    folder: str
    value: type[Any]
    read: Reader
    files: tuple[str, ...] = ()


# Most builds have nothing to read: what these take is imported when one does.


def _article(path: str, data: bytes, config: Config, slugs: frozenset[str]) -> Read:
    from generator.read.articles import read_article  # noqa: PLC0415 - 20 ms

    return read_article(path, data, config, slugs)


def _page(path: str, data: bytes, config: Config, _: frozenset[str]) -> Read:
    from generator.read.entries import read_page  # noqa: PLC0415 - 20 ms

    return read_page(path, data, config)


def _tag(path: str, data: bytes, config: Config, _: frozenset[str]) -> Read:
    from generator.read.entries import read_tag  # noqa: PLC0415 - 20 ms

    return read_tag(path, data, config)


def _section(path: str, data: bytes, config: Config, _: frozenset[str]) -> Read:
    from generator.read.entries import read_section  # noqa: PLC0415 - 20 ms

    return read_section(path, data, config)


def _author(path: str, data: bytes, config: Config, _: frozenset[str]) -> Read:
    from generator.read.entries import read_author  # noqa: PLC0415 - 20 ms

    return read_author(path, data, config)


def _redirects(path: str, data: bytes, *_: object) -> Read:
    from generator.read.redirect_lists import read_redirects  # noqa: PLC0415 - 15 ms

    return read_redirects(path, data)


def _ledger(_: str, data: bytes, *__: object) -> Read:
    return read_ledger(data)


TextKinds = tuple[TextKind, ...]
TEXTS: TextKinds = (
    TextKind("articles", Article, _article),
    TextKind("pages", Page, _page),
    TextKind("tags", Tag, _tag),
    TextKind("sections", Section, _section),
    TextKind("authors", Author, _author),
    TextKind("", RedirectList, _redirects, files=LISTS),
    TextKind("", AddressLedger, _ledger, files=(LEDGER,)),
)


def folders_of(kinds: Iterable[TextKind]) -> tuple[str, ...]:
    """The folders in which texts are read."""
    return tuple(f"content/{kind.folder}/" for kind in kinds if kind.folder)


def files_of(kinds: Iterable[TextKind]) -> tuple[str, ...]:
    """The texts at the top of a site, where there are such."""
    return tuple(file for kind in kinds for file in kind.files)


def kind_of(path: str, kinds: Iterable[TextKind]) -> TextKind | None:
    """Which kind a text is of, by its folder, or by its name at the top of the site."""
    if "/" not in path:
        return next((kind for kind in kinds if path in kind.files), None)
    folder = path.split("/")[1:2]
    return next((kind for kind in kinds if [kind.folder] == folder), None)


def held_by(kinds: Iterable[TextKind]) -> Mapping[str, Any]:
    """What is kept of a file of each kind, by the name of its class: a value, and its problems."""
    values = (*(kind.value for kind in kinds), SourceFile)
    return {v.__name__: GenericAlias(tuple, (v, tuple[Problem, ...])) for v in values}


def keys_of_texts() -> tuple[str, ...]:
    """Every key that a text of any kind may have."""
    from generator.read.articles import KNOWN  # noqa: PLC0415 - 20 ms
    from generator.read.entries import AUTHOR_KEYS, PAGE_KEYS, SECTION_KEYS, TAG_KEYS  # noqa: PLC0415 - 20 ms

    keys = (*KNOWN, *PAGE_KEYS, *TAG_KEYS, *SECTION_KEYS, *AUTHOR_KEYS)
    return tuple(dict.fromkeys(keys))
