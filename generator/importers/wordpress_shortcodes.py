"""WordPress's shortcodes as the HTML that they were shown as; what nobody knows is named."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from html import escape

from generator.importers.html_verbatim import verbatim_parts
from generator.model.values import frozen

TAG = re.compile(
    r"""\[(?P<closes>/)?(?P<name>[A-Za-z][\w-]{0,60}+)
        (?P<arguments>(?:(?=[\s=])(?:[^\[\]"'/]|/(?!\])|"[^"]{0,4000}+"|'[^']{0,4000}+'){0,9000}+)?+)
        (?P<alone>/)?+\]""",
    re.VERBOSE,
)
ARGUMENT = re.compile(r"""(?:([\w-]+)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
NAMED = re.compile(r"(?:^|\s)[\w-]+\s*=|^=")
DEEPEST = 40
KNOWN_ALONE = frozenset(("gallery", "playlist", "toc", "audio", "video", "nextpage", "subscribe"))
"""Shortcodes that may stand without arguments and without an end."""
SILENT = frozenset(("toc", "nextpage", "raw", "more"))
"""Shortcodes that made something which is made here too, or nothing."""
LAYOUT = re.compile(
    r"(?:^|_)(?:accordions?|block|box|cols?|columns?|container|content|div|fourth|fullwidth|grid"
    r"|group|half|inner|layout|panel|row|section|slider?|tabs?|text|third|toggles?|wrap(?:per)?)"
    r"(?=_|$)"
)
"""Names of shortcodes, mostly of page builders, that only arrange what they enclose."""


@frozen
class Shortcode:
    """A shortcode with its arguments; `inner` is what it encloses, as HTML by now."""

    name: str
    named: tuple[tuple[str, str], ...]
    positional: tuple[str, ...]
    inner: str = ""

    def get(self, *names: str) -> str:
        """The first of these arguments that is given."""
        known = dict(self.named)
        return next((known[name] for name in names if known.get(name)), "")

    @property
    def first(self) -> str:
        """The first argument without a name, or what is enclosed."""
        return next(iter(self.positional), "") or self.inner.strip()


Converter = Callable[[Shortcode], str]


class Shortcodes:
    """Replaces shortcodes in bodies; `unknown` counts those that it has no converter for."""

    def __init__(self, converters: Mapping[str, Converter]) -> None:
        self._converters = converters
        self.unknown: Counter[str] = Counter()

    def replaced(self, html: str) -> str:
        """A body without shortcodes. What looks like one and surely is none stays text."""
        if "[" not in html:
            return html
        parts: list[str] = []
        done = 0
        for start, end in verbatim_parts(html, texts_only=True):
            parts += (_Text(html[done:start], self).replaced(), html[start:end])
            done = end
        return "".join((*parts, _Text(html[done:], self).replaced()))

    def is_one(self, tag: re.Match[str]) -> bool:
        """Whether a tag without an end is a shortcode, not words in brackets."""
        name = tag["name"].lower()
        return bool(
            tag["alone"]
            or NAMED.search(tag["arguments"])
            or name in KNOWN_ALONE
            or "_" in name
            or (name in self._converters and tag["arguments"].strip())
        )

    def made(self, tag: re.Match[str], inner: str, *, encloses: bool) -> str:
        """The HTML that a shortcode stands for; its content where it has no converter."""
        name = tag["name"].lower()
        named, positional = _arguments(tag["arguments"])
        converter = self._converters.get(name)
        if converter:
            return converter(Shortcode(name, named, positional, inner))
        arranges = encloses and LAYOUT.search(name) is not None
        if name not in SILENT and not arranges:
            self.unknown[f"[{name}]…[/{name}]" if encloses else f"[{name}]"] += 1
        title = dict(named).get("title", "") if encloses else ""
        if title:
            return f"\n\n<p><strong>{title}</strong></p>\n\n{inner}\n\n"
        return f"\n\n{inner}\n\n" if arranges else inner

    def is_end(self, tag: re.Match[str]) -> bool:
        """Whether a tag is an end that surely belongs to a shortcode."""
        name = tag["name"].lower()
        return bool(tag["closes"]) and (name in self._converters or "_" in name)


class _Text:
    """A text with its tags, each end found for its beginning in one walk."""

    def __init__(self, text: str, shortcodes: Shortcodes) -> None:
        self._text, self._shortcodes = text, shortcodes
        self._tags = list(TAG.finditer(text)) if "[" in text else []
        self._ends: dict[int, int] = {}
        waiting: dict[str, list[int]] = {}
        for number, tag in enumerate(self._tags):
            if not tag["closes"]:
                waiting.setdefault(tag["name"], []).append(number)
            elif waiting.get(tag["name"]):
                self._ends[waiting[tag["name"]].pop()] = number

    def replaced(self) -> str:
        """The text without shortcodes."""
        return self._between(0, len(self._tags), 0, len(self._text), 0)

    def _between(self, first: int, last: int, start: int, stop: int, depth: int) -> str:
        """The part from `start` to `stop`, in which the tags from `first` to `last` stand."""
        parts: list[str] = []
        number = first
        while number < last and depth < DEEPEST:
            tag = self._tags[number]
            end = self._ends.get(number, last)
            parts.append(self._text[start : tag.start()])
            start = tag.end()
            if self._is_shown(tag):
                parts[-1] = parts[-1][:-1]
                parts.append(tag.group())
                start += 1
            elif not tag["closes"] and end < last:
                closing = self._tags[end]
                parts.append(self._pair(number, end, depth))
                start, number = closing.end(), end
            elif not tag["closes"] and self._shortcodes.is_one(tag):
                parts.append(self._shortcodes.made(tag, "", encloses=False))
            elif not self._shortcodes.is_end(tag):
                parts.append(tag.group())
            number += 1
        return "".join((*parts, self._text[start:stop]))

    def _pair(self, number: int, end: int, depth: int) -> str:
        tag, closing = self._tags[number], self._tags[end]
        if tag["name"].lower() in CODES:
            inner = self._text[tag.end() : closing.start()]
        else:
            inner = self._between(number + 1, end, tag.end(), closing.start(), depth + 1)
        return self._shortcodes.made(tag, inner, encloses=True)

    def _is_shown(self, tag: re.Match[str]) -> bool:
        """Whether a tag stands in two pairs of brackets: then readers saw it."""
        text = self._text
        return text[tag.start() - 1 : tag.start()] == "[" and text[tag.end() : tag.end() + 1] == "]"


def _arguments(text: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    found = [(m[1], next((v for v in m.groups()[1:] if v is not None), "")) for m in _parts(text)]
    named = tuple((name.lower(), value) for name, value in found if name)
    return named, tuple(value for name, value in found if not name and value)


def _parts(text: str) -> Iterator[re.Match[str]]:
    return ARGUMENT.finditer(text.strip().removeprefix("="))


CODES = frozenset(
    ("code", "sourcecode", "php", "python", "js", "javascript", "css", "html", "xml", "sql", "bash")
)


def code(shortcode: Shortcode) -> str:
    """Source code between shortcodes."""
    language = shortcode.get("lang", "language")
    if not language and shortcode.name not in ("code", "sourcecode"):
        language = shortcode.name
    mark = f' class="language-{escape(language)}"' if language else ""
    text = shortcode.inner.strip("\r\n")
    shown = text if "&lt;" in text or "&gt;" in text else escape(text, quote=False)
    return f"\n\n<pre><code{mark}>{shown}</code></pre>\n\n"
