"""Fingerprints: one short text that stands for everything a published file is made from.

An Output's value is all that its layout sees, so its fingerprint is made of that value,
the Frame, the layout and whatever else rendering depends on. Equal fingerprints, equal
bytes: such a file need not be rendered again.

A fingerprint has a part for each kind of thing that pages are made from, with dots between: two of
them tell not only that a page must be made again, but why.
"""

from binascii import b2a_base64
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b

from generator.model.body import Body
from generator.model.caches import keep
from generator.model.outputs import Frame, Output
from generator.plan.flattening import Flat, flatten

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
        look = flatten(frame, Flat(self._shared))
        self._common = f"{_digest(rendering, SHARED_BYTES)}.{_digest(look, SHARED_BYTES)}"
        self._layout_digest: Callable[[str], str] = lru_cache(maxsize=None)(
            lambda layout: _digest(layout_digest(layout), SHARED_BYTES) if layout else ""
        )

    def of(self, output: Output) -> str:
        """The fingerprint of one output."""
        flat = Flat(self._shared)
        fields = flatten(output.value, flat)
        own = _digest((output.source, type(output.value).__name__, fields), OWN_BYTES)
        layout = self._layout_digest(output.layout)
        return f"{self._common}.{layout}.{_joined(flat.texts)}.{_joined(flat.stories)}.{own}"

    def _shared(self, value: object) -> str:
        """The digest of a text, or of a story without its text; many outputs may share it."""
        if isinstance(value, Body):
            return value.digest
        # The value is kept beside its digest: while it lives, nothing else has its id.
        found = self._known.get(id(value))
        if found is None:
            flat = Flat(self._shared)
            fields = flatten(value, flat)
            made = _digest((type(value).__name__, fields, flat.stories), OWN_BYTES)
            found = keep(self._known, id(value), (value, made))
        return found[1]


def _joined(digests: list[str]) -> str:
    """One digest that stands for some; nothing for none."""
    if len(digests) > 1:
        return _digest(digests, OWN_BYTES)
    return digests[0] if digests else ""


def _digest(value: object, size: int) -> str:
    data = blake2b(repr(value).encode(), digest_size=size).digest()
    return b2a_base64(data, newline=False).decode()
