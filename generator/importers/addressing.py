"""Writing a text so that it stands where it stood: by the pattern, by its `url`, or redirected."""

import posixpath
from collections.abc import Iterable, Iterator
from datetime import datetime

from generator.importers.claims import Claims
from generator.importers.mending import mended
from generator.importers.new_config import thawed
from generator.importers.old_site import OldText, Row, State, TextKind
from generator.importers.redirect_rows import encoded
from generator.importers.shown import Shown
from generator.model.addresses import (
    AUTHORS,
    PAGE,
    TAGS,
    archive_address,
    author_address,
    section_address,
    tag_address,
)
from generator.model.article import Article, Page
from generator.model.config import Config
from generator.model.frozen import FrozenMap, freeze_map
from generator.model.problems import Problem
from generator.model.redirects import MOVED
from generator.model.values import frozen
from generator.model.written_addresses import written_address
from generator.read.articles import read_article
from generator.read.entries import read_page
from generator.read.front_matter import dump_front_matter
from generator.read.slugs import slugify

CONTROLS = {code: None for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF) if code not in (9, 10, 13)}
"""What no text may hold: Broadsheet refuses it, and nobody ever saw it."""

NEEDED = frozenset({"title", "date", "draft", "embargo", "expires", "noindex", "extra"})
"""Keys of which a text is nothing without them, or seen by those who must not."""
NO_LISTS = frozenset({tag_address(PAGE), author_address(PAGE)})
"""Where no list can stand: what would be called so has a file of another name."""


@frozen
class Addressed:
    """A text as it is written, what readers will see of it, and what is to be said of it.

    `until` and `since` say when readers have it: an instant that bounds that, or nothing.
    """

    content: str
    html: str = ""
    redirects: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


