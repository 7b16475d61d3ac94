"""Heads of texts with front matter: what Hugo's and Jekyll's settings say in the same words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from generator.importers.foreign import text_of, texts_of
from generator.importers.old_site import State, TextKind, as_head
from generator.importers.people import people_in
from generator.model.article import ArticleType
from generator.model.frozen import EMPTY, FrozenMap
from generator.model.values import frozen

LISTED = ("kicker", "dateline", "location")
HOLDING = frozenset({"draft", "private", "hidden", "trash", "pending", "unpublished"})
"""What `status` says of a text that readers did not have."""
ABOUT_PICTURES = ("alt", "caption", "credit")


@frozen
class Head:
    """A text as it will be filed: `values` are our keys, `aliases` the addresses that led to it."""

    kind: TextKind
    name: str
    values: FrozenMap = EMPTY
    state: State = State.PUBLIC
    reason: str = ""
    aliases: tuple[str, ...] = ()
    had_address: bool = True


def saying(values: Mapping[str, Any], keys: Iterable[str]) -> str:
    """The first of some keys that has a text; "" for none."""
    return next((key for key in keys if text_of(values.get(key))), "")


def text_under(values: Mapping[str, Any], keys: Iterable[str]) -> str:
    """The text of the first of some keys that has one; "" for none."""
    return text_of(values.get(saying(values, keys)))


def title_of_name(name: str) -> str:
    """A title made of a file's name, for a text that has none."""
    return name.replace("-", " ").replace("_", " ").capitalize()


def type_in(values: Mapping[str, Any]) -> str:
    """The type of a story, where it is one of ours."""
    kind = text_of(values.get("type")).lower()
    return kind if kind in set(map(str, ArticleType)) else ""


def people_of(
    values: Mapping[str, Any], keys: Iterable[str], known: Callable[[str], str]
) -> dict[str, object]:
    """The authors, each as `known` names them, and the byline where it says more than names."""
    told = next(filter(None, map(values.get, keys)), None)
    if isinstance(told, str):
        names, byline = people_in(told)
        return {"authors": tuple(map(known, names)), "byline": byline}
    return {"authors": tuple(dict.fromkeys(map(known, texts_of(told))))}


def picture_of(told: object, sources: Iterable[str], file: Callable[[str], str]) -> object:
    """A picture with what is said of it; `file` tells the address of one that is there, or "".

    Of a mapping, `sources` are the keys that may name the picture.
    """
    inner: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    named = inner.get(saying(inner, sources)) if inner else told
    address = file(next(iter(texts_of(named)), ""))
    if not address:
        return None
    about = {key: text for key in ABOUT_PICTURES if (text := text_of(inner.get(key)))}
    return as_head({"src": address, **about}) if about else address
