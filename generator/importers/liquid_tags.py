"""Tags of Octopress's kind in Markdown, as Pelican's `liquid_tags` reads them.

`{% img left /a.jpg 300 200 "Title" "What it shows" %}`, `{% youtube ID 640 480 %}`, and so on.
"""

import re
from collections.abc import Callable, Mapping
from html import escape

from generator.importers.players import PLAYERS, player_html
from generator.importers.targets import parts_of

TAG = re.compile(
    r"\{%[-\s]*(?P<name>[\w.-]+)\s*(?P<arguments>(?:\"[^\"]*+\"|'[^']*+'|[^%]|%(?!\}))*+)%\}"
)
WORD = re.compile(r"\"([^\"]*)\"|'([^']*)'|(\S+)")
IMAGE = re.compile(
    r"(?:(?P<class>[\w\s-]*?)\s+)?(?P<src>(?:https?://|/|\{|\.{0,2}/|[\w.-]+/)\S+|\S+\.\w{3,4})"
    r"(?P<rest>.*)",
    re.DOTALL,
)
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

    def replaced(match: re.Match[str]) -> str:
        name = match["name"].lower()
        if (brought := included(name, match["arguments"].strip())) is not None:
            return brought
        made = MAKERS.get(name)
        if made is None:
            unknown.append(match["name"])
            return match[0]
        return made(match["name"].lower(), match["arguments"].strip())

    text = "".join(part if code else TAG.sub(replaced, part) for part, code in parts_of(text))
    return text, tuple(unknown)


def _image(_name: str, arguments: str) -> str:
    found = IMAGE.match(arguments)
    if found is None:
        return ""
    words = [next(filter(None, groups), "") for groups in WORD.findall(found["rest"])]
    size = [word for word in words if NUMBER.fullmatch(word)][:2]
    texts = [word for word in words if word not in size]
    title, alt = (texts[0], texts[-1]) if texts else ("", "")
    title = title if title != alt else ""
    quoted = f' "{title}"' if title else ""
    return f"![{alt}]({found['src']}{quoted})"


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