class Addresser:
    """Gives each text the address that it had: by the pattern, by its `url`, or by a redirect."""

    def __init__(
        self, config: Config, slugs: frozenset[str], claims: Claims, now: datetime
    ) -> None:
        self._config, self._slugs, self._claims, self._now = config, slugs, claims, now
        self._shown = Shown()
        self._living: set[str] = {"/", "/archive/", TAGS, AUTHORS}
        self._lists: list[tuple[str, str]] = []

    @property
    def living(self) -> set[str]:
        """The addresses of all pages: texts, and the lists that a public text stands in."""
        named = {here for usual, here in self._lists if usual in self._living}
        return (self._living | named) - NO_LISTS

    def addressed(self, number: int, text: OldText) -> Addressed:
        """A text's file, with all its old addresses leading there."""
        head: dict[str, object] = dict(text.head.items_)
        body, rendered = mended(text.body.translate(CONTROLS), self._shown)
        if text.state is State.DRAFT:
            head["draft"] = True
        if text.kind not in (TextKind.ARTICLE, TextKind.PAGE):
            here = _list_at(text, posixpath.splitext(posixpath.basename(text.name))[0])
            if text.kind is TextKind.SECTION:
                self._living.add(here)  # it has a page though no story is in it
            by_name = slugify(text.head.text("title") or text.head.text("name"))
            self._lists.append((_list_at(text, by_name), here))
            others = (one for one in text.addresses if one != here)
            redirects = tuple((one, here, MOVED) for one in self._claims.free(others, number))
            return Addressed(_content(head, body), rendered.html, redirects)
        if isinstance(section := head.get("section"), str):
            head["section"] = self._claims.section(section, self._config.language)
        head, found, problems = self._placed(number, text, head)
        here = found.address if found else ""
        had = [*text.addresses, *map(str, _list_of(head.get("aliases")))]
        others = (one for one in dict.fromkeys(had) if one != here)
        free = self._claims.free(filter(self._is_fit, others), number)
        aliases = [*free] if text.state is State.PUBLIC else []
        head["aliases"] = [encoded(one) for one in aliases if "?" not in one]
        redirects = tuple((one, here, MOVED) for one in aliases if here and "?" in one)
        if not head["aliases"]:
            del head["aliases"]
        since = max(found.date, found.embargo or found.date) if isinstance(found, Article) else None
        until = found.expires if isinstance(found, Article) else None
        is_seen = not (since and since > self._now) and not (until and until <= self._now)
        if found and text.state is State.PUBLIC and is_seen:
            self._living.update(_stands(found))
        content = _content(head, body)
        errors = tuple(one for one in (*problems, *rendered.problems) if one.is_error)
        return Addressed(content, rendered.html, redirects, errors, since, until)

    def _is_fit(self, address: str) -> bool:
        """Whether a redirect can name an old address."""
        path = encoded(address.partition("?")[0]) or "/"
        return not written_address(path, self._config.base)[1]

    def _placed(
        self, number: int, text: OldText, head: dict[str, object]
    ) -> tuple[dict[str, object], Article | Page | None, tuple[Problem, ...]]:
        """The head that puts a text where it stood, where one can; and what it makes."""
        wanted = self._claims.address(number, text)
        head, found, problems = self._accepted(text, head)
        if found is None:
            head, found, problems = self._somewhere(number, text, head, wanted)
        if not wanted or (found and found.address == wanted):
            return head, found, problems
        last = wanted.strip("/").rpartition("/")[2].removesuffix(".html")
        for more in ({"slug": last}, {"url": encoded(wanted)}):
            again = {**head, **more}
            there, faults = self._read(text, again)
            if there and there.address == wanted:
                return again, there, faults
        return head, found, problems

    def _accepted(
        self, text: OldText, head: dict[str, object]
    ) -> tuple[dict[str, object], Article | Page | None, tuple[Problem, ...]]:
        """A head without values that no text may have here: these are kept under `extra`."""
        found, problems = self._read(text, head)
        for key in tuple(head):
            faults = sum(one.is_error for one in problems)
            if not faults or key in NEEDED:
                continue
            extra = head.get("extra")
            kept: dict[object, object] = dict(extra.items_) if isinstance(extra, FrozenMap) else {}
            tried = {name: value for name, value in head.items() if name not in (key, "extra")}
            tried["extra"] = freeze_map({**kept, key: head[key]})
            there, others = self._read(text, tried)
            if sum(one.is_error for one in others) < faults:
                head, found, problems = tried, there, others
        return head, found, problems

    def _somewhere(
        self, number: int, text: OldText, head: dict[str, object], wanted: str
    ) -> tuple[dict[str, object], Article | Page | None, tuple[Problem, ...]]:
        """A head with an address for a text whose name makes none, as near as can be."""
        ways = ({"url": encoded(wanted)} if wanted else {}, {"url": f"/untitled-{number}/"})
        for more in filter(None, ways):
            there, faults = self._read(text, {**head, **more})
            if there:
                return {**head, **more}, there, faults
        return head, *self._read(text, head)

    def _read(
        self, text: OldText, head: dict[str, object]
    ) -> tuple[Article | Page | None, tuple[Problem, ...]]:
        """What Broadsheet makes of a text's settings, and what it has against them."""
        data = _content(head, "").encode("utf-8", "replace")
        found: Article | Page | None
        if text.kind is TextKind.ARTICLE:
            found, problems = read_article(text.name, data, self._config, self._slugs)
        else:
            found, problems = read_page(text.name, data, self._config)
        return found, problems


def _stands(found: Article | Page) -> Iterator[str]:
    """The address of a text, and of every list that it stands in."""
    yield found.address
    if isinstance(found, Article):
        yield section_address(found.section)
        yield from (tag_address(tag.slug) for tag in found.tags)
        yield from (author_address(author.slug) for author in found.authors)
        yield archive_address(found.date.year)
        yield archive_address(found.date.year, found.date.month)


def _list_at(text: OldText, slug: str) -> str:
    """Where the list of a section, a tag or an author stands that has this slug."""
    makers = {TextKind.SECTION: section_address, TextKind.TAG: tag_address}
    return makers.get(text.kind, author_address)(slug)


def _content(head: dict[str, object], body: str) -> str:
    values = {key: _clean(thawed(value)) for key, value in head.items()}
    text = body.strip("\n")
    return dump_front_matter(values) + (f"\n{text}\n" if text else "")  # type: ignore[arg-type]


def _clean(value: object) -> object:
    """A value without what no text may hold."""
    if isinstance(value, str):
        return value.translate(CONTROLS).replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, list):
        return [_clean(inner) for inner in value]
    if isinstance(value, dict):
        return {str(key).translate(CONTROLS): _clean(inner) for key, inner in value.items()}
    return value


def _list_of(value: object) -> Iterable[object]:
    if isinstance(value, tuple | list):
        return value
    return (value,) if value else ()
