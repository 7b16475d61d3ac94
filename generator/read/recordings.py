"""Recordings in front matter: a sound or film by its path or URL, or a mapping that says more."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from generator.model.addresses import ABSOLUTE
from generator.model.languages import language_fault
from generator.model.options import FALSE, TRUE, did_you_mean
from generator.model.players import player_of
from generator.model.problems import shown
from generator.model.recordings import (
    NOUNS,
    UNTOLD,
    Captions,
    Clip,
    EpisodeType,
    Medium,
    seconds_of,
    type_of,
)
from generator.read.fields import Fields
from generator.read.plain_yaml import Value

ALSO = MappingProxyType({"url": "src", "file": "src", "length": "size", "thumbnail": "poster"})
SIZE = re.compile(r"[0-9]{1,3}(?:[,_ ]?[0-9]{3}){0,4}|[0-9]{1,14}")
NUMBER = re.compile(r"[0-9]{1,6}")
MEDIA_TYPE = re.compile(r"(?:audio|video)/[a-z0-9.+-]+")
EXAMPLES = MappingProxyType({Medium.AUDIO: "talk.mp3", Medium.VIDEO: "storm.mp4"})
WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)


def read_recording(fields: Fields, key: str) -> Clip | None:
    """The recording under `audio` or `video`; None when it is missing, or faulty."""
    return _Reader(fields, Medium(key)).read() if fields.has(key) else None


class _Reader:
    """Reads one recording, key by key."""

    def __init__(self, fields: Fields, medium: Medium) -> None:
        self._fields, self._medium, self._key = fields, medium, str(medium)
        self._is_faulty = False
        self._ways: dict[str, tuple[str, Callable[[str, Value], object]]] = {
            "title": ("title", self._line),
            "duration": ("seconds", self._seconds),
            "size": ("size", self._bytes),
            "type": ("type", self._type),
            "captions": ("captions", self._captions),
            "transcript": ("transcript", self._text),
            "episode": ("episode", self._number),
            "season": ("season", self._number),
            "episode_type": ("episode_type", self._episode_type),
            "explicit": ("explicit", self._flag),
        }
        if medium is Medium.VIDEO:
            self._ways["poster"] = ("poster", self._text)

    def read(self) -> Clip | None:
        value = self._fields.value(self._key)
        parts = {"src": value} if isinstance(value, str) else self._parts(value)
        source = parts.pop("src", None)
        if not isinstance(source, str) or not source.strip():
            hint = f"Write a path, or a mapping: {self._key}: {{src: {EXAMPLES[self._medium]}}}."
            self._fault(f"a {NOUNS[self._medium]} without src", hint)
            return None
        source = source.strip()
        told: dict[str, Any] = {}
        for name, part in parts.items():
            field, read = self._ways[name]
            told[field] = read(name, part)
        clip = None if self._is_faulty else Clip(source, **told)
        self._look_at(source, told)
        return None if self._is_faulty else clip

    def _parts(self, value: Value) -> dict[str, Value]:
        """What a mapping says, by our names for it."""
        parts: dict[str, Value] = {}
        for name, part in value.items() if isinstance(value, dict) else ():
            own = ALSO.get(name, name)
            if own != "src" and own not in self._ways:
                hint = did_you_mean(str(name), ["src", *self._ways])
                written = self._fields.written(self._key)
                self._fields.doubt_key(written, f'unknown key "{shown(name)}"', hint, name)
            elif part is not None:
                parts.setdefault(own, part)
        return parts

    def _fault(self, message: str, hint: str, *inner: str) -> None:
        self._is_faulty = True
        self._fields.fault(self._key, message, hint, *inner)

    def _pass_over(self, message: str, hint: str) -> None:
        """Tell of what others' archives have under the key: the story goes without it."""
        self._is_faulty = True
        self._fields.warn(self._key, message, hint, is_told_once=True)

    def _look_at(self, source: str, told: Mapping[str, object]) -> None:
        """Find out whether a browser can play what is named, and whether feeds can name it."""
        inner = ("src",) if isinstance(self._fields.value(self._key), dict) else ()
        noun, media_type = NOUNS[self._medium], told.get("type") or type_of(source, self._medium)
        is_elsewhere = ABSOLUTE.match(source)
        if player_of(source):
            message = f'a page, and no {noun} itself: "{shown(source)}"'
            hint = "Put the address alone into a paragraph of the text: there it becomes a player."
            self._pass_over(message, hint)
        elif is_elsewhere and not WEB.match(source):
            self._fault(f'not the address of a {noun}: "{shown(source)}"', "Begin it with https:.")
        elif not (media_type or is_elsewhere):
            hint = f"Name a file such as {EXAMPLES[self._medium]}, or say what it is by type."
            message = f'not a {noun}: "{shown(source)}"'
            if inner or "." in source:
                self._fault(message, hint, *inner)
            else:  # others' archives say `video: true`
                self._pass_over(message, hint)
        elif is_elsewhere and not (media_type and told.get("size")):
            parts = [] if told.get("size") else ["its size in bytes, such as size: 24986239"]
            parts += [] if media_type else [f"type: {UNTOLD[self._medium]}"]
            message = f"nothing tells feeds how large this {noun} is"
            if not media_type:
                message = f"nothing tells what kind of {noun} this is"
            self._fields.warn(self._key, message, f"It is elsewhere: add {', and '.join(parts)}.")

    def _text(self, name: str, value: Value) -> str:
        if isinstance(value, str):
            return " ".join(value.split())
        self._fault(f'"{name}" is not a text', "Write one line of text.", name)
        return ""

    def _line(self, name: str, value: Value) -> str:
        return self._fields.seen(self._key, self._text(name, value), name).plain

    def _seconds(self, name: str, value: Value) -> int:
        text = self._text(name, value)
        seconds = seconds_of(text)
        if text and not seconds:
            hint = "Write minutes and seconds, such as 31:05, or 1:02:33."
            self._fault(f'not a duration: "{shown(text)}"', hint, name)
        return seconds

    def _bytes(self, name: str, value: Value) -> int:
        text = self._text(name, value)
        if text and not SIZE.fullmatch(text):
            self._fault(f'not a size: "{shown(text)}"', "Write it in bytes: 24986239.", name)
            return 0
        return int(re.sub("[^0-9]", "", text) or 0)

    def _number(self, name: str, value: Value) -> int:
        text = self._text(name, value)
        if text and not (NUMBER.fullmatch(text) and int(text)):
            self._fault(f'the {name} is not a number: "{shown(text)}"', "Write 1, 2, 3 …", name)
            return 0
        return int(text or 0)

    def _type(self, name: str, value: Value) -> str:
        text = self._text(name, value).lower()
        if text and not MEDIA_TYPE.fullmatch(text):
            hint = "Write one such as audio/mpeg or video/mp4."
            self._fault(f'not the type of a {NOUNS[self._medium]}: "{shown(text)}"', hint, name)
        return text

    def _episode_type(self, name: str, value: Value) -> EpisodeType:
        text = self._text(name, value).lower()
        known = [str(kind) for kind in EpisodeType]
        if text and text not in known:
            hint = did_you_mean(text, known) or f"Write one of: {', '.join(known)}."
            self._fault(f'unknown type of an episode: "{shown(text)}"', hint, name)
            return EpisodeType.FULL
        return EpisodeType(text or EpisodeType.FULL)

    def _flag(self, name: str, value: Value) -> bool | None:
        word = self._text(name, value).lower()
        if word and word not in TRUE and word not in FALSE:
            self._fault(f'not true or false: "{shown(word)}"', 'Write "true" or "false".', name)
        return word in TRUE if word else None

    def _captions(self, name: str, value: Value) -> tuple[Captions, ...]:
        """One file, or a mapping from languages to files."""
        if isinstance(value, str):
            return (self._caption(name, value, ""),)
        if not isinstance(value, dict):
            hint = f"Write {name}: talk.vtt, or a file for each language: {name}: {{en: talk.vtt}}."
            self._fault(f'"{name}" is a list, not a file', hint, name)
            return ()
        for language in value:
            if fault := language_fault(str(language)):
                self._fault(fault, "Write a code such as en, uk or pt-BR.", name)
        return tuple(
            self._caption(name, self._text(name, file), str(language))
            for language, file in value.items()
        )

    def _caption(self, name: str, source: str, language: str) -> Captions:
        source = source.strip()
        if ABSOLUTE.match(source) or not source.lower().endswith(".vtt"):
            hint = "Put a WebVTT file beside the story: talk.vtt. Browsers take no other."
            self._fault(f'not a file of captions: "{shown(source)}"', hint, name)
        return Captions(source, language)
