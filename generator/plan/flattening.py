"""Flattening: an Output's value as plain rows whose `repr` tells any two values apart.

How a class is taken apart is worked out once, from the types of its fields, so that nearly all
of the work is done by `attrgetter`, `map` and `repr`. The fields must hold what their types say.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from generator.model.body import Body, ResolvedTarget
from generator.model.cards import Card
from generator.model.feeds import FeedItem
from generator.model.frozen import FrozenMap

PLAIN = frozenset({str, int, float, bool, bytes, NoneType})
"""Types whose `repr` tells any two of their values apart, and from those of the others."""
APART = "..."
"""Stands where a text or story is, of which a Flat has the digest."""
NOTHING: tuple[object, ...] = ()


class Flat:
    """What becomes of texts and stories while the value they stand in is flattened.

    `texts` and `stories` get their digests in order, each made by `shared`: those of bodies,
    and of the Cards and feed items.
    """

    __slots__ = ("shared", "stories", "texts")

    def __init__(self, shared: Callable[[object], str]) -> None:
        self.shared = shared
        self.texts: list[str] = []
        self.stories: list[str] = []


Flatten = Callable[[Any, Flat], object]


def flatten(value: object, flat: Flat) -> object:
    """The fields of a dataclass, in order; texts and stories in it are told to `flat`."""
    kind: Any = type(value)
    return _flattener(kind)(value, flat)


@cache
def _flattener(kind: type) -> Flatten:
    """How a class is flattened."""
    get = _getter(kind)
    types = [field.type for field in fields(kind)]
    ways = [(place, way) for place, wanted in enumerate(types) if (way := _way(wanted))]
    if not ways:
        return lambda value, _: get(value)

    def flattened(value: object, flat: Flat) -> list[object]:
        row = list(get(value))
        for place, way in ways:
            part = row[place]
            if part is not None and part is not NOTHING:
                row[place] = way(part, flat)
        return row

    return flattened


def _way(wanted: Any) -> Flatten | None:  # noqa: ANN401 - the type of a field
    """How a field of a type is flattened; None for one that is plain."""
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin in (Union, UnionType):
        options = [option for option in inner if option is not NoneType]
        if len(options) > 1:
            return None if PLAIN.issuperset(options) else _anything
        return _way(options[0])
    if origin is tuple and inner[1:] == (...,):
        return _way_of_each(inner[0])
    if origin:
        return _anything
    if wanted in PLAIN:
        return None
    return WAYS.get(wanted) or (_flattener(wanted) if _has_fields(wanted) else _anything)


def _way_of_each(kind: Any) -> Flatten | None:  # noqa: ANN401 - as above
    way = _way(kind)
    if way is None:
        return None
    if _has_fields(kind) and kind not in WAYS and not any(_way(f.type) for f in fields(kind)):
        get = _getter(kind)
        return lambda values, _: list(map(get, values))
    return lambda values, flat: [way(value, flat) for value in values]


def _has_fields(kind: object) -> bool:
    return is_dataclass(kind)


def _story(value: object, flat: Flat) -> str:
    flat.stories.append(flat.shared(value))
    return APART


def _item(item: FeedItem, flat: Flat) -> str:
    if item.source:
        flat.texts.append(flat.shared(item.source))
    return _story(item, flat)


def _body(body: Body, flat: Flat) -> object:
    """What there is about a text that does not follow from it: where its links lead."""
    flat.texts.append(flat.shared(body))
    links = list(map(_getter(ResolvedTarget), body.resolved))
    return body.source_path, body.language, links


def _instant(value: datetime, _: Flat) -> tuple[str, str | None]:
    return value.isoformat(), value.tzname()


def _map(values: FrozenMap, flat: Flat) -> object:
    return _anything(values.items_, flat) if values.items_ else ()


def _anything(value: Any, flat: Flat) -> object:  # noqa: ANN401 - of whatever type
    """A value whose type is known only now: it comes with its type's name."""
    kind = type(value)
    if kind in PLAIN:
        return value
    name = kind.__name__
    if isinstance(value, tuple):
        return name, [_anything(part, flat) for part in value]
    if isinstance(value, datetime):
        return name, _instant(value, flat)
    return name, flatten(value, flat) if is_dataclass(kind) else repr(value)


WAYS: Mapping[object, Flatten] = {
    Body: _body,
    Card: _story,
    FeedItem: _item,
    FrozenMap: _map,
    datetime: _instant,
}
"""Types that are not flattened field by field."""


@cache
def _getter(kind: type) -> Callable[[Any], tuple[object, ...]]:
    names = [field.name for field in fields(kind)]
    if len(names) == 1:
        only = attrgetter(names[0])
        return lambda value: (only(value),)
    return attrgetter(*names)
