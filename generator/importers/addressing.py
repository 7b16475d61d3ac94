"""Writing a text so that it stands where it stood: by the pattern, by its `url`, or redirected."""

from collections.abc import Iterable

from generator.importers.new_config import thawed
from generator.importers.old_site import OldText, State, TextKind
from generator.model.article import Article, Page
from generator.model.config import Config
from generator.model.problems import Problem
from generator.model.values import frozen
from generator.read.articles import read_article
from generator.read.entries import read_page
from generator.read.front_matter import dump_front_matter

CONTROLS = {code: None for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF) if code not in (9, 10, 13)}
"""What no text may hold: Broadsheet refuses it, and nobody ever saw it."""


@frozen
class Addressed:
    """A text as it is written, and what is to be said of it."""

    content: str
    redirects: tuple[tuple[str, str, int], ...] = ()
    problems: tuple[Problem, ...] = ()


class Addresser:
    """Gives each text the address that it had: by the pattern, by its `url`, or by a redirect."""

    def __init__(self, config: Config, slugs: frozenset[str]) -> None:
        self._config, self._slugs = config, slugs

    def addressed(self, text: OldText) -> Addressed:
        """A text's file, with all its old addresses leading there."""
        head: dict[str, object] = dict(text.head.items_)
        if text.state is State.DRAFT:
            head["draft"] = True
        if text.kind not in (TextKind.ARTICLE, TextKind.PAGE):
            return Addressed(_content(head, text.body))
        wanted = next(iter(text.addresses), "")
        here, problems = self._address(text, head)
        if wanted and here != wanted:
            there, faults = self._address(text, with_url := {**head, "url": wanted})
            if there == wanted:
                head, here, problems = with_url, there, faults
        aliases = text.addresses[here == wanted :]
        plain = [one for one in aliases if one != here and "?" not in one and "#" not in one]
        if plain and text.state is State.PUBLIC:
            head["aliases"] = [*_list_of(head.get("aliases")), *dict.fromkeys(plain)]
        asked = (one for one in aliases if "?" in one)
        redirects = tuple((one, here, 301) for one in asked) if here else ()
        return Addressed(_content(head, text.body), redirects, problems)

    def _address(self, text: OldText, head: dict[str, object]) -> tuple[str, tuple[Problem, ...]]:
        """Where Broadsheet puts a text, and what it has against it."""
        data = _content(head, text.body).encode("utf-8", "replace")
        found: Article | Page | None
        if text.kind is TextKind.ARTICLE:
            found, problems = read_article(text.name, data, self._config, self._slugs)
        else:
            found, problems = read_page(text.name, data, self._config)
        return (found.address if found else ""), problems


def _content(head: dict[str, object], body: str) -> str:
    values = {key: _clean(thawed(value)) for key, value in head.items()}
    text = body.translate(CONTROLS).strip("\n")
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
