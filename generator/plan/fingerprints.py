"""Fingerprints: one short text that stands for everything a published file is made from.

An Output's value is all that its layout sees, so its fingerprint is made of that value,
the Frame, the layout and whatever else rendering depends on. Equal fingerprints, equal
bytes: such a file need not be rendered again.

A fingerprint has a part for each kind of thing that pages are made from, with dots between: two of
them tell not only that a page must be made again, but why.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import cache, lru_cache
from types import NoneType
from typing import Any, get_args, get_type_hints

from generator.model.body import Body
from generator.model.caches import keep
from generator.model.cards import Card
from generator.model.feeds import FeedItem
from generator.model.outputs import Frame, Output
from generator.model.values import digest, digest_of_bytes, is_value_class, to_bytes

SHARED_BYTES = 9
"""Of digests that stand for what many outputs share: 12 characters."""
OWN_BYTES = 15
"""Of digests of what an output has for itself: 20 characters, and 100,000 of them in a site."""


class Part(StrEnum):
    """What a part of a fingerprint stands for, in the order in which they stand."""

    CODE = "code"
    FRAME = "frame"
    LAYOUT = "layout"
    TEXT = "text"
    STORIES = "stories"
    OWN = "own"


def parts_of(fingerprint: str) -> dict[Part, str]:
    """The parts of a fingerprint; nothing for one of another make."""
    digests = fingerprint.split(".")
    return dict(zip(Part, digests, strict=True)) if len(digests) == len(Part) else {}


def differing(old: str, new: str) -> tuple[Part, ...]:
    """In which parts two fingerprints differ; those of another make are by other code."""
    before, after = parts_of(old), parts_of(new)
    if not before or not after:
        return (Part.CODE,) if old != new else ()
    return tuple(part for part in Part if before[part] != after[part])


class Fingerprints:
    """Makes the fingerprints of one plan's outputs.

    `rendering` stands for what all rendering depends on: options, versions, code;
    `layout_digest` gives what stands for a layout and all that it needs.
    """

    def __init__(self, frame: Frame, rendering: str, layout_digest: Callable[[str], str]) -> None:
        self._known: dict[int, tuple[object, str]] = {}
        self._common = f"{digest(rendering, SHARED_BYTES)}.{digest(frame, SHARED_BYTES)}"
        self._layout_digest: Callable[[str], str] = lru_cache(maxsize=None)(
            lambda layout: digest(layout_digest(layout), SHARED_BYTES) if layout else ""
        )

    def of(self, output: Output) -> str:
        """The fingerprint of one output."""
        own: list[object] = [output.source, type(output.value).__name__]
        stories: list[str] = []
        for value, plain in _parts(output.value):
            if isinstance(value, Card | FeedItem):
                stories.append(self._story(value))
            own.append(plain)
        texts = _joined([body.digest for body in output.bodies])
        layout = self._layout_digest(output.layout)
        rest = digest_of_bytes(_without_texts(to_bytes(own), output.bodies), OWN_BYTES)
        return f"{self._common}.{layout}.{texts}.{_joined(stories)}.{rest}"

    def _story(self, story: Card | FeedItem) -> str:
        """The digest of a story's Card or feed item; many outputs may share it."""
        # The value is kept beside its digest: while it lives, nothing else has its id.
        found = self._known.get(id(story))
        if found is None:
            data = to_bytes(story)
            if isinstance(story, FeedItem) and story.source:
                data = _without_texts(data, [story.source])
            found = keep(self._known, id(story), (story, digest_of_bytes(data, OWN_BYTES)))
        return found[1]


def _without_texts(data: bytes, bodies: Iterable[Body]) -> bytes:
    """What holds some bodies, with no more of them than does not follow from their texts."""
    for body in bodies:
        links = to_bytes((body.source_path, body.language, body.resolved, body.is_paid))
        data = data.replace(to_bytes(body), links)
    return data


def stories_in(value: object) -> Iterator[Card | FeedItem]:
    """What a page or feed shows of stories elsewhere, in order."""
    return (part for part, _ in _parts(value) if isinstance(part, Card | FeedItem))


def _parts(value: object) -> Iterator[tuple[object, object]]:
    """A value and all in it that holds stories, each with what else it holds; the stories too."""
    kind: Any = type(value)
    plain, holding = _fields(kind)
    held = [getattr(value, name) for name in holding]
    shape = [len(part) if isinstance(part, tuple) else part is None for part in held]
    yield value, ([getattr(value, name) for name in plain], shape)
    for part in held:
        for inner in part if isinstance(part, tuple) else (part,):
            if isinstance(inner, Card | FeedItem):
                yield inner, None
            elif inner is not None:
                yield from _parts(inner)


@cache
def _fields(kind: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:  # noqa: ANN401 - a class
    """The fields of a class in which no story can stand, and those in which one may."""
    hints = get_type_hints(kind)
    holding = tuple(name for name, hint in hints.items() if _holds_stories(hint))
    return tuple(name for name in hints if name not in holding), holding


def _holds_stories(hint: Any) -> bool:  # noqa: ANN401 - a type hint
    inner = [part for part in get_args(hint) if part not in (NoneType, ...)]
    if inner:
        return any(map(_holds_stories, inner))
    return hint in (Card, FeedItem) or (is_value_class(hint) and bool(_fields(hint)[1]))


def _joined(digests: list[str]) -> str:
    """One digest that stands for some; nothing for none."""
    if len(digests) > 1:
        return digest(digests, OWN_BYTES)
    return digests[0] if digests else ""
