"""Tags of Octopress's kind in Markdown, as Pelican's `liquid_tags` reads them.

`{% img left /a.jpg 300 200 "Title" "What it shows" %}`, `{% youtube ID 640 480 %}`, and so on.
"""

import re
from collections.abc import Callable, Mapping
from html import escape

from generator.importers.foreign_links import parts_of
from generator.importers.players import PLAYERS, player_html

NAME = re.compile(r"[-\s]*+([\w.-]++)")
WORD = re.compile(r"\"([^\"]*+)\"|'([^']*+)'|(\S++)")
SOURCE = re.compile(r"https?://|/|\{|\.{0,2}/|[\w.-]+/|[^\s\"'.]+\.\w{3,4}(?!\w)")
NUMBER = re.compile(r"\d+(?:px|%)?")


Included = Callable[[str, str], str | None]
"""What a tag brings in from a file, by its name and arguments; None where it does not."""


def without_liquid_tags(
    text: str, included: Included = lambda _name, _arguments: None
) -> tuple[str, tuple[str, ...]]:
    """A Markdown text with these tags made into what they stand for, and the names of the others.

    Tags in code are left, and so are those that no one knows.
    """
    if "{%" not in text:
        return text, ()
    unknown: list[str] = []

    def replaced(name: str, arguments: str, written: str) -> str:
        if (brought := included(name.lower(), arguments.strip())) is not None:
            return brought
        made = MAKERS.get(name.lower())
        if made is None:
            unknown.append(name)
            return written
        return made(name.lower(), arguments.strip())

    parts = (part if code else _replaced(part, replaced) for part, code in parts_of(text))
    return "".join(parts), tuple(unknown)


def _replaced(text: str, made: Callable[[str, str, str], str]) -> str:
    """A text with each tag as it is made, of its name, its arguments, and how it is written."""
    parts: list[str] = []
    at = 0
    while (start := text.find("{%", at)) >= 0 and (end := text.find("%}", start)) >= 0:
        name = NAME.match(text, start + 2, end)
        written = text[start : end + 2]
        parts.append(text[at:start])
        parts.append(made(name[1], text[name.end() : end], written) if name else written)
        at = end + 2
    return "".join((*parts, text[at:]))


def picture_of(arguments: str) -> str:
    """A picture as `img` tells it: classes, its file, its size, a title, what it shows."""
    before = arguments.split()
    source = next((word for word in before if SOURCE.match(word)), "")
    if not source:
        return ""
    behind = arguments.partition(source)[2]
    words = [next(filter(None, groups), "") for groups in WORD.findall(behind)]
    size = [word for word in words if NUMBER.fullmatch(word)][:2]
    texts = [word for word in words if word not in size]
    title, alt = (texts[0], texts[-1]) if texts else ("", "")
    title = title if title != alt else ""
    quoted = f' "{title}"' if title else ""
    return f"![{alt}]({source}{quoted})"


def _image(_name: str, arguments: str) -> str:
    return picture_of(arguments)


def _player(name: str, arguments: str) -> str:
    words = arguments.split()
    return player_html(name, words[0]) if words else ""


def _film(name: str, arguments: str) -> str:
    element = "audio" if name == "audio" else "video"
    sources = [word for word in arguments.split() if not NUMBER.fullmatch(word)]
    if not sources:
        return ""
    return f'<{element} controls src="{escape(sources[0])}"></{element}>'


MAKERS: Mapping[str, Callable[[str, str], str]] = {
    **dict.fromkeys(("img", "image", "photo"), _image),
    **dict.fromkeys(PLAYERS, _player),
    **dict.fromkeys(("video", "audio"), _film),
}
