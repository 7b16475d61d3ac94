"""From the events of YAML's parser to values: as written, placed, or typed.

PyYAML's parser (libyaml, in C) is asked for its events alone. Each one is looked at before
anything is built of it, and nothing here recurses. So depth is bounded. What would kill or fill
the process, such as thousands of nested brackets or anchors that multiply, is refused when it
is met.
"""

from collections.abc import Callable
from typing import Any

from yaml import CBaseLoader, YAMLError
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from generator.model.values import replace
from generator.read.characters import control_character
from generator.read.plain_yaml import as_typed, as_written
from generator.read.source_spans import KeyPath, SpanFault, Stretch
from generator.read.yaml_faults import explain, reserved

MAX_DEPTH = 32
MAX_SLIPS = 20


class _Stopped(Exception):  # noqa: N818 # no error: it ends the walk, and never leaves this file
    """Nothing more can be made of the text."""


class Composer:
    """Builds the value of a text (`root[0]`, if there is any), and notes every slip in it."""

    __slots__ = ("_keys", "_open", "root", "slips", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: list[Any] = []
        self.slips: list[SpanFault] = []
        self._open: list[list[Any] | dict[str, Any]] = [self.root]
        self._keys: list[str | None] = [None]

    def run(self) -> None:
        """Build everything, up to the first slip that ends it."""
        handlers: dict[type[Event], Callable[[Any], None]] = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._mapping,
            SequenceStartEvent: self._sequence,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        try:
            parser = CBaseLoader(self.text)
            while (event := parser.get_event()) is not None:
                handler = handlers.get(type(event))
                if handler is not None:
                    handler(event)
        except YAMLError as error:
            if not self.slips:  # after other slips, it is often their echo
                self.slips.append(explain(self.text, error))
        except _Stopped:
            pass

    def _plain(self, text: str) -> object:
        """What an unquoted text stands for."""
        return as_written(text)

    def _document(self, event: DocumentStartEvent) -> None:
        if self.root:
            hint = "Keep one, and delete the line between the two."
            self._note(event, "a second YAML document begins here", hint, stop=True)

    def _scalar(self, event: ScalarEvent) -> None:
        text: str = event.value
        if event.tag is not None or event.anchor is not None:
            self._refuse(event)
        elif event.style == '"' and (slip := control_character(text)):
            self._note(event, slip.message, slip.hint)
        here = self._open[-1]
        if type(here) is dict and self._keys[-1] is None:
            self._key(text, event)
        else:
            self._put(text if event.style else self._plain(text), event)

    def _key(self, key: str, event: ScalarEvent) -> None:
        if not key:
            self._note(event, "a key is missing before the colon", 'Write "key: value".')
        elif key == "<<" and not event.style:
            self._note(event, "merge keys (<<) are not allowed", "Write the keys out.")
        elif key in self._open[-1]:
            self._note(event, f'"{key}" is given twice', "Keep one of them.")
        self._keys[-1] = key

    def _put(self, value: object, event: NodeEvent) -> None:
        here = self._open[-1]
        if isinstance(here, list):
            here.append(value)
            return
        key = self._keys[-1]
        if key is None:
            self._refuse(event, "a list or mapping stands where a key should", stop=True)
        else:
            here[key] = value
            self._keys[-1] = None

    def _mapping(self, event: MappingStartEvent) -> None:
        self._enter({}, event)

    def _sequence(self, event: SequenceStartEvent) -> None:
        self._enter([], event)

    def _enter(self, collection: list[Any] | dict[str, Any], event: CollectionStartEvent) -> None:
        if len(self._open) > MAX_DEPTH:
            message = f"lists and mappings nested more than {MAX_DEPTH} deep"
            self._note(event, message, "Write it flatter.", stop=True)
        if event.tag is not None or event.anchor is not None:
            self._refuse(event)
        self._put(collection, event)
        self._open.append(collection)
        self._keys.append(None)

    def _close(self, event: Event) -> None:  # noqa: ARG002 # a handler; the placing one needs it
        self._open.pop()
        self._keys.pop()

    def _alias(self, event: AliasEvent) -> None:
        self._refuse(event)
        self._put(None, event)

    def _refuse(self, event: NodeEvent, message: str = "", *, stop: bool = False) -> None:
        slip = reserved(self.text, _offsets(event)[0], message)
        self._note(event, slip.message, slip.hint, stop=stop)

    def _note(self, event: Event, message: str, hint: str, *, stop: bool = False) -> None:
        self.slips.append(SpanFault(*_offsets(event), message, hint))
        if stop or len(self.slips) >= MAX_SLIPS:
            raise _Stopped


def _offsets(event: Event) -> tuple[int, int]:
    """Where an event begins and ends in the text, in characters."""
    start, end = event.start_mark, event.end_mark
    return (start.index if start else 0, end.index if end else 0)


class PlacingComposer(Composer):
    """Notes besides where every value and key stands."""

    __slots__ = ("_key_stretch", "_path", "stretches")

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.stretches: dict[KeyPath, Stretch] = {}
        self._path: list[str | int] = []
        self._key_stretch = (0, 0)

    def _key(self, key: str, event: ScalarEvent) -> None:
        super()._key(key, event)
        self._key_stretch = _offsets(event)

    def _put(self, value: object, event: NodeEvent) -> None:
        here, key = self._open[-1], self._keys[-1]
        del self._path[len(self._open) - 2 :]
        marks = _offsets(event)
        if isinstance(here, dict):
            self._path.append(key or "")
            self.stretches[tuple(self._path)] = Stretch(*marks, *self._key_stretch)
        elif here is not self.root:
            self._path.append(len(here))
            self.stretches[tuple(self._path)] = Stretch(*marks)
        super()._put(value, event)

    def _close(self, event: Event) -> None:
        super()._close(event)
        path = tuple(self._path[: len(self._open) - 1])
        if path:
            self.stretches[path] = replace(self.stretches[path], end=_offsets(event)[1], holds=True)


class TypingComposer(Composer):
    """Gives unquoted scalars types (see `as_typed`)."""

    __slots__ = ()

    def _plain(self, text: str) -> object:
        return as_typed(text)
