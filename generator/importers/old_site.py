"""What every importer of an old site gives: its texts as Broadsheet writes them, and its settings.

An importer reads a project or an export and yields an `OldText` for each text; it writes nothing.
Filing, the configuration, redirects, the report and the proof are the same for all of them.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from generator.model.frozen import EMPTY, FrozenMap, freeze, freeze_map
from generator.model.values import frozen

Row = tuple[str, str, int]
"""A row of `redirects.csv`: an old address, the new one, and the status."""


class TextKind(StrEnum):
    """What a text becomes: the folder under `content/` that it is written to."""

    ARTICLE = "articles"
    PAGE = "pages"
    TAG = "tags"
    SECTION = "sections"
    AUTHOR = "authors"


class State(StrEnum):
    """Who could see a text on the old site, by its generator's own rules."""

    PUBLIC = "public"
    DRAFT = "draft"  # written with `draft: true`; in doubt this
    SCHEDULED = "scheduled"  # found out when it is filed: its date lies in the future
    EXPIRED = "expired"  # found out when it is filed, as well
    LEFT_OUT = "left out"  # not written at all: no text of its own, or nothing a reader ever had


@frozen
class OldFile:
    """A picture or another file of the old site.

    `target` is where it goes, relative to the site (`static/images/a.jpg`, or beside its story);
    `source` is the file on disk. With `data` the bytes come from an export instead.
    """

    target: str
    source: Path | None = None
    data: bytes | None = None


@frozen
class OldText:
    """One text of the old site, as it will stand in this one.

    `source` names it to people: a path in the old project, or `wordpress post 123`. `name` is the
    file's path below its kind's folder, without `.md` (`2014/the-flood`). `head` has our keys, in
    the order in which they are written; what has no meaning here stands under `extra`.
    `body` is Markdown as Broadsheet reads it. `addresses` are those that it had, decoded, from the
    site's root, its own one first, then what led to it (`/?p=12`); none where it never had one.
    `place` is where it is to stand instead, if no page can stand at the first of them.
    `seen` is what a reader of the old site saw of the body, as HTML by the old generator's rules
    with every shortcode as it was shown: the proof compares its words, pictures and links. Left
    empty it is what `body` shows.
    `reason` says why a text is no public one.
    """

    source: str
    kind: TextKind
    name: str
    head: FrozenMap
    body: str
    state: State = State.PUBLIC
    reason: str = ""
    addresses: tuple[str, ...] = ()
    seen: str = ""
    files: tuple[OldFile, ...] = ()
    place: str = ""

    @property
    def wanted(self) -> str:
        """Where it is to stand; "" where that does not matter."""
        return self.place or next(iter(self.addresses), "")


def left_out(source: str, kind: TextKind, reason: str) -> OldText:
    """A text that is not written at all."""
    return OldText(source, kind, source, EMPTY, "", State.LEFT_OUT, reason)


@frozen
class Remark:
    """Something that a person ought to know, told once for all texts that it is true of.

    `kind` is the cause in few words (`shortcode "chart" has no meaning here`), `hint` what to do.
    Remarks of one kind are counted; the first `place`s are shown. `is_loss` says that something of
    the old site is not in the new one.
    """

    kind: str
    place: str
    hint: str = ""
    is_loss: bool = False


CURLED = freeze_map({"markdown": {"smart_quotes": True}})
"""The options of a site whose generator curled quotes and joined dashes."""


@frozen
class OldSettings:
    """What the old site's configuration says, as far as it has a meaning here.

    `address_patterns` are candidates for `permalink`, likeliest first, in our words
    (`/:year/:month/:title.html`); the one that says most addresses rightly is taken.
    `redirects` are for addresses that are no text's.
    """

    generator: str
    title: str = ""
    base_url: str = ""
    description: str = ""
    language: str = ""
    timezone: str = ""
    sections: tuple[str, ...] = ()
    navigation: tuple[tuple[str, str], ...] = ()
    address_patterns: tuple[str, ...] = ()
    options: FrozenMap = EMPTY
    redirects: tuple[Row, ...] = ()


def as_head(values: Mapping[str, object]) -> FrozenMap:
    """Keys and values as the head of a text."""
    return FrozenMap(tuple((key, freeze(value)) for key, value in values.items()))


class OldSite(Protocol):
    """An old site that is open for reading. Made by an importer's `open_site(path, asked)`.

    `texts` may be long: it is read once, in a stable order, and never held whole. `settings`,
    `files` (what belongs to no text) and `remarks` are asked for when `texts` is at its end.
    """

    def texts(self) -> Iterator[OldText]:
        """Every text, each once."""
        ...

    def settings(self) -> OldSettings:
        """What the configuration says, and what was learned from the texts."""
        ...

    def files(self) -> Iterator[OldFile]:
        """Files that belong to no text: those that were published as they are."""
        ...

    def remarks(self) -> Iterator[Remark]:
        """What people ought to know."""
        ...


@frozen
class ImportAsked:
    """What was asked of an import: `media` is a folder with the pictures of an export.

    `now` is the instant at which what was scheduled or has expired is told from the rest.
    """

    media: Path | None = None
    now: datetime | None = None
